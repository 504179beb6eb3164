/*
 * Boxes of the ISO base media file format (ISO/IEC 14496-12), of which HEIF, AVIF, MP4, QuickTime
 * and 3GP are made.
 */
#ifndef WORKER_BOXES_H
#define WORKER_BOXES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct box {
    char type[5];
    const unsigned char *data; /* after the header */
    size_t len;
};

/* Takes the box at *at and moves behind it; false at the end. A box that is longer than what is
 * there is cut. */
bool box_next(const unsigned char *data, size_t len, size_t *at, struct box *box);

/* The first box of a type; false when there is none. `skip`: bytes before the first box (4 in a
 * "meta" box, its version). */
bool box_find(const unsigned char *data, size_t len, size_t skip, const char *type,
              struct box *box);

#endif
