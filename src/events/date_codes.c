/*
 * Dates as offices write them: date-time groups of military and diplomatic messages ("121530Z NOV
 * 79", "30/1330Z SEP 71", "301330ZSEP71"; ACP 121), and the file numbers of the State Department's
 * decimal system, which end in month, day and year of what is filed ("787.00/6-1259").
 */
#include <ctype.h>

#include "events/date_grammar.h"

enum {
    GROUP_DIGITS = 6,      /* DDHHMM */
    FILE_CLASS_DIGITS = 3, /* of a decimal file number */
    FILE_PARTS_MAX = 8,    /* tokens of its class */
    FILE_YEAR_FIRST = 44,  /* dates end decimal file numbers from 1944 ... */
    FILE_YEAR_LAST = 63,   /* ... until the system was given up */
    MINUTES_OF_HOUR = 60,
    HOURS_OF_DAY = 24,
};

/* ---- date-time groups ---- */

static bool is_hour(int value)
{
    return value / 100 < HOURS_OF_DAY && value % 100 < MINUTES_OF_HOUR;
}

/* The letter of a time zone, right behind the hour. */
static bool is_zone(const struct date_grammar *grammar, size_t at)
{
    const struct date_token *token = date_at(grammar, at);

    return token->glued && token->kind != TOKEN_BREAK && token->end - token->start == 1 &&
           isalpha((unsigned char)grammar->text[token->start]);
}

static bool is_zulu(const struct date_grammar *grammar, size_t at)
{
    return (grammar->text[date_at(grammar, at)->start] | 0x20) == 'z';
}

/* Day and hour; `ret_to` is behind them. */
static bool read_day_hour(const struct date_grammar *grammar, size_t at, int *ret_day,
                          size_t *ret_to)
{
    const struct date_token *token = date_at(grammar, at);

    if (token->kind != TOKEN_NUMBER || token->ordinal)
        return false;
    if (token->digits == GROUP_DIGITS) {
        *ret_day = token->value / 10000;
        *ret_to = at + 1;
        return *ret_day >= 1 && *ret_day <= 31 && is_hour(token->value % 10000);
    }
    size_t hour = at + (date_is_mark(grammar, at + 1, "/") ? 2 : 1);
    *ret_day = token->value;
    *ret_to = hour + 1;
    return (token->digits == 1 || token->digits == 2) && *ret_day >= 1 && *ret_day <= 31 &&
           date_at(grammar, hour)->digits == 4 && is_hour(date_at(grammar, hour)->value) &&
           is_zone(grammar, hour + 1);
}

/* A year of two or four digits, behind a mark or none. */
static size_t read_group_year(const struct date_grammar *grammar, size_t at, int *ret_year)
{
    size_t number = at + (date_is_mark(grammar, at, ".,'") ? 1 : 0);
    const struct date_token *token = date_at(grammar, number);
    struct date_year years[DATE_READINGS_MAX];

    if (token->kind != TOKEN_NUMBER || token->ordinal || (token->digits != 2 && token->digits != 4))
        return 0;
    (void)date_years(grammar, token->value, token->digits, CALENDAR_GREGORIAN, years);
    *ret_year = years[0].year;
    return number + 1 - at;
}

/* "092104Z OF 9 JULY": the day said once more, with its month. */
static bool read_said_again(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    struct date_read named;

    if (!date_has(grammar, at, WORD_of) || !date_read_named(grammar, at + 1, &named) ||
        !named.count)
        return false;
    named.from = ret->from;
    *ret = named;
    return true;
}

static bool read_group(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    struct date_parts parts = {CALENDAR_GREGORIAN, YEAR_NONE, 0, 0, 0, -1};

    ret->from = at;
    if (!read_day_hour(grammar, at, &parts.day, &ret->to))
        return false;
    bool zone = is_zone(grammar, ret->to);
    bool zulu = zone && is_zulu(grammar, ret->to);
    ret->to += zone ? 1 : 0;
    parts.month = date_value(grammar, ret->to, WORD_gregorian, 0);
    if (!parts.month) /* of six digits with another letter more are parts' numbers than hours */
        return zulu && (read_said_again(grammar, ret->to, ret) ||
                        date_add(grammar, ret, &parts, DATE_EXACT));
    ret->to++;
    size_t taken = read_group_year(grammar, ret->to, &parts.year);
    ret->to += taken;
    return (zone || taken) && date_add(grammar, ret, &parts, DATE_EXACT);
}

/* ---- file numbers ---- */

/* The class of a decimal file number, "787.00", "886H.2612", "788.5-MSP": the tokens up to the
 * slash, all glued; 0 if there is none. */
static size_t read_file_class(const struct date_grammar *grammar, size_t at)
{
    const struct date_token *first = date_at(grammar, at);
    bool point = false;

    if (first->kind != TOKEN_NUMBER || first->digits != FILE_CLASS_DIGITS)
        return 0;
    for (size_t i = at + 1; i < at + FILE_PARTS_MAX; i++) {
        const struct date_token *token = date_at(grammar, i);
        if (!token->glued || token->kind == TOKEN_BREAK)
            return 0;
        if (date_is_mark(grammar, i, "/"))
            return point ? i - at : 0;
        point |= date_is_mark(grammar, i, ".");
    }
    return 0;
}

static bool read_file_number(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    size_t slash = at + read_file_class(grammar, at);
    const struct date_token *month = date_at(grammar, slash + 1);
    const struct date_token *day_year = date_at(grammar, slash + 3);

    if (slash == at || month->kind != TOKEN_NUMBER || month->digits > 2 || !month->glued ||
        !date_is_mark(grammar, slash + 2, "-") || !date_at(grammar, slash + 2)->glued ||
        day_year->kind != TOKEN_NUMBER || !day_year->glued || day_year->digits < 3 ||
        day_year->digits > 4)
        return false;
    int year = day_year->value % 100;
    if (year < FILE_YEAR_FIRST || year > FILE_YEAR_LAST)
        return false;
    struct date_parts parts = {CALENDAR_GREGORIAN,    1900 + year, month->value,
                               day_year->value / 100, 0,           -1};
    ret->from = at;
    ret->to = slash + 4;
    return parts.month >= 1 && parts.month <= 12 && parts.day >= 1 &&
           date_add(grammar, ret, &parts, DATE_EXACT);
}

bool date_read_code(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    *ret = (struct date_read){.from = at};
    if (read_group(grammar, at, ret))
        return true;
    *ret = (struct date_read){.from = at};
    return read_file_number(grammar, at, ret);
}
