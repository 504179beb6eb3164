/*
 * A scale of time: the days, months, years or decades of a calendar between two days.
 */
#ifndef EVENTS_SCALE_H
#define EVENTS_SCALE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "text/calendar.h"

enum scale_unit { SCALE_DAY, SCALE_MONTH, SCALE_YEAR, SCALE_DECADE, SCALE_UNITS };

/* "day", "month", "year", "decade"; NULL for none. */
const char *scale_unit_word(int unit);

enum { SCALE_PARTS_MAX = 1000 };

/* Parts that follow each other without a gap: part i has the days from starts[i] to the one before
 * starts[i + 1]. */
struct scale {
    enum calendar calendar;
    enum scale_unit unit;
    size_t count;    /* of parts */
    int32_t *starts; /* one more than parts */
};

/* The parts that have the days from `first` to `last`, as far as the calendar knows those days.
 * ERR_LIMIT beyond SCALE_PARTS_MAX; without any day the scale has no parts. */
int scale_init(struct scale *scale, enum calendar calendar, enum scale_unit unit, int32_t first,
               int32_t last, struct err *err);
void scale_release(struct scale *scale);

/* The finest unit that needs at most so many parts; decades if none does. */
enum scale_unit scale_fitting(enum calendar calendar, int32_t first, int32_t last, size_t parts);

/* The part that has a day, which lies on the scale. */
size_t scale_part(const struct scale *scale, int32_t day);

/* A part's first day as exact as the unit: "1958-07-14", "1958-07", "1958", and "1950" for a
 * decade. */
enum { SCALE_TEXT_MAX = 16 };
void scale_text(const struct scale *scale, size_t part, char out[SCALE_TEXT_MAX]);

#endif
