/*
 * FictionBook 2 (.fb2), a book in one XML file: its description as metadata, each section of the
 * body as a page labelled with its title, notes likewise, pictures (base64) as children.
 *
 * Limits: FB2_BYTES_MAX bytes, XML_DEPTH_MAX nested elements, a picture of FB2_PICTURE_MAX.
 */
#ifndef WORKER_FB2_H
#define WORKER_FB2_H

#include "worker/reader.h"

enum { FB2_BYTES_MAX = 128 << 20, FB2_PICTURE_MAX = 64 << 20 };

struct verdict fb2_read(const struct input *input, struct emit *emit);

#endif
