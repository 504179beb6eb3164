/*
 * The fold of single characters, generated at build time from ICU and fold_letters.h
 * (fold_gen.c writes fold_table.c): a table in two stages over all of Unicode.
 *
 * An entry holds a class and, for most, the distance from a character to what it folds to, so that
 * blocks of characters which stay as they are share one block of the table.
 */
#ifndef TEXT_FOLD_TABLE_H
#define TEXT_FOLD_TABLE_H

#include <stdint.h>

enum fold_class {
    FOLD_BREAK,   /* between words */
    FOLD_LETTER,  /* letter, digit or "_" */
    FOLD_ALONE,   /* a word by itself: scripts written without spaces */
    FOLD_COMBINE, /* continues a word: vowel signs of Indic scripts, Hangul vowels and finals */
    FOLD_MARK,    /* belongs to its word and vanishes; composes first where it makes a letter */
    FOLD_DROP,    /* invisible: vanishes */
    FOLD_JOINER,  /* ZWNJ: vanishes and is remembered */
    FOLD_EXPAND,  /* several characters: value = place of their number in fold_expansions */
};

enum {
    FOLD_BLOCK_BITS = 7,
    FOLD_BLOCK = 1 << FOLD_BLOCK_BITS,
    FOLD_INDEX = 0x110000 >> FOLD_BLOCK_BITS,
    FOLD_CLASS_SHIFT = 24,
    FOLD_VALUE_MASK = 0x1FFFFF,
};

/* The fold of a byte below 0x80 that is a word's; 0 for what separates and for all other bytes. */
extern const unsigned char fold_ascii[256];
extern const uint16_t fold_index[FOLD_INDEX];
extern const uint32_t fold_blocks[][FOLD_BLOCK];
/* A number n, then n entries whose value is the character itself. */
extern const uint32_t fold_expansions[];

static inline uint32_t fold_entry(uint32_t rune)
{
    return fold_blocks[fold_index[rune >> FOLD_BLOCK_BITS]][rune & (FOLD_BLOCK - 1)];
}

static inline enum fold_class fold_class_of(uint32_t entry)
{
    return (enum fold_class)(entry >> FOLD_CLASS_SHIFT);
}

/* What `rune` folds to; for classes other than FOLD_EXPAND. */
static inline uint32_t fold_value(uint32_t rune, uint32_t entry)
{
    return (rune + entry) & FOLD_VALUE_MASK;
}

#endif
