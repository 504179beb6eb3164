#include "events/scale.h"

#include <stdio.h>
#include <stdlib.h>

/* What scales show of each calendar: days that text/calendar.h knows, with the unit that follows
 * the last. */
static const struct {
    struct calendar_date first, last;
} known[] = {
    [CALENDAR_GREGORIAN] = {{1, 1, 1}, {9989, 12, 31}},
    [CALENDAR_SOLAR_HIJRI] = {{1, 1, 1}, {9300, 12, 29}},
    [CALENDAR_LUNAR_HIJRI] = {{1, 1, 1}, {9600, 12, 29}},
};

const char *scale_unit_word(int unit)
{
    static const char *const words[] = {"day", "month", "year", "decade"};

    return unit >= 0 && unit < SCALE_UNITS ? words[unit] : NULL;
}

/* False when the calendar knows none of the days. */
static bool clamp(enum calendar calendar, int32_t *first, int32_t *last)
{
    int32_t low;
    int32_t high;

    if (!calendar_day(calendar, known[calendar].first, &low) ||
        !calendar_day(calendar, known[calendar].last, &high))
        return false;
    if (*first < low)
        *first = low;
    if (*last > high)
        *last = high;
    return *first <= *last;
}

/* The first date of the unit that has this one. */
static struct calendar_date unit_start(enum scale_unit unit, struct calendar_date date)
{
    if (unit >= SCALE_MONTH)
        date.day = 1;
    if (unit >= SCALE_YEAR)
        date.month = 1;
    if (unit == SCALE_DECADE)
        date.year = date.year < 10 ? 1 : date.year - date.year % 10;
    return date;
}

/* The first day of the unit that follows the one that begins on this date. */
static int32_t next_start(enum calendar calendar, enum scale_unit unit, struct calendar_date date,
                          int32_t day)
{
    int32_t next = day + 1;

    if (unit == SCALE_DAY)
        return next;
    if (unit == SCALE_MONTH && date.month < 12)
        date.month++;
    else if (unit == SCALE_DECADE)
        date = (struct calendar_date){date.year - date.year % 10 + 10, 1, 1};
    else
        date = (struct calendar_date){date.year + 1, 1, 1};
    (void)calendar_day(calendar, date, &next);
    return next;
}

/* Starts of the units between two days, at most `max` and one; more than `max` when they do not
 * fit. */
static size_t fill(enum calendar calendar, enum scale_unit unit, int32_t first, int32_t last,
                   int32_t *starts, size_t max)
{
    struct calendar_date date;
    int32_t day = first;
    size_t count = 0;

    if (!clamp(calendar, &first, &last) || !calendar_date(calendar, first, &date) ||
        !calendar_day(calendar, unit_start(unit, date), &day))
        return 0;
    while (day <= last && calendar_date(calendar, day, &date)) {
        if (count == max)
            return max + 1;
        starts[count++] = day;
        day = next_start(calendar, unit, date, day);
    }
    starts[count] = day;
    return count;
}

int scale_init(struct scale *scale, enum calendar calendar, enum scale_unit unit, int32_t first,
               int32_t last, struct err *err)
{
    *scale = (struct scale){.calendar = calendar, .unit = unit};
    scale->starts = mem_zalloc(SCALE_PARTS_MAX + 1, sizeof(*scale->starts));
    scale->count = fill(calendar, unit, first, last, scale->starts, SCALE_PARTS_MAX);
    if (scale->count <= SCALE_PARTS_MAX)
        return 0;
    scale_release(scale);
    return err_set(err, ERR_LIMIT, "more than %d %ss lie between these days; take longer ones",
                   SCALE_PARTS_MAX, scale_unit_word(unit));
}

void scale_release(struct scale *scale)
{
    free(scale->starts);
    *scale = (struct scale){0};
}

enum scale_unit scale_fitting(enum calendar calendar, int32_t first, int32_t last, size_t parts)
{
    int32_t starts[SCALE_PARTS_MAX + 1];

    for (int unit = SCALE_DAY; unit < SCALE_DECADE; unit++)
        if (fill(calendar, (enum scale_unit)unit, first, last, starts, parts) <= parts)
            return (enum scale_unit)unit;
    return SCALE_DECADE;
}

size_t scale_part(const struct scale *scale, int32_t day)
{
    size_t low = 0;
    size_t high = scale->count;

    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (scale->starts[middle] <= day)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void scale_text(const struct scale *scale, size_t part, char out[SCALE_TEXT_MAX])
{
    struct calendar_date date = {0};

    (void)calendar_date(scale->calendar, scale->starts[part], &date);
    if (scale->unit == SCALE_DAY)
        snprintf(out, SCALE_TEXT_MAX, "%04d-%02d-%02d", date.year, date.month, date.day);
    else if (scale->unit == SCALE_MONTH)
        snprintf(out, SCALE_TEXT_MAX, "%04d-%02d", date.year, date.month);
    else
        snprintf(out, SCALE_TEXT_MAX, "%04d", date.year);
}
