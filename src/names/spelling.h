/*
 * A spelling: what a mention says, so that the same words are the same bytes. And whether it is a
 * name at all: a tagger also finds "he", headers and what OCR made of a stain.
 */
#ifndef NAMES_SPELLING_H
#define NAMES_SPELLING_H

#include <stdbool.h>
#include <stddef.h>

#include "names/mention.h"

enum {
    SPELLING_BYTES_MAX = 256, /* with the NUL; longer mentions are no names */
    SPELLING_WORDS_MAX = 14,
};

/* Whether mentions of this kind are names that may be spelt in several ways (persons, bodies,
 * places); the others are the same or not. */
bool kind_is_name(enum mention_kind kind);
/* Whether they are words, and not of a fixed form. */
bool kind_is_words(enum mention_kind kind);

/* Whether a word is the s of "Smith's". */
struct word;
bool spelling_is_genitive(const char *text, const struct word *word);

/* Writes the spelling of a mention: folded words (text/fold.h) with one space between them; for
 * what has a fixed form the text without its spaces and marks, or in lower case. Returns its
 * length; 0 when this is no name: pronouns, words of headers, months, single letters, numbers,
 * letters spaced out, words that no language has. */
size_t spelling_of(enum mention_kind kind, const char *text, size_t len,
                   char out[SPELLING_BYTES_MAX]);

/* Words of a spelling, without al- and ال. */
unsigned spelling_words(const char *spelling);

/* The one name of a person's spelling that has no other, without its titles: "soleimani" of "mr
 * soleimani", "abdul mahdi", a word alone. Writes where it stands; false when there are more. */
bool spelling_surname(const char *spelling, size_t *ret_at, size_t *ret_len);

/* Whether the words of `surname` stand in a row among those of `full`; articles do not count. */
bool spelling_has(const char *full, const char *surname, size_t len);

#endif
