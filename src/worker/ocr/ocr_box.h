/*
 * Rectangles of whole pixels.
 */
#ifndef WORKER_OCR_BOX_H
#define WORKER_OCR_BOX_H

#include <stdbool.h>

/* x0 <= x < x1, y0 <= y < y1. */
struct ocr_box {
    int x0, y0, x1, y1;
};

static inline int box_width(struct ocr_box box)
{
    return box.x1 - box.x0;
}

static inline int box_height(struct ocr_box box)
{
    return box.y1 - box.y0;
}

static inline struct ocr_box box_union(struct ocr_box a, struct ocr_box b)
{
    return (struct ocr_box){a.x0 < b.x0 ? a.x0 : b.x0, a.y0 < b.y0 ? a.y0 : b.y0,
                            a.x1 > b.x1 ? a.x1 : b.x1, a.y1 > b.y1 ? a.y1 : b.y1};
}

/* Whether the middle of `inner` is in the box. */
static inline bool box_holds(struct ocr_box box, struct ocr_box inner)
{
    int x = (inner.x0 + inner.x1) / 2, y = (inner.y0 + inner.y1) / 2;

    return x >= box.x0 && x < box.x1 && y >= box.y0 && y < box.y1;
}

#endif
