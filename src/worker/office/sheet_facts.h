/*
 * What a sheet's text does not show of it, told as facts beside the text: which rows its lines are,
 * and which rows and columns are hidden. A hidden row is text like any other; that somebody hid it
 * may be what the document is about. docs/WIRE.md has the facts' form.
 *
 * Limits: a list of ranges ends, with "...", where a fact's value would be too long.
 */
#ifndef WORKER_SHEET_FACTS_H
#define WORKER_SHEET_FACTS_H

#include <stdint.h>

#include "worker/emit.h"

/* Ascending numbers as ranges: "1:400,402:402". */
struct spans {
    struct buf text;
    int64_t first, last; /* the open range, from 1; 0 none */
    bool columns;        /* written as letters: "B:D" */
    bool cut;            /* there are more */
};

struct sheet_facts {
    char name[sizeof(((struct emit *)0)->label)];
    uint32_t first_run; /* of the sheet's text */
    struct spans lines, hidden_rows, hidden_columns;
    bool gaps; /* cells far apart in a row stand nearer to each other in its line */
};

/* A sheet begins: its text is runs of its own, labelled with its name. What was emitted before
 * stands before it. */
void sheet_facts_start(struct sheet_facts *facts, struct emit *emit, const char *name);

/* Rows and columns count from 0. A line of text is this row: call for each, in order. */
void sheet_facts_line(struct sheet_facts *facts, int64_t row);
void sheet_facts_hide_rows(struct sheet_facts *facts, int64_t first, int64_t last);
void sheet_facts_hide_columns(struct sheet_facts *facts, int64_t first, int64_t last);

/* It ends: its text has been emitted. Also of one that did not begin. */
void sheet_facts_end(struct sheet_facts *facts, struct emit *emit);

#endif
