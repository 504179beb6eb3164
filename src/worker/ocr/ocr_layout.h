/*
 * The blocks of a page in their reading order.
 *
 * A recursive cut (Nagy and Seth, "Hierarchical representation of optically scanned documents",
 * 1984) with one change: a column gutter is looked for in every run of lines, not only across the
 * whole region, so that a heading above columns does not hide them. A gap between words is a gutter
 * when both sides hold running text, or when their lines do not stand beside each other; otherwise
 * it is inside a table, which is read row by row. Gutters that follow on each other with no more
 * room between them than between two lines are one: the columns go around pictures. Rules count as
 * ink: the lines of a table close the gaps of its columns.
 */
#ifndef WORKER_OCR_LAYOUT_H
#define WORKER_OCR_LAYOUT_H

#include "worker/ocr/ocr_ink.h"

enum { OCR_BLOCKS_MAX = 600, OCR_LINES_MAX = 1200 };

struct ocr_line {
    struct ocr_box box;
    size_t block; /* that it belongs to */
};

struct ocr_layout {
    struct ocr_box blocks[OCR_BLOCKS_MAX]; /* each of one column, in reading order */
    size_t block_count;
    struct ocr_line lines[OCR_LINES_MAX]; /* in the order of the blocks */
    size_t line_count;
};

/* `rtl`: columns are read from right to left. The marks are reordered. */
void ocr_layout_find(struct ocr_ink *ink, bool rtl, struct ocr_layout *ret_layout);

#endif
