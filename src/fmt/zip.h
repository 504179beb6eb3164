/*
 * ZIP out, after APPNOTE.TXT 6.3.10 (PKWARE): for taking originals away. Section numbers in zip.c
 * are of that text.
 *
 * Files are stored, not compressed (docs/decisions/0019): the length and the CRC-32 of each stand
 * before it, so that a reader needs nothing that comes later. Therefore a file is gone through
 * before it is written, and one that turns out to be damaged then has left no byte. Names are UTF-8
 * (bit 11). ZIP64 is used where a number does not fit, and nowhere else.
 *
 * Memory: ZIP_HELD bytes, and about 100 bytes and its name for each file.
 */
#ifndef FMT_ZIP_H
#define FMT_ZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum {
    ZIP_HELD = 1 << 20,           /* a file up to this is gone through once */
    ZIP_NAME_MAX = 65535,         /* bytes (4.4.10) */
    ZIP_DIRECTORY_MAX = 512 << 20 /* bytes of the list at the end */
};

/* Takes consecutive bytes; non-zero stops and is returned. */
typedef int zip_sink(void *ctx, const void *data, size_t len);

/* Gives all bytes of a file to the sink: the same each time, for it is called twice for a large
 * one. What the sink returns is passed on. */
typedef int zip_source(void *ctx, zip_sink *sink, void *sink_ctx, struct err *err);

struct zip_writer; /* opaque */

/* What is written goes to `out`. */
struct zip_writer *zip_new(zip_sink *out, void *ctx);

/* Adds a file. `name` is relative, with "/" between folders; who gives it answers for what it says.
 * `mtime` in seconds since 1970, INT64_MIN unknown. What `source` returns is returned; zip_broken
 * tells whether something of the file was written by then. */
int zip_add(struct zip_writer *zip, const char *name, int64_t mtime, zip_source *source, void *ctx,
            struct err *err);
bool zip_broken(const struct zip_writer *zip);

/* Writes the list of files that makes it whole. */
int zip_end(struct zip_writer *zip, struct err *err);

/* Accepts NULL. */
void zip_free(struct zip_writer *zip);
void cleanup_zip(struct zip_writer *const *zip);

#endif
