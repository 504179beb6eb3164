#include "text/edtf.h"

#include <string.h>

#include "text/calendar.h"

/* What is left to read. */
struct cursor {
    const char *at, *end;
};

/* A number of which digits may be unknown: as a pattern of up to four digits, and X for the
 * unknown. */
struct pattern {
    char digits[5];
    int len;
};

enum {
    MONTH_LAST = 12,
    DAY_LAST = 31,
    SEASON_FIRST = 21,
    SEASON_LAST = 41,
    YEAR_DIGITS_MAX = 9, /* of a year after Y, with its exponent */
};

/* ---- characters ---- */

static bool at_end(const struct cursor *c)
{
    return c->at == c->end;
}

static char peek(const struct cursor *c)
{
    return at_end(c) ? '\0' : *c->at;
}

static bool take(struct cursor *c, char wanted)
{
    if (peek(c) != wanted || at_end(c))
        return false;
    c->at++;
    return true;
}

static bool take_two(struct cursor *c, const char *wanted)
{
    if (c->end - c->at < 2 || c->at[0] != wanted[0] || c->at[1] != wanted[1])
        return false;
    c->at += 2;
    return true;
}

static bool is_digit(char ch)
{
    return ch >= '0' && ch <= '9';
}

/* ? ~ % , before a part or after it. */
static bool take_qualifier(struct cursor *c, struct edtf *edtf)
{
    char mark = peek(c);

    if (mark != '?' && mark != '~' && mark != '%')
        return false;
    c->at++;
    edtf->uncertain |= mark != '~';
    edtf->approximate |= mark != '?';
    return true;
}

/* Exactly `len` digits. */
static bool take_number(struct cursor *c, int len, int *ret_number)
{
    int number = 0;

    if (c->end - c->at < len)
        return false;
    for (int i = 0; i < len; i++) {
        if (!is_digit(c->at[i]))
            return false;
        number = number * 10 + (c->at[i] - '0');
    }
    c->at += len;
    *ret_number = number;
    return true;
}

static bool take_pattern(struct cursor *c, int most, struct pattern *ret_pattern)
{
    int len = 0;

    while (len < most && c->at + len < c->end && (is_digit(c->at[len]) || c->at[len] == 'X'))
        len++;
    memcpy(ret_pattern->digits, c->at, (size_t)len);
    ret_pattern->len = len;
    c->at += len;
    return len > 0;
}

static bool fits(const struct pattern *pattern, int number)
{
    for (int i = pattern->len - 1; i >= 0; i--, number /= 10)
        if (pattern->digits[i] != 'X' && pattern->digits[i] - '0' != number % 10)
            return false;
    return number == 0;
}

static int with_unknown_as(const struct pattern *pattern, char digit)
{
    int number = 0;

    for (int i = 0; i < pattern->len; i++)
        number = number * 10 + ((pattern->digits[i] == 'X' ? digit : pattern->digits[i]) - '0');
    return number;
}

static bool has_unknown(const struct pattern *pattern)
{
    return memchr(pattern->digits, 'X', (size_t)pattern->len) != NULL;
}

/* ---- days ---- */

static bool set_days(struct edtf *edtf, struct calendar_date first, struct calendar_date last)
{
    return calendar_day(CALENDAR_GREGORIAN, first, &edtf->earliest) &&
           calendar_day(CALENDAR_GREGORIAN, last, &edtf->latest);
}

static bool set_years(struct edtf *edtf, int first, int last)
{
    return set_days(edtf, (struct calendar_date){first, 1, 1},
                    (struct calendar_date){last, MONTH_LAST, DAY_LAST});
}

/* The same of a number and its sign. */
static bool set_signed_years(struct edtf *edtf, bool negative, int first, int last)
{
    return negative ? set_years(edtf, -last, -first) : set_years(edtf, first, last);
}

/* Northern or without a hemisphere, of the year named: spring is its March to May, and winter
 * December with the two months after. Quarters, quadrimesters and halves follow from 33, 37 and 40.
 */
static bool set_season(struct edtf *edtf, int year, int season)
{
    static const struct {
        unsigned char first, months;
    } seasons[] = {
        {3, 3}, {6, 3},  {9, 3}, {12, 3},         /* 21-24 */
        {3, 3}, {6, 3},  {9, 3}, {12, 3},         /* 25-28, north */
        {9, 3}, {12, 3}, {3, 3}, {6, 3},          /* 29-32, south */
        {1, 3}, {4, 3},  {7, 3}, {10, 3},         /* 33-36 */
        {1, 4}, {5, 4},  {9, 4}, {1, 6},  {7, 6}, /* 37-41 */
    };
    int first = seasons[season - SEASON_FIRST].first;
    int last = first + seasons[season - SEASON_FIRST].months - 1;
    int last_year = year + (last > MONTH_LAST);

    last -= last > MONTH_LAST ? MONTH_LAST : 0;
    return set_days(edtf, (struct calendar_date){year, first, 1},
                    (struct calendar_date){
                        last_year, last, calendar_month_days(CALENDAR_GREGORIAN, last_year, last)});
}

struct parts {
    bool negative;
    struct pattern year, month, day;
};

/* The first (step 1) or last (step -1) day of one year that fits; false if there is none. */
static bool day_of_year(const struct parts *parts, int year, int step, int32_t *ret_day)
{
    for (int m = step > 0 ? 1 : MONTH_LAST; m >= 1 && m <= MONTH_LAST; m += step) {
        int days = calendar_month_days(CALENDAR_GREGORIAN, year, m);
        if (!fits(&parts->month, m))
            continue;
        for (int d = step > 0 ? 1 : days; d >= 1 && d <= days; d += step)
            if (!parts->day.len || fits(&parts->day, d))
                return calendar_day(CALENDAR_GREGORIAN, (struct calendar_date){year, m, d},
                                    ret_day);
    }
    return false;
}

/* The same over all years that fit. Only 29 February makes a difference between years, and a leap
 * year comes within eight; with unknown digits before the last, within a hundred. */
static bool day_of_years(const struct parts *parts, int step, int32_t *ret_day)
{
    int low = with_unknown_as(&parts->year, '0'), high = with_unknown_as(&parts->year, '9');
    int sign = parts->negative ? -1 : 1;

    if (sign < 0)
        step = -step;
    for (int y = step > 0 ? low : high; y >= low && y <= high; y += step)
        if (fits(&parts->year, y) && day_of_year(parts, sign * y, step * sign, ret_day))
            return true;
    return false;
}

/* ---- a date ---- */

/* T16:05:00.25+03:30; moments are kept as their day. */
static bool take_zone(struct cursor *c)
{
    bool west = peek(c) == '-';
    int hours, minutes = 0;

    if (take(c, 'Z'))
        return true;
    if (!take(c, '+') && !take(c, '-'))
        return at_end(c) || peek(c) == '/';
    if (!take_number(c, 2, &hours))
        return false;
    bool colon = take(c, ':');
    if (is_digit(peek(c)) ? !take_number(c, 2, &minutes) : colon)
        return false;
    int most = (west ? 12 : 14) * 60, offset = hours * 60 + minutes;
    return minutes < 60 && offset <= most && !(west && offset == 0);
}

static bool take_time(struct cursor *c)
{
    int hour, minute, second;

    if (!take_number(c, 2, &hour) || !take(c, ':') || !take_number(c, 2, &minute) ||
        !take(c, ':') || !take_number(c, 2, &second))
        return false;
    if (take(c, '.')) {
        if (!is_digit(peek(c)))
            return false;
        while (is_digit(peek(c)))
            c->at++;
    }
    if (hour > 24 || minute > 59 || second > 59 || (hour == 24 && (minute || second)))
        return false;
    return take_zone(c);
}

/* Y170002, Y-17E7, Y17101E3S3 */
static bool take_long_year(struct cursor *c, struct edtf *edtf)
{
    bool negative = take(c, '-');
    int64_t year = 0;
    int digits = 0, exponent = 0;
    const char *first = c->at;

    for (; is_digit(peek(c)) && digits <= YEAR_DIGITS_MAX; digits++)
        year = year * 10 + (*c->at++ - '0');
    if (digits == 0 || digits > YEAR_DIGITS_MAX || *first == '0')
        return false;
    if (take(c, 'E')) {
        if (!take_number(c, 1, &exponent))
            return false;
    } else if (digits < 5) {
        return false;
    }
    for (; exponent > 0 && year <= CALENDAR_YEAR_MAX; exponent--)
        year *= 10;
    if (take(c, 'S')) {
        if (!is_digit(peek(c)) || peek(c) == '0')
            return false;
        while (is_digit(peek(c)))
            c->at++;
    }
    if (year <= CALENDAR_YEAR_MAX)
        return set_signed_years(edtf, negative, (int)year, (int)year);
    edtf->open_start = negative;
    edtf->open_end = !negative;
    return negative ? calendar_day(CALENDAR_GREGORIAN,
                                   (struct calendar_date){-CALENDAR_YEAR_MAX, 1, 1}, &edtf->latest)
                    : calendar_day(CALENDAR_GREGORIAN,
                                   (struct calendar_date){CALENDAR_YEAR_MAX, MONTH_LAST, DAY_LAST},
                                   &edtf->earliest);
}

/* 20 and 201: of fewer digits than a year. */
static bool set_span(struct edtf *edtf, const struct parts *parts)
{
    int width = parts->year.len == 2 ? 100 : 10;
    int first = with_unknown_as(&parts->year, '0') * width;
    int last = with_unknown_as(&parts->year, '9') * width + width - 1;

    return !(parts->negative && first == 0) && set_signed_years(edtf, parts->negative, first, last);
}

static bool set_year(struct edtf *edtf, const struct parts *parts)
{
    int first = with_unknown_as(&parts->year, '0'), last = with_unknown_as(&parts->year, '9');

    return !(parts->negative && last == 0) && set_signed_years(edtf, parts->negative, first, last);
}

/* 1950S2: two digits are meant. */
static bool take_significant(struct cursor *c, const struct parts *parts, struct edtf *edtf)
{
    int kept, unit = 1, year = with_unknown_as(&parts->year, '0');

    if (!take_number(c, 1, &kept) || kept < 1 || kept > 4 || has_unknown(&parts->year))
        return false;
    for (int i = kept; i < 4; i++)
        unit *= 10;
    int first = year / unit * unit, last = first + unit - 1;
    return set_signed_years(edtf, parts->negative, first, last);
}

/* After the year and its hyphen: a month and perhaps a day, or a season. */
static bool take_month(struct cursor *c, struct parts *parts, struct edtf *edtf, bool *ret_season)
{
    int number;

    take_qualifier(c, edtf);
    if (!take_pattern(c, 2, &parts->month) || parts->month.len != 2)
        return false;
    take_qualifier(c, edtf);
    number = has_unknown(&parts->month) ? 0 : with_unknown_as(&parts->month, '0');
    if (number >= SEASON_FIRST && number <= SEASON_LAST) {
        *ret_season = true;
        return parts->year.len == 4 && !has_unknown(&parts->year) && peek(c) != '-' &&
               set_season(edtf, (parts->negative ? -1 : 1) * with_unknown_as(&parts->year, '0'),
                          number);
    }
    if (take(c, '-')) {
        take_qualifier(c, edtf);
        if (!take_pattern(c, 2, &parts->day) || parts->day.len != 2)
            return false;
        if (take(c, 'T')) {
            if (!take_time(c))
                return false;
        } else {
            take_qualifier(c, edtf);
        }
    }
    return day_of_years(parts, 1, &edtf->earliest) && day_of_years(parts, -1, &edtf->latest);
}

static bool take_date(struct cursor *c, struct edtf *edtf, bool *ret_season)
{
    struct parts parts = {0};

    take_qualifier(c, edtf);
    if (take(c, 'Y'))
        return take_long_year(c, edtf);
    parts.negative = take(c, '-');
    if (!take_pattern(c, 4, &parts.year) || parts.year.len < 2)
        return false;
    if (parts.year.len == 4 && take(c, 'S'))
        return take_significant(c, &parts, edtf);
    take_qualifier(c, edtf);
    if (parts.year.len < 4)
        return set_span(edtf, &parts);
    if (!take(c, '-'))
        return set_year(edtf, &parts);
    return take_month(c, &parts, edtf, ret_season);
}

/* ---- several dates ---- */

static void join(struct edtf *all, const struct edtf *one, bool first)
{
    all->uncertain |= one->uncertain;
    all->approximate |= one->approximate;
    all->open_start |= one->open_start;
    all->open_end |= one->open_end;
    if (first || one->earliest < all->earliest)
        all->earliest = one->earliest;
    if (first || one->latest > all->latest)
        all->latest = one->latest;
}

/* One end of an interval: a date, "..", or nothing for an end that is not known. */
static bool take_end(struct cursor *c, struct edtf *end, bool *ret_open, bool *ret_season)
{
    *ret_open = at_end(c) || peek(c) == '/' || take_two(c, "..");
    return *ret_open || take_date(c, end, ret_season);
}

static bool read_interval(struct cursor *c, struct edtf *edtf)
{
    struct edtf first = {0}, last = {0};
    bool open_start, open_end, season = false;

    if (!take_end(c, &first, &open_start, &season))
        return false;
    if (!take(c, '/')) {
        *edtf = first;
        return !open_start && at_end(c);
    }
    if (!take_end(c, &last, &open_end, &season) || !at_end(c) || season)
        return false;
    edtf->uncertain = first.uncertain || last.uncertain;
    edtf->approximate = first.approximate || last.approximate;
    edtf->open_start = open_start || first.open_start;
    edtf->open_end = open_end || last.open_end;
    edtf->earliest = first.earliest;
    edtf->latest = last.latest;
    return edtf->open_start || edtf->open_end || edtf->earliest <= edtf->latest;
}

static void skip_blanks(struct cursor *c)
{
    while (take(c, ' '))
        continue;
}

/* One member of a set: a date, a..b, ..b or a.. */
static bool take_member(struct cursor *c, struct edtf *member)
{
    bool season = false;
    struct edtf last = {0};

    if (take_two(c, "..")) {
        member->open_start = true;
    } else {
        if (!take_date(c, member, &season))
            return false;
        if (!take_two(c, ".."))
            return true;
        if (peek(c) == ',' || peek(c) == ']' || peek(c) == '}') {
            member->open_end = true;
            return true;
        }
    }
    if (!take_date(c, &last, &season))
        return false;
    member->latest = last.latest;
    if (member->open_start)
        member->earliest = last.earliest;
    return member->open_start || member->earliest <= member->latest;
}

static bool read_set(struct cursor *c, char close, struct edtf *edtf)
{
    for (int count = 0; count < EDTF_PARTS_MAX; count++) {
        struct edtf member = {0};
        skip_blanks(c);
        if (!take_member(c, &member))
            return false;
        join(edtf, &member, count == 0);
        skip_blanks(c);
        if (take(c, close))
            return at_end(c);
        if (!take(c, ','))
            return false;
    }
    return false;
}

bool edtf_read(const char *text, size_t len, struct edtf *ret_edtf)
{
    struct cursor c = {text, text + len};

    *ret_edtf = (struct edtf){0};
    if (len == 0 || len > EDTF_MAX)
        return false;
    if (take(&c, '['))
        return read_set(&c, ']', ret_edtf);
    if (take(&c, '{'))
        return read_set(&c, '}', ret_edtf);
    return read_interval(&c, ret_edtf);
}
