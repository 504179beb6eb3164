/*
 * Numbers as spreadsheets show them (ECMA-376 part 1, 18.8.30 and 18.8.31): format codes of Excel
 * such as "#,##0.00_);[Red]($#,##0.00)", with sections, conditions, literals, scaling, percent,
 * exponents. Names of months and days are English.
 *
 * Dates come as ISO 8601, whatever order the code asks for, since "3/4/05" says less; only a code
 * that spells words around its date is followed.
 */
#ifndef WORKER_NUMFMT_H
#define WORKER_NUMFMT_H

#include <stdbool.h>

#include "base/buf.h"

enum number_kind { NUMBER_PLAIN, NUMBER_DATE, NUMBER_TIME, NUMBER_DATE_TIME };

enum { NUMFMT_CODE_MAX = 256, NUMFMT_SHOWN_MAX = 1024 };

/* What a format code shows. */
enum number_kind number_kind_of(const char *format);

/* The code of a format that files name by number only; NULL for none. */
const char *number_built_in(long id);

/* Appends the number as the code shows it. Dates count days from 1900 or 1904. */
void number_show(const char *format, double value, bool from_1904, struct buf *out);

/* A serial day number as "2026-11-22", "2026-11-22 13:45:00" or "13:45:00". False when it is
 * outside the years 1900-9999. */
bool number_date(double serial, enum number_kind kind, bool from_1904, char out[32]);

/* Steps over what a code shows as it is: "text", \x, _x, *x, [Red] but not [h]; returns `at` when
 * nothing of that kind stands there. */
const char *number_skip_literal(const char *at);

/* Follows a code with a date in it; for numfmt.c. */
void number_show_date(const char *section, const char *end, double serial, bool from_1904,
                      struct buf *out);

#endif
