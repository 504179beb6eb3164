/*
 * Days as people write them: what a filter's value means.
 */
#ifndef SANAD_TEXT_DAY_H
#define SANAD_TEXT_DAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/calendar.h"

enum {
    SOLAR_YEAR_FIRST = 1200, /* years that people write in Iran's calendar: documents of the */
    SOLAR_YEAR_LAST = 1499,  /* Gregorian years of these numbers are not in anybody's case */
};

/* The first and last day of "2014", "2014-11", "2014-11-03", or of the same in Iran's calendar
 * ("1393-08-12", years 1200-1499); "/" and digits of all scripts are fine. False for anything else.
 */
bool day_span(const char *text, size_t len, int32_t *ret_first, int32_t *ret_last);

#endif
