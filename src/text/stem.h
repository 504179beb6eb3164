/*
 * Inside text: the stems behind the loose keys. Both work on surfaces (folded words).
 */
#ifndef TEXT_STEM_H
#define TEXT_STEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/fold.h"

/* What a word is made of: only when it is one of these alone has it a stem. */
enum word_script {
    WORD_LATIN = 1,  /* ASCII after folding */
    WORD_ARABIC = 2, /* U+0600-06FF; its Supplement and Extended blocks count as other */
    WORD_OTHER = 4,
};

static inline uint8_t word_script_of(uint32_t rune)
{
    return rune >= 0x0600 && rune <= 0x06FF ? WORD_ARABIC : WORD_OTHER;
}

/* Keys of one word as they are collected: none twice, none equal to the surface. */
struct key_list {
    struct loose_key *keys;
    size_t max;
    size_t count;
    const char *surface;
    size_t surface_len;
};

/* Adds head+tail if it is new and fits; further ones are left out when the list is full. */
void key_add(struct key_list *list, const char *head, size_t head_len, const char *tail,
             size_t tail_len);

/* English: plurals, -ing and -ed. `stem_en_index` adds the stem; `stem_en_query` adds it with the
 * spellings that the stems of other forms of the word may have (requiring: requir, require). */
void stem_en_index(struct key_list *list);
void stem_en_query(struct key_list *list);

/* Arabic script. `words` tells where ZWNJ stood and, with `word`, what was typed. */
void stem_ar_index(struct key_list *list, const struct words *words);
void stem_ar_query(struct key_list *list, const struct words *words, const struct word *word);

/* The parts of a word that is written with an affix apart: see words_spaced. */
bool stem_ar_parts(const char *surface, size_t len, struct word_parts *ret_parts);

#endif
