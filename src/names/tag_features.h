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

/* The features of a token by what they look at: of the token itself (here), those beside it and
 * those beside these (far), of two or three of them. */
enum tag_group {
    GROUP_HERE,
    GROUP_BEFORE,
    GROUP_AFTER,
    GROUP_FAR_BEFORE,
    GROUP_FAR_AFTER,
    GROUP_WORDS_BEFORE, /* the words here and before */
    GROUP_WORDS_AFTER,
    GROUP_WORDS_FAR_BEFORE, /* the words before and far before */
    GROUP_WORDS_FAR_AFTER,
    GROUP_MARKS_BEFORE, /* classes and how they are written */
    GROUP_MARKS_AFTER,
    GROUP_MARKS_FAR_BEFORE,
    GROUP_CLUSTERS_BEFORE,
    GROUP_CLUSTERS_AFTER,
    GROUP_STYLE_BEFORE, /* the word before, and how the one here is written */
    GROUP_STYLE_AFTER,
    GROUP_SIDES, /* the words before and after */
    GROUP_SIDES_CLUSTERS,
    GROUP_CLASSES, /* here, before and after */
    GROUP_STYLES,  /* how all five are written */
    GROUP_KNOWN,   /* what is remembered of those here, before and after */
};

/* A token and the two on either side of it. */
struct tag_window {
    const struct tag_look *around[5];
    enum tag_language language;
    bool first; /* of the sentence */
    unsigned char glue, next_glue;
};

/* The glue of the token behind one (struct tag_token); behind the last 1. */
static inline unsigned char tag_next_glue(const struct tag_sentence *sentence, size_t token)
{
    return token + 1 < sentence->count ? (unsigned char)sentence->tokens[token + 1].glue : 1;
}

/* What stands before the first token and after the last. */
extern const struct tag_look tag_edge;

/* Of a window only the tokens that the group looks at need be there. Returns the number of the
 * group's keys. */
size_t tag_group_features(const struct tag_window *window, enum tag_group group,
                          uint64_t keys[TAG_FEATURES_MAX]);

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
