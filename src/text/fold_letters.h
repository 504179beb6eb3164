/*
 * The letters that Unicode keeps apart and the search fold does not: applied to every character
 * after NFKC case folding and after its diacritics are gone. docs/FOLD.md explains each row.
 */
#ifndef TEXT_FOLD_LETTERS_H
#define TEXT_FOLD_LETTERS_H

#include <stdint.h>

struct fold_letter {
    uint32_t from;
    const char *to; /* ASCII or one Arabic letter, UTF-8 */
};

static const struct fold_letter fold_letters[] = {
    /* Arabic script: one letter, several code points or spellings */
    {0x0649, "ی"}, /* alef maksura */
    {0x064A, "ی"}, /* Arabic yeh */
    {0x06D2, "ی"}, /* yeh barree */
    {0x0643, "ک"}, /* Arabic kaf */
    {0x06AA, "ک"}, /* swash kaf */
    {0x0629, "ه"}, /* teh marbuta */
    {0x06C1, "ه"}, /* heh goal */
    {0x06C3, "ه"}, /* teh marbuta goal */
    {0x06BE, "ه"}, /* heh doachashmee */
    {0x06D5, "ه"}, /* ae */
    {0x0671, "ا"}, /* alef wasla */
    {0x0672, "ا"}, /* alef with wavy hamza above */
    {0x0673, "ا"}, /* alef with wavy hamza below */
    /* Latin letters with a stroke, and letters that are two */
    {0x00E6, "ae"}, /* ash */
    {0x0153, "oe"}, /* ethel */
    {0x00F0, "d"},  /* eth */
    {0x00FE, "th"}, /* thorn */
    {0x0111, "d"},  /* d with stroke */
    {0x0127, "h"},  /* h with stroke */
    {0x0131, "i"},  /* dotless i */
    {0x0142, "l"},  /* l with stroke */
    {0x00F8, "o"},  /* o with stroke */
    {0x0167, "t"},  /* t with stroke */
};

/* Cyrillic letters that Unicode decomposes although they are letters of their own. */
static const uint32_t fold_kept_letters[] = {0x0439, 0x045E, 0x0457};

/* Signs inside words that are no letters to a reader, though Unicode calls them so. */
static const struct fold_range {
    uint32_t first, last;
} fold_signs[] = {
    {0x0640, 0x0640}, /* tatweel */
    {0x02B9, 0x02BF}, /* primes, apostrophes, ayn and hamza of transliterations */
    {0x0674, 0x0674}, /* high hamza */
};

#endif
