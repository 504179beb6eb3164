/*
 * What the parts of the grammar of dates share: the tokens with the place where a date is looked
 * for, and what one means. Internal to this folder.
 */
#ifndef EVENTS_DATE_GRAMMAR_H
#define EVENTS_DATE_GRAMMAR_H

#include "events/date_tokens.h"
#include "events/dates.h"

/* What a date behind a word names besides days (its value in date_words.tsv). */
enum date_namesake {
    NAMESAKE_PLACE = 1,  /* خیابان ۱۵ خرداد, شارع 14 تموز */
    NAMESAKE_PRAYER = 2, /* نماز جمعه */
    NAMESAKE_TIMES = 3,  /* دنیای امروز, روسيا اليوم, USA Today */
};

/* The value of "and" and "or" among the words that lead to a second date. */
enum { LIST_WORD = 1 };

/* One reading: days, or none when they cannot be told. */
struct date_days {
    int32_t first, last;
    bool known;
    enum calendar calendar;
    enum date_certainty certainty;
};

/* A date read from the tokens [from, to). */
struct date_read {
    size_t from, to;
    struct date_days days[DATE_READINGS_MAX];
    int count;
};

struct date_grammar {
    const char *text;
    const struct date_tokens *tokens;
    struct date_settings settings;
    unsigned langs;  /* DATE_PERSIAN alone, ...: what the text is in */
    unsigned accept; /* whose words are taken */
};

/* ---- tokens ---- */

/* The token, or one that is nothing behind the last. */
static inline const struct date_token *date_at(const struct date_grammar *grammar, size_t at)
{
    return at < grammar->tokens->count ? &grammar->tokens->at[at] : &date_token_none;
}
bool date_is_mark(const struct date_grammar *grammar, size_t at, const char *marks);
static inline bool date_has(const struct date_grammar *grammar, size_t at, enum date_word_kind kind)
{
    return date_token_sense(date_at(grammar, at), kind, grammar->accept) != NULL;
}
/* Its value, or `otherwise` if it has no such sense. */
int date_value(const struct date_grammar *grammar, size_t at, enum date_word_kind kind,
               int otherwise);
bool date_is_number(const struct date_grammar *grammar, size_t at, int least, int most);
/* Whether a clause ends before the token. */
bool date_at_end(const struct date_grammar *grammar, size_t at);
/* A unit of time as kind and value; false if it is none. */
bool date_is_unit(const struct date_grammar *grammar, size_t at, enum date_word_kind *ret_kind,
                  int *ret_value);
/* Whether the words before make a date the name of something else: a street, a Friday's prayer
 * (only weekday). */
bool date_is_namesake(const struct date_grammar *grammar, size_t at, bool weekday_alone);
/* Whether the words before are a part of what begins here: "early", "the end of". */
bool date_is_parted(const struct date_grammar *grammar, size_t at);
/* A year by its distance from the document's: "this year", "سال گذشته", "امسال". Returns the tokens
 * taken. */
size_t date_read_year_shift(const struct date_grammar *grammar, size_t at, int *ret_shift);

/* ---- parts of the grammar: each reads a date at `at` or returns false ---- */

typedef bool (*date_reader)(const struct date_grammar *grammar, size_t at, struct date_read *ret);

/* The longest date that one of the readers reads. */
bool date_read_longest(const struct date_grammar *grammar, size_t at, const date_reader *readers,
                       size_t count, struct date_read *ret);

bool date_read_numeric(const struct date_grammar *grammar, size_t at, struct date_read *ret);
bool date_read_code(const struct date_grammar *grammar, size_t at, struct date_read *ret);
bool date_read_named(const struct date_grammar *grammar, size_t at, struct date_read *ret);
bool date_read_relative(const struct date_grammar *grammar, size_t at, struct date_read *ret);
/* "the month", "سال" behind "the end of": that of the document's date. */
bool date_read_bare_unit(const struct date_grammar *grammar, size_t at, struct date_read *ret);
bool date_read_span(const struct date_grammar *grammar, size_t at, struct date_read *ret);
bool date_read_feast(const struct date_grammar *grammar, size_t at, struct date_read *ret);

/* ---- what parts mean ---- */

enum { YEAR_NONE = -100000 };

/* A date by its parts; 0 for a month or day that is not said. */
struct date_parts {
    enum calendar calendar;
    int year; /* or YEAR_NONE */
    int month, day, day_last;
    int weekday; /* or -1 */
};

/* Adds a reading; one without a year gets the one nearest to the document's date. False, with
 * nothing added, if there is no such date. */
bool date_add(const struct date_grammar *grammar, struct date_read *read,
              const struct date_parts *parts, enum date_certainty certainty);
/* The same of days. */
void date_add_days(struct date_read *read, int32_t first, int32_t last, enum calendar calendar,
                   enum date_certainty certainty);
/* Days told by the document's date: found, but unknown, when it has none. */
void date_add_inferred(const struct date_grammar *grammar, struct date_read *read, int32_t first,
                       int32_t last);
/* Found, but nobody knows when. */
void date_add_unknown(struct date_read *read, enum calendar calendar);

/* A year behind a season, a feast, a half, after "of" or none, or one told by the document's date,
 * for which the word alone is enough with `bare`: the first reading. DATE_EXACT, DATE_INFERRED, or
 * DATE_UNKNOWN where the document has no date. */
bool date_read_year_behind(const struct date_grammar *grammar, size_t at, bool bare,
                           struct date_parts *ret_parts, size_t *ret_to,
                           enum date_certainty *ret_certainty);

/* The calendar in which the text counts when it names none. */
enum calendar date_own_calendar(const struct date_grammar *grammar);

/* Years that two or four digits may mean, the likeliest first; returns their number. `named` is the
 * calendar of a month's name or an era, or -1. */
struct date_year {
    enum calendar calendar;
    int year;
};
int date_years(const struct date_grammar *grammar, int value, int digits, int named,
               struct date_year ret_years[DATE_READINGS_MAX]);
/* A year behind its era's name or number; era as in date_words.tsv, 0 for none. */
int date_era_calendar(const struct date_grammar *grammar, int era, int year);

int32_t date_add_months(int32_t day, enum calendar calendar, int months);
/* The first such weekday on the day or after it. */
int32_t date_next_weekday(int32_t day, int weekday);
/* The first day of the week of `day`: Saturday in Persian, Monday otherwise. */
int32_t date_week(const struct date_grammar *grammar, int32_t day);

#endif
