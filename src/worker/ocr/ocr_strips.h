/*
 * The parts of layout analysis (ocr_layout.h); inside its files only. Marks are regrouped in place:
 * a region is a part of the page's marks, and a strip a part of its region's.
 */
#ifndef WORKER_OCR_STRIPS_H
#define WORKER_OCR_STRIPS_H

#include "worker/ocr/ocr_layout.h"

enum {
    OCR_DEPTH_MAX = 30,
    OCR_STRIPS_MAX = 1500, /* lines of words in a region */
    OCR_GAPS_MAX = 64      /* in a strip */
};

/* A gap between words, from x0 to x1. */
struct gap {
    int x0, x1;
};

/* Marks at the same height: a line, or the lines of several columns that touch each other's
 * height. */
struct strip {
    struct ocr_box box;
    size_t from, count; /* of the marks, sorted by strip */
    bool rule;          /* nothing but rules */
    int size, middle;   /* height of its usual word, and the middle of it */
};

struct region {
    struct mark *marks;
    size_t count;
};

struct cutter {
    struct ocr_layout *out;
    struct region page; /* all marks, of which a region is a part, and the fragments of pictures */
    int letter;
    bool rtl;
};

/* A gutter through the strips [from, to]. */
struct gutter {
    size_t from, to;
    struct gap gap;
    int height;
};

/* ---- strips (ocr_strips.c) ---- */

/* For qsort: marks by their left sides. */
int ocr_by_left(const void *a, const void *b);

/* Sorts the marks into strips, and within a strip by their left sides. */
size_t ocr_find_strips(struct region region, struct strip strips[OCR_STRIPS_MAX]);

/* The gaps of at least `least` between the marks of a strip, the open sides included. */
size_t ocr_find_gaps(struct region region, const struct strip *strip, int least,
                     struct gap gaps[OCR_GAPS_MAX]);

/* The marks of the strips [from, to]. */
struct region ocr_strips_region(struct region region, const struct strip *strips, size_t from,
                                size_t to);

/* Whether the strip is a line of words: no rule, and no quotation marks, dots or tails of letters,
 * which stand in strips of their own. */
bool ocr_is_line(struct region region, const struct strip *strip, int letter);

/* Whether the strip is a rule across the table. */
bool ocr_is_wide_rule(const struct strip *strip, struct ocr_box table);

/* ---- gutters (ocr_gutter.c) ---- */

/* What lies on one side of a gap. */
struct side {
    struct ocr_box box;
    size_t lines;
    double fill;  /* share of the side's width that is ink, in its usual line */
    size_t flush; /* lines of one piece that begin and end where a line next to them does */
    int *middles; /* of its lines: that of the line's usual word */
};

/* Sorts the marks; the caller frees side->middles. */
void ocr_measure_side(struct region region, int letter, struct side *side);

/* The share of the lines of `few` that stand beside one of `many`. */
double ocr_beside(const struct side *few, const struct side *many, int letter);

/* Moves the marks left of the gap to the front; returns how many. */
size_t ocr_part(struct region region, struct gap gap);

/* The longest gutter through the strips; of height 0 when there is none. */
struct gutter ocr_find_gutter(struct region region, const struct strip *strips, size_t count,
                              const struct cutter *cutter);

/* ---- tables (ocr_table.c) ---- */

/* A table with rules between its rows: where a cell has several lines, or is written between the
 * lines of its neighbours, it is read for itself; all else line by line. False when the region is
 * no table. */
bool ocr_cut_table(struct region region, const struct strip *strips, size_t count,
                   const struct cutter *cutter, int depth);

/* ---- cutting (ocr_layout.c) ---- */

/* Puts the region into the layout: in its columns, as a table, or line by line. */
void ocr_cut(struct region region, const struct cutter *cutter, int depth);

/* One column: its lines, divided where there is much room or another size of letters. */
void ocr_put_column(struct region region, const struct strip *strips, size_t count,
                    const struct cutter *cutter);

#endif
