#include "text/calendar.h"

#include <stddef.h>
#include <stdio.h>

#include "calendar_lunar.h"

enum {
    SOLAR_EPOCH = -492268, /* day 1 of year 1 by the cycle of 33 years: 622-03-21 */
    LUNAR_EPOCH = -492148, /* of the tabular calendar with the civil epoch: 622-07-19 */
    LUNAR_MONTH_MAX = 30,
    ZODIAC_FIRST = 1220,
    ZODIAC_LAST = 1303,
    ERA_DAYS = 146097, /* 400 Gregorian years */
};

/* The months' lengths less 29, two bits a month, from 1220 on. */
static const uint32_t zodiac[] = {
    0x446ab9, 0x445baa, 0x515aea, 0x515ae9, 0x446ab9, 0x445baa, 0x515aea, 0x515ae9, 0x446ab9,
    0x445baa, 0x515aea, 0x515ae9, 0x512ab9, 0x445baa, 0x515aea, 0x515ae9, 0x512ab9, 0x4467aa,
    0x545aea, 0x515ae9, 0x512ab9, 0x4467ad, 0x445aea, 0x515aea, 0x512ab9, 0x4467b9, 0x445aea,
    0x515aea, 0x512ab9, 0x4467b9, 0x445baa, 0x515aea, 0x515ab9, 0x446ab9, 0x445baa, 0x515aea,
    0x515ae9, 0x446ab9, 0x445baa, 0x515aea, 0x515ae9, 0x506ab9, 0x445baa, 0x515aea, 0x515ae9,
    0x506ab9, 0x445baa, 0x515aea, 0x515ae9, 0x512ab9, 0x4467aa, 0x545aea, 0x515ae9, 0x512ab9,
    0x4467b9, 0x445aea, 0x515aea, 0x512ab9, 0x4467b9, 0x445baa, 0x515aea, 0x512ab9, 0x446ab9,
    0x445baa, 0x515aea, 0x545ae9, 0x446ab9, 0x445baa, 0x515aea, 0x515ae9, 0x446ab9, 0x445baa,
    0x515aea, 0x515ae9, 0x446ab9, 0x445baa, 0x515aea, 0x515ae9, 0x506ab9, 0x4467aa, 0x515aea,
    0x515ae9, 0x512ab9, 0x8467b9,
};

_Static_assert(sizeof(zodiac) / sizeof(zodiac[0]) == ZODIAC_LAST - ZODIAC_FIRST + 1,
               "a year a word");

static int floor_div(int a, int b)
{
    return a / b - (a % b != 0 && (a % b < 0) != (b < 0));
}

static bool gregorian_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static bool solar_leap(int year)
{
    return (25 * year + 11) % 33 < 8;
}

static bool lunar_leap(int year)
{
    return (11 * year + 14) % 30 < 11;
}

/* ---- the first day of a year ---- */

/* Counts in years that begin in March, as H. Hinnant's days_from_civil does. */
static int32_t gregorian_day(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = floor_div(y, 400), of_era = y - era * 400;
    int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int32_t solar_new_year(int year)
{
    return SOLAR_EPOCH + 365 * (year - 1) + (8 * year + 21) / 33;
}

static bool in_umalqura(int year)
{
    return year >= UMALQURA_FIRST && year <= UMALQURA_LAST;
}

static int32_t lunar_new_year(int year)
{
    if (in_umalqura(year))
        return umalqura[year - UMALQURA_FIRST].first_day;
    return LUNAR_EPOCH + 354 * (year - 1) + (11 * year + 3) / 30;
}

static int32_t new_year(enum calendar calendar, int year)
{
    switch (calendar) {
    case CALENDAR_SOLAR_HIJRI:
        return solar_new_year(year);
    case CALENDAR_LUNAR_HIJRI:
        return lunar_new_year(year);
    default:
        return gregorian_day(year, 1, 1);
    }
}

/* ---- months ---- */

static int gregorian_month(int year, int month)
{
    static const char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && gregorian_leap(year));
}

static int solar_month(int year, int month)
{
    if (year >= ZODIAC_FIRST && year <= ZODIAC_LAST)
        return 29 + (int)(zodiac[year - ZODIAC_FIRST] >> (2 * (month - 1)) & 3);
    return month <= 6 ? 31 : month <= 11 || solar_leap(year) ? 30 : 29;
}

static int lunar_month(int year, int month)
{
    if (in_umalqura(year))
        return 29 + (umalqura[year - UMALQURA_FIRST].months >> (month - 1) & 1);
    return month % 2 == 1 || (month == 12 && lunar_leap(year)) ? 30 : 29;
}

static bool year_exists(enum calendar calendar, int year)
{
    return year <= CALENDAR_YEAR_MAX &&
           year >= (calendar == CALENDAR_GREGORIAN ? -CALENDAR_YEAR_MAX : 1);
}

int calendar_month_days(enum calendar calendar, int year, int month)
{
    if (!year_exists(calendar, year) || month < 1 || month > 12)
        return 0;
    switch (calendar) {
    case CALENDAR_SOLAR_HIJRI:
        return solar_month(year, month);
    case CALENDAR_LUNAR_HIJRI:
        return lunar_month(year, month);
    default:
        return gregorian_month(year, month);
    }
}

/* ---- dates and days ---- */

bool calendar_day(enum calendar calendar, struct calendar_date date, int32_t *ret_day)
{
    int days = calendar_month_days(calendar, date.year, date.month);

    if (days && calendar == CALENDAR_LUNAR_HIJRI)
        days = LUNAR_MONTH_MAX;
    if (date.day < 1 || date.day > days)
        return false;
    int32_t day = new_year(calendar, date.year) + date.day - 1;
    for (int month = 1; month < date.month; month++)
        day += calendar_month_days(calendar, date.year, month);
    *ret_day = day;
    return true;
}

bool calendar_date(enum calendar calendar, int32_t day, struct calendar_date *ret_date)
{
    /* A first guess that is never too late by more than a year. */
    int year = calendar == CALENDAR_LUNAR_HIJRI   ? (day - LUNAR_EPOCH) / 355 + 1
               : calendar == CALENDAR_SOLAR_HIJRI ? (day - SOLAR_EPOCH) / 366 + 1
                                                  : floor_div(day, 366) + 1970;
    int month = 1;

    if (day < gregorian_day(1, 1, 1) || day > gregorian_day(CALENDAR_YEAR_MAX, 12, 31) ||
        (calendar != CALENDAR_GREGORIAN && day < new_year(calendar, 1)))
        return false;
    while (new_year(calendar, year) > day)
        year--;
    while (new_year(calendar, year + 1) <= day)
        year++;
    int32_t left = day - new_year(calendar, year);
    while (month < 12 && left >= calendar_month_days(calendar, year, month))
        left -= calendar_month_days(calendar, year, month++);
    *ret_date = (struct calendar_date){year, month, left + 1};
    return true;
}

int calendar_weekday(int32_t day)
{
    return (day % 7 + 7 + 3) % 7;
}

const char *calendar_day_text(int32_t day, char out[CALENDAR_TEXT_MAX])
{
    struct calendar_date date;

    out[0] = '\0';
    if (calendar_date(CALENDAR_GREGORIAN, day, &date))
        snprintf(out, CALENDAR_TEXT_MAX, "%04d-%02d-%02d", date.year, date.month, date.day);
    return out;
}

const char *calendar_name(enum calendar calendar)
{
    static const char *const names[] = {"gregorian", "solar-hijri", "lunar-hijri"};

    return names[calendar];
}
