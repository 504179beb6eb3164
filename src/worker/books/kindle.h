/*
 * Mobipocket and Kindle books (.mobi, .azw, .azw3, .prc), by libmobi: markup as pages, metadata,
 * pictures as children. A book under copy protection is named as such.
 *
 * Limits: KINDLE_BYTES_MAX bytes of the file, the child's memory.
 */
#ifndef WORKER_KINDLE_H
#define WORKER_KINDLE_H

#include "worker/reader.h"

enum { KINDLE_BYTES_MAX = 128 << 20 };

struct verdict kindle_read(const struct input *input, struct emit *emit);

#endif
