/*
 * Keys under which names are found again, the same for every script and
 * spelling.
 *
 * The skeleton of a word is its consonants in classes: b p ب پ are "b"; t ط ت
 * "t"; s z and their Arabic relatives "s"; k g q kh gh "k"; sh ch "c"; vowels,
 * h, w, y and ع are left out. A letter that is heard in two ways gives two
 * skeletons.
 *
 * Keys are stable: a database may keep them. Their first character says what they are:
 *
 *   - "1" + skeleton: one word
 *   - "2" + skeleton "+" skeleton: two words of a name, the lesser first
 *   - "0" + skeleton: the whole name without spaces
 *   - "3" + skeleton less a letter: one word of four consonants or more, as misread or misspelt
 *   - "4" + number: a common word of bodies' names, by its meaning (lexicon.h)
 *
 * A change of what a name's keys are is a new KEYS_VERSION.
 */
#ifndef NAMES_KEYS_H
#define NAMES_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "names/name.h"

enum {
    KEYS_VERSION = 1,
    KEY_BYTES_MAX = 32,  /* with its NUL; longer skeletons are cut */
    SKELETONS_MAX = 4,   /* of one word */
    NAME_KEYS_MAX = 256, /* of one name; further ones are left out */
};

struct name_key {
    char text[KEY_BYTES_MAX];
};

/* Skeletons of a token, without the first character; the first is the commonest
 * reading. Returns their number, 0 for a token without letters. */
size_t token_skeletons(const struct token *token, struct name_key out[SKELETONS_MAX]);

/* The keys of a name, in a fixed order, each once. Returns their number. */
size_t name_keys(const struct name *name, struct name_key out[NAME_KEYS_MAX]);

#endif
