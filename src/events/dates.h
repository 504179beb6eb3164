/*
 * Dates named in a text, in English, Persian and Arabic, of three calendars, and the days they
 * mean.
 *
 * Whole, partial and relative dates; both readings where a text leaves open which is meant (of the
 * calendars a year could be of, or of day and month). What cannot be told without the document's
 * own date is found and has no days. Speech of the clock is left alone.
 */
#ifndef EVENTS_DATES_H
#define EVENTS_DATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/calendar.h"

enum date_certainty {
    DATE_EXACT,       /* the text says it all */
    DATE_INFERRED,    /* with the document's own date */
    DATE_APPROXIMATE, /* early, about, a lunar day */
    DATE_AMBIGUOUS,   /* one of several readings */
    DATE_UNKNOWN,     /* no days: the document's own date would be needed */
};

enum {
    DATE_EDTF_MAX = 32,    /* bytes, with the NUL */
    DATE_READINGS_MAX = 3, /* of one text */
};

/* One reading of a date in a text. */
struct date_found {
    size_t start, end;        /* bytes in the text */
    int32_t earliest, latest; /* days as in text/calendar.h, unless DATE_UNKNOWN */
    enum calendar calendar;   /* in which it is named */
    enum date_certainty certainty;
    char edtf[DATE_EDTF_MAX]; /* Gregorian (text/edtf.h); "" when unknown */
};

/* What is known of the text. */
struct date_settings {
    const char *lang; /* ISO 639-1 or -3, "" or NULL when not known */
    bool has_ref;
    int32_t ref; /* the document's own date */
};

/* Called for each reading, in the order of the text; not 0 ends the search. `text` is the caller's.
 */
typedef int (*date_seen_fn)(void *ctx, const struct date_found *found);

/* Finds dates; UTF-8, any length, time in proportion. Returns 0 or what `seen` returned. */
int dates_find(const char *text, size_t len, const struct date_settings *settings,
               date_seen_fn seen, void *ctx);

/* "exact", "inferred", "approximate", "ambiguous", "unknown". */
const char *date_certainty_word(enum date_certainty certainty);

#endif
