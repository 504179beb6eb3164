/*
 * EDTF, the notation for dates that are uncertain, partial or open: ISO 8601-2:2019, levels 0 to 2,
 * as the Library of Congress specifies it. Reads an expression and says which days it may mean;
 * expressions are Gregorian.
 *
 *   2014-11-03  2014-11  2014  201  20      a day, month, year, decade, century
 *   2014-11-03T16:05:00+03:30               a moment
 *   2014?  2014-11~  2014-?11-~03           uncertain, approximate, both (%): the whole or a part
 *   201X  2014-XX-03  1XX3                  digits that are not known
 *   2014-21                                 a season (21-41)
 *   2014-11/2015  ../2015  2014/            from - to; open (..) or unknown ends
 *   [1667, 1668, 1670..1672]  {1960, 1961}  one of; all of
 *   Y170000002  Y17E7  1950S2               years of more than four digits; significant digits
 */
#ifndef SANAD_TEXT_EDTF_H
#define SANAD_TEXT_EDTF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    EDTF_MAX = 256,      /* bytes an expression may have */
    EDTF_PARTS_MAX = 64, /* dates in a set */
};

/* Days as in text/calendar.h. Years beyond CALENDAR_YEAR_MAX have no days here: such an end is
 * open. */
struct edtf {
    int32_t earliest, latest;
    bool open_start, open_end; /* then earliest, latest say nothing */
    bool uncertain;            /* ? or % */
    bool approximate;          /* ~ or % */
};

/* Reads an expression of `len` bytes; false if it is none, or over a limit. */
bool edtf_read(const char *text, size_t len, struct edtf *ret_edtf);

#endif
