/*
 * Calendars of the documents that sanad reads, and the days they name.
 *
 * A day is a number: days since 1970-01-01 of the proleptic Gregorian calendar, which is day 0.
 * Years are astronomical for the Gregorian calendar (0 is 1 BC) and 1 or more for the two others;
 * months and days count from 1.
 *
 *   Gregorian    ISO 8601
 *   Solar Hijri  Iran's and Afghanistan's. Leap years by the cycle of 33 years, which gives the
 *                official table of 1206-1498 (University of Tehran's Calendar Center) without an
 *                exception, and is carried on outside it. From 1220 to 1303 the months are the
 *                zodiac's, of 29 to 32 days, as almanacs print them (Sarlati for 1220-1229,
 *                Najmabadi for 1230-1303); Iran's parliament gave them their present lengths from
 *                1304 on.
 *   Lunar Hijri  Umm al-Qura from 1300 to 1600 (ICU's table), the tabular civil calendar outside.
 *                A month begins with the sight of the moon, so a date may lie LUNAR_SLACK days off.
 */
#ifndef SANAD_TEXT_CALENDAR_H
#define SANAD_TEXT_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

enum calendar { CALENDAR_GREGORIAN, CALENDAR_SOLAR_HIJRI, CALENDAR_LUNAR_HIJRI };

enum {
    CALENDAR_YEAR_MAX = 9999,
    LUNAR_SLACK = 1,        /* days */
    CALENDAR_TEXT_MAX = 16, /* bytes of a day, with the NUL */
};

struct calendar_date {
    int year, month, day;
};

/* The day of a date; false if the calendar has no such date, or its year is over CALENDAR_YEAR_MAX
 * or below 1 (Gregorian: below -CALENDAR_YEAR_MAX). */
bool calendar_day(enum calendar calendar, struct calendar_date date, int32_t *ret_day);

/* The date of a day between the Gregorian years 1 and CALENDAR_YEAR_MAX; false outside, or before
 * the calendar's first day. */
bool calendar_date(enum calendar calendar, int32_t day, struct calendar_date *ret_date);

/* How many days the month has; 0 if there is no such month. */
int calendar_month_days(enum calendar calendar, int year, int month);

/* 0 Monday - 6 Sunday. */
int calendar_weekday(int32_t day);

/* Writes the day as ISO 8601 does (2014-11-03) and returns `out`; "" outside of what
 * calendar_date() knows. */
const char *calendar_day_text(int32_t day, char out[CALENDAR_TEXT_MAX]);

/* "gregorian", "solar-hijri", "lunar-hijri". */
const char *calendar_name(enum calendar calendar);

#endif
