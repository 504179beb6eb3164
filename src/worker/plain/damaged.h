/*
 * Texts with bytes in them that no text has: logs padded with zeros when a machine went down,
 * files carved from a disk, pages with a few sectors of something else. What is left without these
 * bytes is text like any other.
 */
#ifndef WORKER_DAMAGED_H
#define WORKER_DAMAGED_H

#include <stddef.h>

#include "base/buf.h"

/* Appends the bytes without control characters that no text has. Returns how many were left out;
 * ends early when `out` has taken what it can. */
size_t damaged_clean(const void *data, size_t len, struct buf *out);

/* The character set of such a text, or NULL when the bytes are not mostly words (of an encoding
 * with ASCII in it). Looks at the first mebibyte. */
const char *damaged_charset(const void *data, size_t len);

#endif
