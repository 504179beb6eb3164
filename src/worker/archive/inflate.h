/*
 * Deflated bytes that lie whole in memory, expanded into a buffer (zlib; RFC 1950, 1951, 1952).
 */
#ifndef WORKER_INFLATE_H
#define WORKER_INFLATE_H

#include <stddef.h>

#include "base/buf.h"

enum inflate_form { INFLATE_ZLIB, INFLATE_BARE, INFLATE_GZIP };

/* Appends what comes out. Returns 0, ERR_LIMIT (`out` is full) or ERR_CORRUPT (damaged or cut off,
 * its check sum too); what came out before is in `out`. */
int inflate_into(enum inflate_form form, const void *data, size_t len, struct buf *out);

#endif
