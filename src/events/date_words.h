/*
 * The words of which dates are made: date_words.tsv, folded and sorted by date_words_gen.c. A form
 * may have several senses ("second", "قبل"); they stand next to each other.
 */
#ifndef EVENTS_DATE_WORDS_H
#define EVENTS_DATE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"

/* The kinds of date_words.tsv, under the same names. */
/* clang-format off */
#define DATE_WORD_KINDS(X) \
    X(gregorian) X(solar) X(lunar) X(weekday) \
    X(unit) X(teen) X(plusten) X(tens) X(hundreds) X(thousands) X(nth) X(several) \
    X(day) X(businessday) X(week) X(weekend) X(month) X(quarter) X(half) X(year) X(decade) X(century) \
    X(today) X(thisyear) X(shift) X(recent) X(ago) X(fromday) X(in) X(before) \
    X(part) X(circa) X(season) X(era) \
    X(of) X(the) X(to) X(from) X(on) \
    X(numbered) X(counted) X(event) X(namesake) X(plural) \
    X(feast) X(edge) X(decades)
/* clang-format on */

enum date_word_kind {
#define X(name) WORD_##name,
    DATE_WORD_KINDS(X)
#undef X
        WORD_KINDS
};

enum { DATE_ENGLISH = 1, DATE_PERSIAN = 2, DATE_ARABIC = 4, DATE_LANGS = 7 };

enum {
    DATE_FORM_WORDS_MAX = 5,  /* words of a form */
    DATE_FORM_BYTES_MAX = 64, /* of a folded form */
};

/* Of words that are also others. */
enum date_weakness {
    DATE_STRONG,
    DATE_SOFT, /* a month's name that a preposition before it is enough to show */
    DATE_WEAK, /* one that needs a day, a year or the word for it */
};

struct date_word {
    const char *form; /* surfaces with a space between */
    unsigned char kind;
    short value;
    unsigned char langs; /* of DATE_ENGLISH, ... */
    unsigned char weak;  /* of enum date_weakness */
};

extern const struct date_word date_words[];
extern const size_t date_word_count;

enum { DATE_PLACES = 1 << 13 };

/* Where the rows of forms with the same first word begin: the row plus 1 at the hash of the word,
 * or at the next free place; 0 is free. Most words of a text belong to no date. */
extern const unsigned short date_word_places[DATE_PLACES];

static inline size_t date_word_place(const char *word, size_t len)
{
    return bytes_hash(BYTES_HASH_START, word, len) >> 20 & (DATE_PLACES - 1);
}

#endif
