/*
 * Bare compressed streams that libarchive does not read: zlib (RFC 1950), Brotli (RFC 7932) and
 * framed Snappy (framing_format.txt of the project). What comes out is one child; a stream that
 * ends early gives what it held and fails as truncated.
 *
 * Limits: those of unpack.h against bombs, and the worker's output cap.
 */
#ifndef WORKER_STREAM_H
#define WORKER_STREAM_H

#include "worker/reader.h"

struct verdict stream_read(const struct input *input, struct emit *emit);

/* zlib by its header and a trial of what follows; Brotli, which has no mark at all, by its name and
 * a trial. NULL for neither. */
const char *stream_sniff(const unsigned char *data, size_t len, const char *name);

#endif
