/*
 * What a picture file says of itself before it is decoded: its size, so that a small file cannot
 * ask for all memory.
 */
#ifndef WORKER_IMAGE_HEADER_H
#define WORKER_IMAGE_HEADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum image_format {
    IMAGE_UNKNOWN,
    IMAGE_PNG,
    IMAGE_JPEG,
    IMAGE_TIFF,
    IMAGE_WEBP,
    IMAGE_GIF,
    IMAGE_BMP,
    IMAGE_PNM,
    IMAGE_JP2,
    IMAGE_HEIF,
    IMAGE_PCX,
    IMAGE_TGA,
    IMAGE_ICON,
    IMAGE_PSD,
    IMAGE_JBIG2,
};

struct image_size {
    uint32_t width, height; /* pixels, as stored */
    uint32_t bits;          /* a decoded pixel takes in memory: 1, 2, 4, 8 or 32 */
};

enum image_format image_format(const unsigned char *data, size_t len);

/* The size of a page (from 0; TIFF, HEIF, DCX and JBIG2 may have more than one). False when the
 * header is broken or there is no such page. */
bool image_size(enum image_format format, const unsigned char *data, size_t len, int page,
                struct image_size *ret_size);

/* Whether the file lacks the mark that ends its format, as one cut short does. */
bool image_ends_early(enum image_format format, const unsigned char *data, size_t len);

#endif
