/*
 * The search fold: one mapping from what is written to what is compared, used for the index and
 * for queries alike. docs/FOLD.md lists it letter by letter; tests/unit/test_fold.c tests that list.
 *
 * Two forms of a word:
 *  - the surface: case, diacritics, harakat, tatweel, presentation forms and compatibility forms
 *    (NFKC), letter variants (ي ى ی; ك ک; ة ه; أ إ آ ٱ ا; ؤ و; ئ ی; ء dropped at a word's end),
 *    ZWNJ and other invisible characters removed, digits of all scripts as 0-9. An exact "phrase"
 *    compares surfaces.
 *  - loose keys: what a bare word also finds: the English light stem; an Arabic-script word
 *    without ال, و, ب, ل, ک, ف prefixes and Persian ها, های, هایی, ی, ... suffixes; the parts of a word
 *    joined by ZWNJ. Never part of an exact phrase.
 *
 * Compared with Python's re and the regular expression \w+: a word is a maximal run of letters,
 * digits and "_" after normalisation, where marks and invisible characters neither start nor break
 * a word. Scripts without spaces (Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar) give one word a character.
 */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    WORD_BYTES_MAX = 128, /* a surface longer than this is cut there (at a character) */
    WORD_KEYS_MAX = 8,    /* loose keys of one word */
};

struct word {
    uint32_t at;         /* byte offset of its first byte in the text */
    uint32_t len;        /* bytes in the text */
    const char *surface; /* folded; valid until the next call; not NUL-terminated */
    uint32_t surface_len;
};

/* Splits a text into words with their surfaces. */
struct words {
    const char *text;
    size_t len;
    size_t at;
    char folded[WORD_BYTES_MAX + 16];
    bool has_joiner;                  /* the current word had a ZWNJ inside */
    uint16_t joiners[WORD_KEYS_MAX];  /* where in `folded`, first few */
    uint8_t joiner_count;
};

/* `text` must stay valid and be valid UTF-8 (invalid bytes are separators). len < 2^32. */
void words_init(struct words *words, const char *text, size_t len);
bool words_next(struct words *words, struct word *ret_word);

/* A loose key: bytes in `bytes`, not NUL-terminated. Never equal to the surface. */
struct loose_key {
    uint8_t len;
    char bytes[WORD_BYTES_MAX];
};

/* The loose keys under which the word just returned by words_next is stored in the index.
 * Returns their number (0 to WORD_KEYS_MAX). */
size_t words_index_keys(const struct words *words, const struct word *word,
                        struct loose_key keys[WORD_KEYS_MAX]);

/* What a bare query word looks for. It matches an indexed word when
 *   - the indexed surface equals the query's surface or one of `keys`, or
 *   - one of the indexed loose keys equals the query's surface or one of `keys`. */
size_t words_query_keys(const struct words *words, const struct word *word,
                        struct loose_key keys[WORD_KEYS_MAX]);

#endif
