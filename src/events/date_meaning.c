#include <stdlib.h>

#include "events/date_grammar.h"

/* A Solar Hijri year after this lies in the future: a text that names it means a lunar one. */
enum { SOLAR_YEAR_LIKELY_MAX = 1415, LUNAR_YEAR_LIKELY_MAX = 1460, HIJRI_YEAR_MIN = 1200 };

enum { MONDAY = 0, SATURDAY = 5 };

/* How far from the document's date one is looked for that does not say it all. */
enum { YEARS_AROUND = 6, MONTHS_AROUND = 12 };

void date_add_days(struct date_read *read, int32_t first, int32_t last, enum calendar calendar,
                   enum date_certainty certainty)
{
    if (read->count < DATE_READINGS_MAX)
        read->days[read->count++] = (struct date_days){first, last, true, calendar, certainty};
}

void date_add_unknown(struct date_read *read, enum calendar calendar)
{
    if (read->count < DATE_READINGS_MAX)
        read->days[read->count++] =
            (struct date_days){.calendar = calendar, .certainty = DATE_UNKNOWN};
}

void date_add_inferred(const struct date_grammar *grammar, struct date_read *read, int32_t first,
                       int32_t last)
{
    if (grammar->settings.has_ref)
        date_add_days(read, first, last, CALENDAR_GREGORIAN, DATE_INFERRED);
    else
        date_add_unknown(read, CALENDAR_GREGORIAN);
}

/* The days of parts of which the year is known. */
static bool days_of(const struct date_parts *parts, int year, int32_t *ret_first, int32_t *ret_last)
{
    struct calendar_date first = {year, parts->month ? parts->month : 1,
                                  parts->day ? parts->day : 1};
    struct calendar_date last = first;

    if (!parts->month)
        last.month = 12;
    if (!parts->day)
        last.day = calendar_month_days(parts->calendar, year, last.month);
    else if (parts->day_last)
        last.day = parts->day_last;
    return calendar_day(parts->calendar, first, ret_first) &&
           calendar_day(parts->calendar, last, ret_last) && *ret_first <= *ret_last;
}

static bool on_weekday(const struct date_parts *parts, int32_t first)
{
    return parts->weekday < 0 || !parts->day || calendar_weekday(first) == parts->weekday;
}

/* The days of the parts that many years from the document's date, or months if they have none. */
static bool days_away(const struct date_parts *parts, const struct calendar_date *ref, int away,
                      int32_t *ret_first, int32_t *ret_last)
{
    struct date_parts one = *parts;
    int year = ref->year + away;

    if (!parts->month) {
        int month = ref->year * 12 + ref->month - 1 + away;
        one.month = month % 12 + 1;
        year = month / 12;
    }
    return days_of(&one, year, ret_first, ret_last);
}

/* Of a date without a year ("3 May") or without a month ("the 21st", "Friday the 15th"): the one
 * nearest to the document's date; one on which the weekday fits comes first. */
static bool nearest(const struct date_grammar *grammar, const struct date_parts *parts,
                    int32_t *ret_first, int32_t *ret_last)
{
    int most = parts->month ? YEARS_AROUND : MONTHS_AROUND;
    struct calendar_date ref;
    int32_t best = INT32_MAX;

    if (!calendar_date(parts->calendar, grammar->settings.ref, &ref))
        return false;
    for (int strict = 1; strict >= 0 && best == INT32_MAX; strict--) {
        for (int away = -most; away <= most; away++) {
            int32_t first, last;
            if (!days_away(parts, &ref, away, &first, &last) ||
                (strict && !on_weekday(parts, first)))
                continue;
            int32_t distance = abs(first - grammar->settings.ref);
            if (distance < best) {
                best = distance;
                *ret_first = first;
                *ret_last = last;
            }
        }
    }
    return best < INT32_MAX;
}

/* A lunar day may be off by one, unless the day of the week says which it is. */
static enum date_certainty settle_lunar(const struct date_parts *parts, int32_t *first,
                                        int32_t *last, enum date_certainty certainty)
{
    if (parts->calendar != CALENDAR_LUNAR_HIJRI || !parts->day)
        return certainty;
    for (int off = -LUNAR_SLACK; parts->weekday >= 0 && off <= LUNAR_SLACK; off++) {
        if (calendar_weekday(*first + off) == parts->weekday) {
            *first += off;
            *last += off;
            return certainty;
        }
    }
    return certainty == DATE_EXACT ? DATE_APPROXIMATE : certainty;
}

bool date_add(const struct date_grammar *grammar, struct date_read *read,
              const struct date_parts *parts, enum date_certainty certainty)
{
    int32_t first, last;

    if (parts->year != YEAR_NONE) {
        if (!days_of(parts, parts->year, &first, &last))
            return false;
    } else {
        /* 29 February and 30 Esfand are dates of some years only; other days of no year are none.
         */
        struct date_parts any = *parts;
        int leap = parts->calendar == CALENDAR_GREGORIAN ? 2000 : 1403;
        if (!any.month)
            any.month = 1;
        if (!days_of(&any, leap, &first, &last))
            return false;
        if (!grammar->settings.has_ref) {
            date_add_unknown(read, parts->calendar);
            return true;
        }
        if (!nearest(grammar, parts, &first, &last))
            return false;
        certainty = certainty == DATE_EXACT ? DATE_INFERRED : certainty;
    }
    certainty = settle_lunar(parts, &first, &last, certainty);
    date_add_days(read, first, last, parts->calendar, certainty);
    return true;
}

/* ---- years ---- */

/* Two digits: the year within 70 years before and 29 after the document's date, or today's 2026. */
static int full_year(const struct date_grammar *grammar, enum calendar calendar, int value)
{
    static const int now[] = {2026, 1405, 1448};
    struct calendar_date ref;
    int year = now[calendar];

    if (grammar->settings.has_ref && calendar_date(calendar, grammar->settings.ref, &ref))
        year = ref.year;
    int full = (year + 29) / 100 * 100 + value;
    return full > year + 29 ? full - 100 : full;
}

static int add_year(struct date_year *years, int count, enum calendar calendar, int year)
{
    years[count] = (struct date_year){calendar, year};
    return count + 1;
}

int date_years(const struct date_grammar *grammar, int value, int digits, int named,
               struct date_year ret_years[DATE_READINGS_MAX])
{
    bool persian = grammar->langs == DATE_PERSIAN, arabic = grammar->langs == DATE_ARABIC;
    int count = 0;

    if (digits == 2) {
        if (named >= 0)
            return add_year(ret_years, 0, (enum calendar)named,
                            full_year(grammar, (enum calendar)named, value));
        if (persian) {
            count = add_year(ret_years, count, CALENDAR_SOLAR_HIJRI,
                             full_year(grammar, CALENDAR_SOLAR_HIJRI, value));
            return add_year(ret_years, count, CALENDAR_LUNAR_HIJRI,
                            full_year(grammar, CALENDAR_LUNAR_HIJRI, value));
        }
        return add_year(ret_years, count, CALENDAR_GREGORIAN,
                        full_year(grammar, CALENDAR_GREGORIAN, value));
    }
    if (named >= 0)
        return add_year(ret_years, 0, (enum calendar)named, value);
    if (value < HIJRI_YEAR_MIN || value > LUNAR_YEAR_LIKELY_MAX)
        return add_year(ret_years, 0, CALENDAR_GREGORIAN, value);
    bool solar = value <= SOLAR_YEAR_LIKELY_MAX;
    if (solar && !arabic) {
        count = add_year(ret_years, count, CALENDAR_SOLAR_HIJRI, value);
        return persian ? count : add_year(ret_years, count, CALENDAR_LUNAR_HIJRI, value);
    }
    count = add_year(ret_years, count, CALENDAR_LUNAR_HIJRI, value);
    return arabic && !solar ? count : add_year(ret_years, count, CALENDAR_SOLAR_HIJRI, value);
}

int date_era_calendar(const struct date_grammar *grammar, int era, int year)
{
    switch (era) {
    case 1:
        return CALENDAR_GREGORIAN;
    case 2:
        return CALENDAR_LUNAR_HIJRI;
    case 3:
        return CALENDAR_SOLAR_HIJRI;
    case 4: /* "hijri" alone: of which kind the language and the year must say */
        return grammar->langs == DATE_PERSIAN && year >= HIJRI_YEAR_MIN &&
                       year <= SOLAR_YEAR_LIKELY_MAX
                   ? CALENDAR_SOLAR_HIJRI
                   : CALENDAR_LUNAR_HIJRI;
    default:
        return -1;
    }
}

/* ---- days ---- */

int32_t date_add_months(int32_t day, enum calendar calendar, int months)
{
    struct calendar_date date;
    int32_t moved = day;

    if (!calendar_date(calendar, day, &date))
        return day;
    int month = date.year * 12 + date.month - 1 + months;
    date.year = month / 12;
    date.month = month % 12 + 1;
    int days = calendar_month_days(calendar, date.year, date.month);
    if (date.day > days)
        date.day = days;
    return calendar_day(calendar, date, &moved) ? moved : day;
}

int32_t date_next_weekday(int32_t day, int weekday)
{
    return day + (weekday - calendar_weekday(day) + 7) % 7;
}

int32_t date_week(const struct date_grammar *grammar, int32_t day)
{
    return date_next_weekday(day - 6, grammar->langs == DATE_PERSIAN ? SATURDAY : MONDAY);
}

enum calendar date_own_calendar(const struct date_grammar *grammar)
{
    return grammar->langs == DATE_PERSIAN ? CALENDAR_SOLAR_HIJRI : CALENDAR_GREGORIAN;
}
