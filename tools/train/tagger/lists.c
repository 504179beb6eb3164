#include "lists.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "clusters.h"
#include "names/lexicon.h"
#include "names/tag_features.h"
#include "names/tag_tokens.h"
#include "rows.h"
#include "tell_words.h"

enum { MAP_BITS = 19, COMMON_LEAST = 4, UNNAMED_LEAST = 3, UNNAMED_TIMES = 4 };

/* Classes by key, and for the common words how often each was seen small and otherwise. */
struct entry {
    uint64_t key;
    uint16_t classes;
    struct tag_cluster cluster;
    uint32_t small, other;
    uint32_t named, unnamed; /* in labelled texts */
};

struct map {
    struct entry *entries;
    size_t count;
};

static struct entry *find(struct map *map, uint64_t key)
{
    size_t mask = ((size_t)1 << MAP_BITS) - 1;
    size_t at = tag_slot(key, 24) & mask;

    while (map->entries[at].key && map->entries[at].key != key)
        at = (at + 1) & mask;
    if (!map->entries[at].key) {
        if (++map->count > mask * 7 / 8) {
            fprintf(stderr, "train_tagger: too many listed words\n");
            exit(1);
        }
        map->entries[at].key = key;
    }
    return &map->entries[at];
}

/* The key of a phrase as the tagger reads it; 0 when it is none, or too long. */
static uint64_t phrase_key(const char *text, size_t *ret_words)
{
    static struct tag_sentence sentence;
    struct tag_reader reader;
    uint64_t key = 0;

    tag_reader_init(&reader, text, strlen(text));
    if (!tag_reader_next(&reader, &sentence) || sentence.count > TAG_PHRASE_MAX)
        return 0;
    for (size_t i = 0; i < sentence.count; i++) {
        if (sentence.tokens[i].style == CASE_SIGN)
            return 0;
        key = tag_phrase_key(
            key, tag_word_key(tag_letters(&sentence, i), sentence.tokens[i].folded_len));
    }
    *ret_words = sentence.count;
    return key;
}

static void add(struct map *map, const char *text, unsigned classes)
{
    size_t words;
    uint64_t key = phrase_key(text, &words);

    if (key)
        find(map, key)->classes |= (uint16_t)classes;
}

/* Each word of a name. */
static void add_words(struct map *map, char *text, unsigned classes)
{
    char *word;

    while ((word = strsep(&text, " -")))
        if (strlen(word) > 2)
            add(map, word, classes);
}

static void add_class(void *ctx, const char *text, const char *class)
{
    static const struct {
        const char *name;
        unsigned classes;
    } known[] = {{"place", CLASS_PLACE},   {"given", CLASS_GIVEN},    {"family", CLASS_FAMILY},
                 {"body", CLASS_BODY},     {"people", CLASS_PEOPLE},  {"team", CLASS_TEAM},
                 {"common", CLASS_COMMON}, {"capital", CLASS_CAPITAL}};

    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
        if (strcmp(known[i].name, class) == 0) {
            add(ctx, text, known[i].classes);
            return;
        }
    fprintf(stderr, "train_tagger: no class %s\n", class);
    exit(1);
}

/* A word's cluster: a path of bits from the root of a tree, the last bit first. Clusters of our own
 * texts have small numbers. */
static void add_cluster(struct map *map, const char *word, unsigned path)
{
    enum { WIDE_BITS = 7, OWN_MAX = 256 };
    size_t words;
    uint64_t key = phrase_key(word, &words);

    if (!key || words != 1)
        return;
    find(map, key)->cluster = (struct tag_cluster){
        (uint16_t)(OWN_MAX + path % (UINT16_MAX - OWN_MAX)),
        (uint8_t)(1 + path % (1 << WIDE_BITS)),
    };
}

static void add_more(struct map *map, const char *folder)
{
    struct rows rows;

    rows_open(&rows, folder, "more.tsv", '\t');
    while (rows_next(&rows)) {
        if (rows.count < 3)
            continue;
        if (strcmp(rows.field[0], "cluster") == 0 && rows.count > 3)
            add_cluster(map, rows.field[1], (unsigned)strtoul(rows.field[3], NULL, 10));
        else if (strcmp(rows.field[0], "person") == 0)
            add_words(map, rows.field[1], CLASS_NAME_WORD);
        else
            add_class(map, rows.field[1], rows.field[0]);
    }
    rows_close(&rows);
}

static void add_sanctions(struct map *map, const char *names)
{
    struct rows rows;

    rows_open(&rows, names, "un_sc_list/entities.tsv", '\t');
    while (rows_next(&rows)) {
        bool person = rows.count > 4 && strcmp(rows.field[1], "person") == 0;

        if (rows.count < 5)
            continue;
        if (person) {
            add_words(map, rows.field[3], CLASS_NAME_WORD);
            add_words(map, rows.field[4], CLASS_NAME_WORD);
        } else {
            add(map, rows.field[3], CLASS_BODY);
            add(map, rows.field[4], CLASS_BODY);
        }
    }
    rows_close(&rows);
    rows_open(&rows, names, "ofac_aliases/clusters.tsv", '\t');
    while (rows_next(&rows)) {
        if (rows.count > 3 && strcmp(rows.field[1], "individual") == 0)
            add_words(map, rows.field[3], CLASS_NAME_WORD);
        else if (rows.count > 3)
            add(map, rows.field[3], CLASS_BODY);
    }
    rows_close(&rows);
}

static void add_names(struct map *map, const char *names, const char *texts)
{
    struct rows rows;

    rows_open(&rows, names, "fa_given_names/names.tsv", '\t');
    while (rows_next(&rows))
        add(map, rows.field[0], CLASS_GIVEN);
    rows_close(&rows);
    rows_open(&rows, names, "wd_arabic/words.tsv", '\t');
    while (rows_next(&rows))
        for (size_t i = 0; i < rows.count; i++)
            add(map, rows.field[i], CLASS_NAME_WORD);
    rows_close(&rows);
    rows_open(&rows, names, "cldr/territories.tsv", '\t');
    while (rows_next(&rows))
        for (size_t i = 1; i < rows.count; i++)
            add(map, rows.field[i], CLASS_PLACE | CLASS_COUNTRY);
    rows_close(&rows);
    rows_open(&rows, names, "cldr/calendar_names.tsv", '\t');
    while (rows_next(&rows))
        if (rows.count > 6 && strlen(rows.field[6]) > 2)
            add(map, rows.field[6], CLASS_CALENDAR);
    rows_close(&rows);
    rows_open(&rows, texts, "structured/pocom/people.tsv", '\t');
    while (rows_next(&rows))
        if (rows.count > 2) {
            add(map, rows.field[1], CLASS_FAMILY);
            add_words(map, rows.field[2], CLASS_GIVEN);
        }
    rows_close(&rows);
}

static void add_lexicon(struct map *map)
{
    for (size_t i = 0; i < lexicon_count; i++)
        switch (lexicon_words[i].role) {
        case ROLE_TITLE:
        case ROLE_WEAK_TITLE:
            add(map, lexicon_words[i].text, CLASS_TITLE);
            break;
        case ROLE_ARTICLE:
        case ROLE_PATRONYMIC:
        case ROLE_SERVANT:
        case ROLE_KUNYA:
            add(map, lexicon_words[i].text, CLASS_LINK);
            break;
        case ROLE_LEGAL:
            add(map, lexicon_words[i].text, CLASS_BODY_WORD);
            break;
        default:
            break;
        }
    for (size_t i = 0; i < tell_word_count; i++)
        add(map, tell_words[i].text, tell_words[i].classes);
}

/* Counts how often each word of the English texts is written small. */
static void count_common(struct map *map, const char *text, size_t len)
{
    static struct tag_sentence sentence;
    struct tag_reader reader;

    tag_reader_init(&reader, text, len);
    while (tag_reader_next(&reader, &sentence)) {
        if (sentence.no_case || sentence.arabic)
            continue;
        for (size_t i = 0; i < sentence.count; i++) {
            const struct tag_token *token = &sentence.tokens[i];
            struct entry *entry;

            if (token->arabic || token->style == CASE_SIGN || token->style == CASE_NUMBER)
                continue;
            entry = find(map, tag_word_key(tag_letters(&sentence, i), token->folded_len));
            if (token->style == CASE_LOWER)
                entry->small++;
            else if (i)
                entry->other++;
        }
    }
}

/* Counts how often each word stands in a name where all names are labelled. */
static void count_named(struct map *map, const struct document *document)
{
    static struct tag_sentence sentence;
    struct tag_reader reader;
    size_t at = 0;

    tag_reader_init(&reader, document->text, document->len);
    while (tag_reader_next(&reader, &sentence))
        for (size_t i = 0; i < sentence.count; i++) {
            const struct tag_token *token = &sentence.tokens[i];
            struct entry *entry =
                find(map, tag_word_key(tag_letters(&sentence, i), token->folded_len));

            while (at < document->span_count && document->spans[at].end <= token->at)
                at++;
            if (at < document->span_count && document->spans[at].start < token->at + token->len)
                entry->named++;
            else
                entry->unnamed++;
        }
}

/* A listed name that is hardly ever one where names are labelled is no name to the tagger. */
static void drop_words(struct map *map, const struct corpus *corpus)
{
    for (size_t i = 0; i < corpus->count; i++) {
        const struct document *document = &corpus->documents[i];

        if (corpus_sources[document->source].use == USE_SHIPPED &&
            corpus_sources[document->source].whole && !document->made)
            count_named(map, document);
    }
    for (size_t i = 0; i < (size_t)1 << MAP_BITS; i++) {
        struct entry *entry = &map->entries[i];

        if (entry->unnamed >= UNNAMED_LEAST && entry->unnamed > UNNAMED_TIMES * entry->named)
            entry->classes &=
                (uint16_t) ~(CLASS_GIVEN | CLASS_FAMILY | CLASS_PLACE | CLASS_NAME_WORD |
                             CLASS_BODY | CLASS_COUNTRY | CLASS_TEAM);
    }
}

static void add_clusters(struct map *map, const struct corpus *corpus, const char *texts)
{
    size_t count;
    struct cluster_word *words = clusters_learn(corpus, texts, &count);

    for (size_t i = 0; i < count; i++) {
        struct entry *entry = find(map, words[i].key);

        if (!entry->cluster.narrow)
            entry->cluster.narrow = words[i].cluster;
    }
    free(words);
}

unsigned char *lists_read(const char *names, const char *texts, const char *more,
                          const struct corpus *corpus, const struct made *made, unsigned *ret_bits)
{
    struct map map = {.entries = mem_zalloc((size_t)1 << MAP_BITS, sizeof(struct entry))};
    unsigned char *slots;
    size_t kept = 0, mask;
    unsigned bits = 10;

    add_more(&map, more);
    add_names(&map, names, texts);
    add_sanctions(&map, names);
    add_lexicon(&map);
    for (unsigned i = 0; i < 3; i++)
        grammar_listed(made->grammars[i], add_class, &map);
    for (size_t i = 0; i < corpus->count; i++)
        if (corpus->documents[i].language == TAG_ENGLISH &&
            corpus_sources[corpus->documents[i].source].use == USE_SHIPPED)
            count_common(&map, corpus->documents[i].text, corpus->documents[i].len);
    drop_words(&map, corpus);
    add_clusters(&map, corpus, texts);
    for (size_t i = 0; i < (size_t)1 << MAP_BITS; i++) {
        struct entry *entry = &map.entries[i];

        if (entry->small >= COMMON_LEAST && entry->small > 2 * entry->other)
            entry->classes |= CLASS_COMMON;
        kept += entry->classes || entry->cluster.narrow;
    }
    while (((size_t)1 << bits) * 4 / 5 < kept)
        bits++;
    mask = ((size_t)1 << bits) - 1;
    slots = mem_zalloc((size_t)TAG_LIST_SLOT << bits, 1);
    for (size_t i = 0; i < (size_t)1 << MAP_BITS; i++) {
        const struct entry *entry = &map.entries[i];
        size_t at = tag_slot(entry->key, bits);
        uint32_t print = tag_print(entry->key);

        if (!entry->classes && !entry->cluster.narrow)
            continue;
        while (slots[at * TAG_LIST_SLOT]) /* the print's low byte is odd */
            at = (at + 1) & mask;
        for (int k = 0; k < 3; k++)
            slots[at * TAG_LIST_SLOT + (size_t)k] = (unsigned char)(print >> (8 * k));
        le16_put(slots + at * TAG_LIST_SLOT + 3, entry->classes);
        le16_put(slots + at * TAG_LIST_SLOT + 5, entry->cluster.narrow);
        slots[at * TAG_LIST_SLOT + 7] = entry->cluster.wide;
    }
    fprintf(stderr, "%zu listed words\n", kept);
    free(map.entries);
    *ret_bits = bits;
    return slots;
}
