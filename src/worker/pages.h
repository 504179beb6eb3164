/*
 * The readers of documents that are seen as pages: PDF and pictures.
 */
#ifndef WORKER_PAGES_H
#define WORKER_PAGES_H

#include "worker/reader.h"

struct verdict pdf_read(const struct input *input, struct emit *emit);
struct verdict pdf_render(const struct input *input, uint32_t page, uint32_t dpi,
                          struct emit *emit);

struct verdict image_read(const struct input *input, struct emit *emit);
struct verdict image_render(const struct input *input, uint32_t page, uint32_t dpi,
                            struct emit *emit);

#endif
