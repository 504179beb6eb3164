/*
 * The search fold: one mapping from what is written to what is compared, used for the index and
 * for queries alike. docs/FOLD.md lists it letter by letter; tests/unit/test_fold.c tests that
 * list.
 *
 * Two forms of a word:
 *  - the surface: case, diacritics, harakat, tatweel, presentation forms and compatibility forms
 *    (NFKC), letter variants (ي ى ی; ك ک; ة ه; أ إ آ ٱ ا; ؤ و; ئ ی), ZWNJ and other invisible
 *    characters removed, digits of all scripts as 0-9. An exact "phrase" compares surfaces.
 *  - loose keys: what a bare word also finds: the English light stem; an Arabic-script word
 *    with and without ال, و, ب, ل, ک, ف in front and ها, های, هایی, ی, ء at its end; the parts of a
 *    word joined by ZWNJ. Never part of an exact phrase.
 *
 * Compared with Python's re and the regular expression \w+: a word is a maximal run of letters,
 * digits and "_" after normalisation, where marks and invisible characters neither start nor break
 * a word. Scripts without spaces (Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar) give one word
 * a character, with its marks.
 *
 * Everything here is reentrant; nothing allocates, nothing fails.
 */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    WORD_BYTES_MAX = 128, /* a surface longer than this is cut there (at a character) */
    WORD_KEYS_MAX = 24,   /* loose keys of one word of a query */
    INDEX_KEYS_MAX = 4,   /* loose keys of one word of the index */
    WORD_PARTS_MAX = 4,   /* parts of a word joined by ZWNJ that are looked at */
};

struct word {
    uint32_t at;         /* byte offset of its first byte in the text */
    uint32_t len;        /* bytes in the text */
    const char *surface; /* folded; valid until the next call; not NUL-terminated */
    uint32_t surface_len;
};

/* Splits a text into words with their surfaces. The members are the splitter's own. */
struct words {
    const char *text;
    size_t len;
    size_t at;
    char folded[WORD_BYTES_MAX + 8];
    const uint32_t *pending; /* rest of a character that folds to several */
    uint32_t pending_count;
    uint32_t pending_at; /* where that character stands in the text */
    uint8_t script;      /* of the current word */
    uint8_t joiner_count;
    uint8_t joiners[WORD_PARTS_MAX - 1]; /* where in `folded` a ZWNJ stood */
};

/* `text` must stay valid and should be valid UTF-8 (invalid bytes are separators). len < 2^32. */
void words_init(struct words *words, const char *text, size_t len);
bool words_next(struct words *words, struct word *ret_word);

/* A loose key: bytes in `bytes`, not NUL-terminated. Never equal to the surface. */
struct loose_key {
    uint8_t len;
    char bytes[WORD_BYTES_MAX];
};

/* The loose keys under which the word just returned by words_next is stored in the index.
 * Returns their number (0 to INDEX_KEYS_MAX). */
size_t words_index_keys(const struct words *words, const struct word *word,
                        struct loose_key keys[INDEX_KEYS_MAX]);

/* What a bare query word looks for. It matches an indexed word when
 *   - the indexed surface equals the query's surface or one of `keys`, or
 *   - one of the indexed loose keys equals the query's surface or one of `keys`.
 * Returns their number (0 to WORD_KEYS_MAX). */
size_t words_query_keys(const struct words *words, const struct word *word,
                        struct loose_key keys[WORD_KEYS_MAX]);

/* ZWNJ is often typed as a space: of two query words that stand next to each other with only a
 * space between them, gives the surface they have when joined ("می" + "رود": "میرود"), so that a
 * query may look for the two words or for that one. Returns its length, or 0 unless both are of
 * Arabic script and fit. Takes surfaces. Not for exact phrases. */
size_t words_joined(const char *first, size_t first_len, const char *second, size_t second_len,
                    char out[WORD_BYTES_MAX]);

/* The other way: a query word that the text may have written as several ("می‌رود",
 * "میرود": "می", "رود"). Parts are ranges of the surface; a query may look for the word or for the
 * phrase of its parts. False when the word has no such form. Not for exact phrases. */
struct word_parts {
    uint8_t count; /* 2 to WORD_PARTS_MAX */
    uint8_t at[WORD_PARTS_MAX];
    uint8_t len[WORD_PARTS_MAX];
};
bool words_spaced(const struct words *words, const struct word *word, struct word_parts *ret_parts);

#endif
