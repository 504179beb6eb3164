/*
 * Pictures of formats that no library here decodes, or only in parts: PCX and DCX, TGA, ICO and
 * CUR, the flattened picture of PSD and PSB, and JBIG2 files. Sources: "PCX File Format Manual"
 * (ZSoft), "Truevision TGA 2.0", MSDN "Icons", "Adobe Photoshop File Formats", ITU-T T.88 (annex
 * D).
 *
 * What lies behind the end of a file is white and told as damage. Sizes are looked at before
 * anything is decoded; see image_decode.c.
 */
#ifndef WORKER_RASTER_H
#define WORKER_RASTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "worker/image/image_header.h"

struct Pix;

struct raster {
    enum image_format format;
    bool (*is)(const unsigned char *data, size_t len);   /* NULL: its first page has a size */
    int (*pages)(const unsigned char *data, size_t len); /* NULL: one */
    /* False when there is no such page (from 0). */
    bool (*size)(const unsigned char *data, size_t len, int page, struct image_size *ret_size);
    /* NULL when nothing can be made of it; `ret_damaged` is set when parts are missing. */
    struct Pix *(*decode)(const unsigned char *data, size_t len, int page, bool *ret_damaged);
};

extern const struct raster raster_pcx, raster_tga, raster_icon, raster_psd, raster_jbig2;

/* NULL for formats that others decode. */
const struct raster *raster_of(enum image_format format);
/* TGA has no mark of its own: who has no other word for it should not believe it. */
enum image_format raster_format(const unsigned char *data, size_t len);

/* A white picture of 32 bits, and one of its pixels in a row of pixGetData(). */
struct Pix *raster_canvas(const struct image_size *size);
uint32_t *raster_row(struct Pix *pix, uint32_t y);

static inline uint32_t raster_rgb(unsigned r, unsigned g, unsigned b)
{
    return (uint32_t)r << 24 | (uint32_t)g << 16 | (uint32_t)b << 8;
}

#endif
