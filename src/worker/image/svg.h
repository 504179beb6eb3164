/*
 * SVG (W3C): the words of its text elements, titles and descriptions as one page, drawn by MuPDF;
 * pictures inside it as children.
 *
 * Limits: SVG_BYTES_MAX bytes, XML_DEPTH_MAX nested elements.
 */
#ifndef WORKER_SVG_H
#define WORKER_SVG_H

#include "worker/reader.h"

enum { SVG_BYTES_MAX = 64 << 20 };

struct verdict svg_read(const struct input *input, struct emit *emit);
struct verdict svg_render(const struct input *input, uint32_t page, uint32_t dpi,
                          struct emit *emit);

#endif
