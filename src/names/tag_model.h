/*
 * The tagger's model file (docs/TAGGING.md): made by tools/train, embedded by the build, read where
 * it lies. It holds
 *  - a list of words and phrases that tell (given names, places, ministry, general, ...), each as a
 *    key with its classes, and of common words with their clusters;
 *  - for each of the two scripts, Latin and Arabic, the weights of a linear model: a table of
 *    features, each a key with a weight for every label, and the weights of one label after
 * another.
 *
 * Keys are hashes (tag_key): the model holds no names.
 */
#ifndef NAMES_TAG_MODEL_H
#define NAMES_TAG_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* Begin and Inside of each kind: I stands after B or I of its own kind only. */
enum tag_label {
    LABEL_OUT,
    LABEL_B_PERSON,
    LABEL_I_PERSON,
    LABEL_B_ORGANISATION,
    LABEL_I_ORGANISATION,
    LABEL_B_PLACE,
    LABEL_I_PLACE,
    TAG_LABELS,
};
enum { TAG_KINDS = 3 };

static inline bool label_begins(int label)
{
    return label % 2 == 1;
}

/* Of a label that is not LABEL_OUT: 0 person, 1 organisation, 2 place. */
static inline int label_kind(int label)
{
    return (label - 1) / 2;
}

static inline bool label_follows(int label, int before)
{
    return label == LABEL_OUT || label_begins(label) || before == label || before == label - 1;
}

enum tag_class {
    CLASS_GIVEN = 1,           /* a given name */
    CLASS_FAMILY = 1 << 1,     /* a family name, or a word of one */
    CLASS_PLACE = 1 << 2,      /* a country, city or region */
    CLASS_BODY = 1 << 3,       /* an organisation's whole name */
    CLASS_BODY_WORD = 1 << 4,  /* ministry, company, party */
    CLASS_TITLE = 1 << 5,      /* Mr, doctor, general */
    CLASS_POST = 1 << 6,       /* minister, ambassador */
    CLASS_PLACE_WORD = 1 << 7, /* province, river */
    CLASS_CALENDAR = 1 << 8,   /* months and days */
    CLASS_LINK = 1 << 9,       /* bin, abu, al */
    CLASS_PEOPLE = 1 << 10,    /* Iranian, Kurds */
    CLASS_COMMON = 1 << 11,    /* a word that stands in small letters too */
    CLASS_NAME_WORD = 1 << 12, /* a word of names of any kind */
    CLASS_COUNTRY = 1 << 13,
    CLASS_TEAM = 1 << 14,    /* a sports club, if it is no place */
    CLASS_CAPITAL = 1 << 15, /* hardly ever in small letters */
};
enum { TAG_PHRASE_MAX = 6 };

enum {
    TAG_MODEL_VERSION = 3,
    TAG_SCRIPTS = 2,   /* 0 Latin and all others, 1 Arabic */
    TAG_SLOT = 10,     /* bytes of a feature: 3 of its key, a weight a label */
    TAG_LIST_SLOT = 8, /* bytes of a listed word: 3 of its key, 2 of classes, 2 of its cluster, 1 of
                          the wider one */
    TAG_TABLE_BITS_MAX = 20,
    TAG_CASES_BEFORE = 8,
    TAG_AFTER_BYTES = TAG_CASES_BEFORE * TAG_LABELS * TAG_LABELS * 2, /* in the file */
    TAG_LANES = 8, /* TAG_LABELS, and what a processor adds at a time */
    TAG_NEVER = INT32_MIN / 4,
    TAG_SIEVE_BITS = 21, /* 256 KiB: stays in a processor's cache */
};

/* A table of keys, open addressing, a power of two of slots. */
struct tag_table {
    const unsigned char *slots;
    unsigned bits;
    /* From tag_model_quicken, or NULL both. Most keys that are asked for are in no table, and a
     * full table is long to search. The sieve: bits of the prints there are. */
    const uint64_t *sieve;
    /* Of each slot a byte of its print, 0 of a free one, and those of the first slots once more:
     * eight are looked at at a time. */
    const unsigned char *marks;
};
enum { TAG_MARKS_AT_ONCE = 8 };

struct tag_weights {
    struct tag_table features;
    /* Of a label after another, by how the word is written (enum tag_case); TAG_NEVER where it may
     * not stand there. */
    int32_t after[TAG_CASES_BEFORE][TAG_LABELS][TAG_LANES];
    /* A mention's score from its margin: 1 / (1 + exp(-a / 1000 - b * margin / 1000000)). */
    int32_t sure[TAG_KINDS][2];
};

struct tag_model {
    struct tag_table list;
    struct tag_weights scripts[TAG_SCRIPTS];
};

/* The built-in model. Cheap: what it points to lies in the program. */
void tag_model_builtin(struct tag_model *ret_model);

/* A model from the bytes of a model file, which must stay. ERR_CORRUPT when it is none. */
int tag_model_read(const unsigned char *data, size_t len, struct tag_model *ret_model,
                   struct err *err);

/* Sieves and marks for the tables of a model, to be freed; the model refers to them. */
void *tag_model_quicken(struct tag_model *model);

/* A table is larger than a processor's cache: who has many keys to look up asks for the marks of
 * all of them first, then seeks each, then takes each.
 *
 * The next slot that may be the key's, from `from` on (tag_slot, or behind the one that was not),
 * or TAG_NOWHERE. It counts on behind the table's last slot. Only with marks. */
#define TAG_NOWHERE SIZE_MAX
size_t tag_seek(const struct tag_table *table, uint64_t key, size_t from);

/* The slot of a feature that tag_seek found, or one behind it, or NULL. */
const unsigned char *tag_feature_at(const struct tag_table *table, uint64_t key, size_t found);

/* A word's cluster: words that stand beside the same words; and the wider one it is in. 0: none. */
struct tag_cluster {
    uint16_t narrow;
    uint8_t wide;
};

/* The classes of a listed word or phrase, or 0, and the cluster of a word. */
unsigned tag_classes(const struct tag_table *table, uint64_t key, struct tag_cluster *ret_cluster);
/* Says that tag_classes is going to be asked for this key. */
void tag_classes_soon(const struct tag_table *table, uint64_t key);

/* Where a key's search begins in a table, and the bytes that are kept of it (never 0). */
static inline size_t tag_slot(uint64_t key, unsigned bits)
{
    return (size_t)(key >> 40) & (((size_t)1 << bits) - 1);
}
static inline uint32_t tag_print(uint64_t key)
{
    return ((uint32_t)key & 0xFFFFFF) | 1;
}

/* The bit of a sieve for a print, whose last bit is always set. */
static inline uint32_t tag_sieve_bit(uint32_t print)
{
    return print >> 1 & ((1u << TAG_SIEVE_BITS) - 1);
}

/* Whether a key may be in a table; only with a sieve. */
static inline bool tag_sieved(const struct tag_table *table, uint64_t key)
{
    uint32_t bit = tag_sieve_bit(tag_print(key));

    return table->sieve[bit / 64] >> bit % 64 & 1;
}

/* The mark of a print: never 0. */
static inline unsigned char tag_mark(uint32_t print)
{
    unsigned char mark = (unsigned char)(print >> 1);

    return mark ? mark : 1;
}

/* Says that tag_seek is going to be asked for this key. */
static inline void tag_marks_soon(const struct tag_table *table, uint64_t key)
{
    __builtin_prefetch(table->marks + tag_slot(key, table->bits));
}

/* The key of bytes; `seed` keeps keys of different meaning apart. */
static inline uint64_t tag_mix(uint64_t seed, uint64_t value)
{
    uint64_t x = (seed + 0x9E3779B97F4A7C15u) * 0xBF58476D1CE4E5B9u ^ value;

    x = (x ^ x >> 29) * 0x94D049BB133111EBu;
    return x ^ x >> 32;
}
static inline uint64_t tag_key(uint64_t seed, const char *bytes, size_t len)
{
    uint64_t key = 0xCBF29CE484222325u ^ seed;

    for (size_t i = 0; i < len; i++)
        key = (key ^ (unsigned char)bytes[i]) * 0x100000001B3u;
    return tag_mix(key, len);
}

#endif
