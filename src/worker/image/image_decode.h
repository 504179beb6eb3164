/*
 * Decoding pictures, by Leptonica, from memory.
 */
#ifndef WORKER_IMAGE_DECODE_H
#define WORKER_IMAGE_DECODE_H

#include "worker/image/image_header.h"
#include "worker/reader.h"

struct Pix;

enum {
    IMAGE_BYTES_MAX = 200 << 20, /* of a decoded picture */
    IMAGE_SIDE_MAX = 60000,      /* pixels */
    IMAGE_PAGES_MAX = 2000,      /* of a TIFF */
};

/* Decodes a page (from 0), upright and without transparency. NULL on failure, with the verdict.
 * `ret_damaged`: it could be decoded in part only. To be freed with pixDestroy. */
struct Pix *image_decode(const struct input *input, enum image_format format, int page,
                         bool *ret_damaged, struct verdict *ret_verdict);

/* The size a page would be decoded to, from its header alone; for pages that nobody looks at. False
 * where that, or the end of the file, shows that it could not be decoded, with the verdict. */
bool image_measure(const struct input *input, enum image_format format, int page,
                   struct image_size *ret_size, struct verdict *ret_verdict);

/* The number of pages: 1, or that of a TIFF's directories up to IMAGE_PAGES_MAX. */
int image_pages(const struct input *input, enum image_format format);

/* Sends a picture; false for NULL or without memory. */
bool image_send(struct Pix *pix, struct emit *emit);

#endif
