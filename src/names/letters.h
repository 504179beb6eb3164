/*
 * The alphabet in which names are compared: Latin letters, digits, and the
 * letters of the Arabic script, one small number each. Cyrillic and Greek are
 * written in Latin letters here, as a reader of English would; letters of other
 * scripts are not compared by sound.
 *
 * Takes characters as the search fold (text/fold.h) leaves them: no marks, no
 * case, one form of ی, ک, ه and و, no hamza on a seat.
 */
#ifndef NAMES_LETTERS_H
#define NAMES_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LETTER_NONE = 0,
    LETTER_A = 1, /* to LETTER_A + 25: z */
    LETTER_Z = 26,
    LETTER_0 = 27, /* to LETTER_0 + 9 */
    LETTER_9 = 36,
    LETTER_ARABIC = 37, /* the first of the Arabic script */
    LETTER_ALEF = LETTER_ARABIC,
    LETTER_BEH = LETTER_ARABIC + 1,
    LETTER_TEH = LETTER_ARABIC + 3,
    LETTER_DAL = LETTER_ARABIC + 9,
    LETTER_SHEEN = LETTER_ARABIC + 15,
    LETTER_AIN = LETTER_ARABIC + 20,
    LETTER_LAM = LETTER_ARABIC + 26,
    LETTER_NOON = LETTER_ARABIC + 28,
    LETTER_WAW = LETTER_ARABIC + 29,
    LETTER_HEH = LETTER_ARABIC + 30,
    LETTER_YEH = LETTER_ARABIC + 31,
    LETTER_COUNT = 74,
    LETTERS_OF_RUNE_MAX = 4,
};

/* The number of a small Latin letter. */
#define LATIN(c) ((uint8_t)((c) - 'a' + LETTER_A))

enum name_script { SCRIPT_LATIN, SCRIPT_ARABIC, SCRIPT_OTHER };

/* Writes the letters of a character; returns their number. 0 and SCRIPT_OTHER
 * for a character that has none here; 0 and another script for a sign that is
 * silent. */
size_t letters_of(uint32_t rune, uint8_t out[LETTERS_OF_RUNE_MAX], enum name_script *ret_script);

/* Writes letters as text, for key strings and the model file: Latin letters and
 * digits as ASCII, Arabic ones as UTF-8. `out` must have room for 2 * count + 1
 * bytes. Returns the length. */
size_t letters_spell(const uint8_t *letters, size_t count, char *out);

static inline bool letter_is_latin(uint8_t letter)
{
    return letter >= LETTER_A && letter <= LETTER_Z;
}

static inline bool letter_is_digit(uint8_t letter)
{
    return letter >= LETTER_0 && letter <= LETTER_9;
}

static inline bool letter_is_arabic(uint8_t letter)
{
    return letter >= LETTER_ARABIC;
}

#endif
