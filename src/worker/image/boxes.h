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

/* Big-endian numbers. */
static inline uint16_t be16_get(const unsigned char *p)
{
    return (uint16_t)(p[0] << 8 | p[1]);
}

static inline uint32_t be32_get(const unsigned char *p)
{
    return (uint32_t)be16_get(p) << 16 | be16_get(p + 2);
}

static inline uint64_t be64_get(const unsigned char *p)
{
    return (uint64_t)be32_get(p) << 32 | be32_get(p + 4);
}

#endif
