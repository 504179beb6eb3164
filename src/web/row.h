/*
 * Pieces of answers that several functions write.
 */
#ifndef WEB_ROW_H
#define WEB_ROW_H

#include "fmt/json.h"
#include "search/search.h"
#include "store/item.h"

/* The members of a ledger row, into an open object. */
void row_put(struct json_writer *json, const struct ledger_row *row);

/* Items by outcome, and by outcome and reason, into an open object. */
void sums_put_outcomes(struct json_writer *json, const struct ledger_sums *sums);

/* Enough of a row to link to it: an object of item, name, path, type, outcome. */
void row_put_link(struct json_writer *json, const struct ledger_row *row);

/* Marks of a text as an array of [start, end] in UTF-16 code units, and `misread`: the numbers of
 * those that are not the word itself, but what OCR may have made of it. */
void marks_put(struct json_writer *json, const char *key, const char *text, size_t len,
               const struct mark *marks, size_t count);
void misread_put(struct json_writer *json, const struct mark *marks, size_t count);

#endif
