/* Calendars: known pairs, the official table of leap years, almanacs, and there and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "text/calendar.h"

static int32_t day_of(enum calendar calendar, int year, int month, int day)
{
    int32_t found = INT32_MIN;

    if (!calendar_day(calendar, (struct calendar_date){year, month, day}, &found))
        fail_msg("%s has no %d-%d-%d", calendar_name(calendar), year, month, day);
    return found;
}

static void check_same(enum calendar calendar, struct calendar_date date, struct calendar_date iso)
{
    int32_t day = day_of(calendar, date.year, date.month, date.day);
    struct calendar_date back;

    if (day != day_of(CALENDAR_GREGORIAN, iso.year, iso.month, iso.day)) {
        calendar_date(CALENDAR_GREGORIAN, day, &back);
        fail_msg("%s %d-%d-%d: %d-%02d-%02d and not %d-%02d-%02d", calendar_name(calendar),
                 date.year, date.month, date.day, back.year, back.month, back.day, iso.year,
                 iso.month, iso.day);
    }
}

static void known_days(void **state)
{
    static const struct {
        enum calendar calendar;
        struct calendar_date date, iso;
    } pairs[] = {
        {CALENDAR_SOLAR_HIJRI, {1304, 1, 2}, {1925, 3, 22}},
        {CALENDAR_SOLAR_HIJRI, {1357, 11, 22}, {1979, 2, 11}},
        {CALENDAR_SOLAR_HIJRI, {1378, 10, 11}, {2000, 1, 1}},
        {CALENDAR_SOLAR_HIJRI, {1393, 8, 12}, {2014, 11, 3}},
        {CALENDAR_SOLAR_HIJRI, {1403, 12, 30}, {2025, 3, 20}},
        {CALENDAR_LUNAR_HIJRI, {1433, 2, 30}, {2012, 1, 24}},
        {CALENDAR_LUNAR_HIJRI, {1430, 2, 20}, {2009, 2, 15}},
        {CALENDAR_LUNAR_HIJRI, {1437, 1, 17}, {2015, 10, 30}},
        {CALENDAR_LUNAR_HIJRI, {1, 1, 1}, {622, 7, 19}},
    };

    (void)state;
    assert_int_equal(day_of(CALENDAR_GREGORIAN, 1970, 1, 1), 0);
    assert_int_equal(calendar_weekday(day_of(CALENDAR_GREGORIAN, 2015, 8, 25)), 1);
    assert_int_equal(calendar_weekday(day_of(CALENDAR_GREGORIAN, 1925, 3, 22)), 6);
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        check_same(pairs[i].calendar, pairs[i].date, pairs[i].iso);
}

static void there_is_no_such_date(void **state)
{
    static const struct {
        enum calendar calendar;
        struct calendar_date date;
    } wrong[] = {
        {CALENDAR_GREGORIAN, {2015, 2, 29}},   {CALENDAR_GREGORIAN, {2015, 13, 1}},
        {CALENDAR_GREGORIAN, {2015, 0, 1}},    {CALENDAR_GREGORIAN, {2015, 1, 0}},
        {CALENDAR_GREGORIAN, {10000, 1, 1}},   {CALENDAR_SOLAR_HIJRI, {1393, 12, 30}},
        {CALENDAR_SOLAR_HIJRI, {1393, 7, 31}}, {CALENDAR_SOLAR_HIJRI, {0, 1, 1}},
        {CALENDAR_LUNAR_HIJRI, {1433, 2, 31}}, {CALENDAR_LUNAR_HIJRI, {1433, 1, -1}},
    };
    int32_t day;

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_false(calendar_day(wrong[i].calendar, wrong[i].date, &day));
}

/* Every day of 1000 years in each calendar: the next day is the next date, and leads back. */
static void there_and_back(void **state)
{
    int32_t last = day_of(CALENDAR_GREGORIAN, 2200, 1, 1);

    (void)state;
    for (enum calendar calendar = CALENDAR_GREGORIAN; calendar <= CALENDAR_LUNAR_HIJRI;
         calendar++) {
        for (int32_t day = day_of(CALENDAR_GREGORIAN, 1200, 1, 1); day < last; day++) {
            struct calendar_date date;
            assert_true(calendar_date(calendar, day, &date));
            assert_int_equal(day_of(calendar, date.year, date.month, date.day), day);
        }
    }
}

/* ---- tables of the calendar's authorities, where they are ---- */

static FILE *vectors(const char *name)
{
    const char *shared = getenv("SANAD_SHARED");
    char path[4096];

    snprintf(path, sizeof(path), "%s/data/names/jalali_vectors/%s", shared ? shared : "", name);
    FILE *file = fopen(path, "r");
    if (!file)
        skip();
    return file;
}

static void official_leap_years(void **state)
{
    FILE *file = vectors("kabise.txt");
    char line[512], star[8];
    int year, count = 0;
    struct calendar_date iso;

    (void)state;
    while (fgets(line, sizeof(line), file)) {
        star[0] = '\0';
        if (sscanf(line, "%4d%7[*] %d-%d-%d", &year, star, &iso.year, &iso.month, &iso.day) != 5 &&
            sscanf(line, "%4d %d-%d-%d", &year, &iso.year, &iso.month, &iso.day) != 4)
            continue;
        check_same(CALENDAR_SOLAR_HIJRI, (struct calendar_date){year, 1, 1}, iso);
        int32_t length =
            day_of(CALENDAR_SOLAR_HIJRI, year + 1, 1, 1) - day_of(CALENDAR_SOLAR_HIJRI, year, 1, 1);
        assert_int_equal(length, star[0] ? 366 : 365);
        count++;
    }
    fclose(file);
    assert_int_equal(count, 293);
}

static void zodiac_months_of_an_almanac(void **state)
{
    FILE *file = vectors("najmabadi.txt");
    char line[512];
    struct calendar_date date = {.day = 1}, iso;
    int count = 0;

    (void)state;
    while (fgets(line, sizeof(line), file)) {
        if (sscanf(line, "%d/%d %d-%d-%d", &date.year, &date.month, &iso.year, &iso.month,
                   &iso.day) != 5)
            continue;
        check_same(CALENDAR_SOLAR_HIJRI, date, iso);
        count++;
    }
    fclose(file);
    assert_int_equal(count, 888);
}

static void pairs_of_other_programs(void **state)
{
    FILE *file = vectors("jalaali_pairs.tsv");
    char line[512];
    struct calendar_date date, iso;
    int count = 0;

    (void)state;
    while (fgets(line, sizeof(line), file)) {
        if (sscanf(line, "%d-%d-%d %d-%d-%d", &iso.year, &iso.month, &iso.day, &date.year,
                   &date.month, &date.day) != 6)
            continue;
        check_same(CALENDAR_SOLAR_HIJRI, date, iso);
        count++;
    }
    fclose(file);
    assert_true(count >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days),
        cmocka_unit_test(there_is_no_such_date),
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(official_leap_years),
        cmocka_unit_test(pairs_of_other_programs),
        cmocka_unit_test(zodiac_months_of_an_almanac),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
