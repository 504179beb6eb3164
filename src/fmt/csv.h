/*
 * CSV out, as RFC 4180 has it: fields with a comma, a quote or a line break are quoted, quotes are
 * doubled, rows end in CR LF.
 *
 * A spreadsheet runs a field that starts with = + - @ TAB or CR as a formula, and the names and
 * texts of a leak are hostile. Such a text field therefore gets an apostrophe in front, which
 * spreadsheets show as nothing and other programs have to take off; numbers are written with
 * csv_int and get none.
 */
#ifndef FMT_CSV_H
#define FMT_CSV_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct csv_writer {
    struct buf *out;
    bool in_row;
};

/* Starts at the end of `out`, an initialised buffer; look at `out->full` at the end. */
void csv_start(struct csv_writer *csv, struct buf *out);

/* One field. NULL is written as an empty field. Invalid UTF-8 becomes U+FFFD. */
void csv_text(struct csv_writer *csv, const char *text);
void csv_int(struct csv_writer *csv, int64_t value);
void csv_end_row(struct csv_writer *csv);

#endif
