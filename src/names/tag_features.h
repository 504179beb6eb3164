/*
 * What the tagger's linear model looks at: for every token of a sentence the keys of its features.
 * None needs capitals; those that look at them say nothing where a line is all in capitals.
 */
#ifndef NAMES_TAG_FEATURES_H
#define NAMES_TAG_FEATURES_H

#include "names/tag_model.h"
#include "names/tag_tokens.h"

enum { TAG_FEATURES_MAX = 120, TAG_AFFIXES = 4 };

/* Languages that share a model are told apart by this. */
enum tag_language { TAG_ENGLISH, TAG_PERSIAN, TAG_ARABIC };

/* What a token shows. */
struct tag_look {
    uint64_t word; /* the folded letters */
    uint64_t raw;  /* an Arabic word as it is written: على is not علي; else 0 */
    uint64_t stem; /* without Arabic ال and one-letter words before it, Persian endings behind it */
    uint64_t prefix[TAG_AFFIXES], suffix[TAG_AFFIXES]; /* 1 to 4 letters; 0: no longer than that */
    uint64_t shape;
    uint8_t style;
    struct tag_cluster cluster;
    uint16_t classes; /* enum tag_class: of the word, and of every listed phrase it stands in */
    uint16_t begins;  /* of listed phrases of two words or more that begin here */
    uint16_t goes_on; /* of those it stands in otherwise */
    uint64_t id;      /* of all this: looks that differ have another */
    uint8_t known;    /* what the word was elsewhere in the text: enum tag_known */
};

/* Bits: a word of a sure mention of this kind elsewhere, the last word of a person. */
enum tag_known {
    KNOWN_PERSON = 1,
    KNOWN_ORGANISATION = 2,
    KNOWN_PLACE = 4,
    KNOWN_FAMILY = 8,
};

struct tag_view {
    const struct tag_sentence *sentence;
    enum tag_language language;
    struct tag_look looks[TAG_TOKENS_MAX];
};

/* Looks at every token. `known` of the looks is left 0 for the caller to set. */
void tag_view(const struct tag_table *list, const struct tag_sentence *sentence,
              enum tag_language language, struct tag_view *ret_view);

/* The features of a token by what they look at; the first TAG_GROUPS_OFTEN come again with the same
 * words, and so often. */
enum tag_group {
    GROUP_HERE, /* the token itself */
    GROUP_BEFORE,
    GROUP_AFTER,
    GROUP_WITH_BEFORE, /* the token and the one before it */
    GROUP_WITH_AFTER,
    GROUP_REST,
    GROUP_KNOWN, /* what is remembered of them */
    TAG_GROUPS,
    TAG_GROUPS_OFTEN = GROUP_REST,
};

/* A token and the two on either side of it. */
struct tag_window {
    const struct tag_look *around[5];
    enum tag_language language;
    bool first; /* of the sentence */
    unsigned char glue, next_glue;
};
void tag_window(const struct tag_view *view, size_t token, struct tag_window *ret_window);

/* The keys of a group's features; returns their number. */
size_t tag_group_features(const struct tag_window *window, enum tag_group group,
                          uint64_t keys[TAG_FEATURES_MAX]);
/* Windows with the same key have the same features in the group, one of TAG_GROUPS_OFTEN. */
uint64_t tag_group_key(const struct tag_window *window, enum tag_group group);
/* The same of all groups but GROUP_KNOWN. */
uint64_t tag_window_key(const struct tag_window *window);

/* The keys of all features of a token; returns their number. */
size_t tag_features(const struct tag_view *view, size_t token, uint64_t keys[TAG_FEATURES_MAX]);

/* What form of feature a key is of (tag_groups.c): in bits that neither its place in a table nor
 * its print there look at. */
enum { TAG_FORM_AT = 24 };
static inline unsigned tag_feature_form(uint64_t key)
{
    return (unsigned)(key >> TAG_FORM_AT & 0xFF);
}

/* The key under which a word is remembered (tag_memory.h): an Arabic one as it is written. */
uint64_t tag_known_key(const struct tag_sentence *sentence, size_t token,
                       enum tag_language language);

/* The key under which a listed phrase stands: of its words' keys in order. */
uint64_t tag_word_key(const char *letters, size_t len);
uint64_t tag_phrase_key(uint64_t before, uint64_t word);

#endif
