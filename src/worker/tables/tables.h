/*
 * Tables on their way out: rows as lines, fields joined by tabs, as pages labelled with the table's
 * name. What a database holds beyond the caps is not sent, and the ledger is told how much that is.
 */
#ifndef WORKER_TABLES_H
#define WORKER_TABLES_H

#include "worker/reader.h"

enum {
    TABLES_TEXT_MAX = 256 << 20, /* bytes of a document's tables together */
    TABLE_CELL_MAX = 1 << 20,    /* bytes of a field */
    TABLE_PAGE_BYTES = 64 << 10,
};

struct tables {
    struct emit *emit;
    struct buf page;
    char label[64]; /* of the open table */
    size_t row_at;  /* where the open row starts in `page` */
    bool in_row;
    size_t text_left;
    uint64_t rows; /* of the open table */
    unsigned count, cut_cells;
    char cut[256]; /* the first table that was cut, in words */
};

void tables_init(struct tables *tables, struct emit *emit);
void tables_release(struct tables *tables);

/* Opens a table; `name` in UTF-8. Its first line is its name. */
void table_begin(struct tables *tables, const char *name);
/* Adds a field to the open row. Line breaks and tabs become spaces. */
void table_cell(struct tables *tables, const char *text, size_t len);
/* Adds a moment: a Julian day and milliseconds since its midnight. Days outside the years 1 to 9999
 * give an empty field. */
void table_cell_time(struct tables *tables, int64_t julian_day, int64_t milliseconds);
/* Ends the row; false when no more are taken. The first row of a table holds its columns' names
 * and does not count. */
bool table_row(struct tables *tables);
/* Closes the table. `total` is the number of rows it has, -1 unknown; `cut`: some were not read. */
void table_end(struct tables *tables, int64_t total, bool cut);

/* By words, with what was left out as a remark. */
struct verdict tables_verdict(const struct tables *tables);

#endif
