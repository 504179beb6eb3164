/*
 * What the sheets of a workbook share, whichever format it is in: the list of sheets, the strings,
 * and how each cell style shows numbers; and the text that a sheet's cells make, a line a row with
 * tabs between cells.
 */
#ifndef WORKER_WORKBOOK_H
#define WORKER_WORKBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "worker/emit.h"
#include "worker/office/numfmt.h"
#include "worker/office/sheet_facts.h"

enum {
    SHARED_STRINGS_MAX = 192 << 20, /* bytes of shared strings */
    SHEETS_MAX = 10000,
    SHEET_GAP_MAX = 64, /* tabs for empty cells in a row */
    STYLES_MAX = 65536,
    FORMATS_MAX = 4096,
};

enum sheet_state { SHEET_SHOWN, SHEET_HIDDEN, SHEET_VERY_HIDDEN };

struct sheet {
    char name[128];
    char id[128];  /* OOXML: of its relationship */
    uint32_t at;   /* BIFF: where it begins */
    uint32_t kind; /* BIFF: 0 sheet, 1 macros, 2 chart, 6 Visual Basic */
    enum sheet_state state;
};

struct format {
    long id;
    char *code;
};

struct workbook {
    struct sheet *sheets;
    size_t sheet_count;
    bool from_1904;      /* dates count from 1904, not 1900 */
    struct buf strings;  /* all shared strings, one after the other */
    uint32_t *string_at; /* where each starts; one more at the end */
    size_t string_count, string_space;
    struct format *formats;
    size_t format_count;
    uint16_t *styles; /* format of each cell style */
    size_t style_count;
};

void workbook_init(struct workbook *book);
void workbook_release(struct workbook *book);

/* The next sheet, zeroed; NULL beyond SHEETS_MAX. */
struct sheet *workbook_add_sheet(struct workbook *book);
/* Ends the string that was appended to book->strings. */
void workbook_end_string(struct workbook *book);
void workbook_add_format(struct workbook *book, long id, const char *code);
void workbook_add_style(struct workbook *book, long format);

/* The shared string `index`; "" for none. */
const char *workbook_string(const struct workbook *book, size_t index, size_t *ret_len);

/* Appends a number as its cell's style shows it. */
void workbook_number(const struct workbook *book, long style, double value, struct buf *out);

/* Announces a sheet: its name as a fact and a line, and whether it is hidden. What stands before it
 * has been emitted. */
void workbook_sheet_head(const struct sheet *sheet, struct sheet_facts *facts, struct emit *emit,
                         struct buf *out);

/* Makes spaces of the line breaks and tabs in `out` from `from` on: a cell stays in its line. */
void sheet_cell_clean(struct buf *out, size_t from);

/* Appends the text of a sheet's header or footer without its codes: "&L", "&P", "&12". */
void sheet_header_text(const char *text, struct buf *out);

/* ---- the cells of a sheet as lines ---- */

struct grid {
    struct emit *emit;
    struct buf out;
    struct sheet_facts facts;
    int64_t row, column; /* of the last cell with text; -1 before the first */
    size_t cell_at;      /* where the text of the open cell begins in `out`; SIZE_MAX: none is */
};

void grid_init(struct grid *grid, struct emit *emit);
/* Goes to a cell, whose text is then appended to grid->out. */
void grid_cell(struct grid *grid, int64_t row, int64_t column);
/* Ends the line, if one is open. */
void grid_line_end(struct grid *grid);
/* Between sheets: announces one, after all of the one before was emitted. */
void grid_sheet(struct grid *grid, const struct sheet *sheet);
/* Emits what is left and frees. */
void grid_end(struct grid *grid);

#endif
