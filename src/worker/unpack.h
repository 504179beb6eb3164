/*
 * Archives and compressed files (libarchive): ZIP, TAR, 7Z, and GZ, BZ2, XZ, ZST, LZMA, LZ4, Z.
 *
 * Every entry becomes a child in the archive's order; folders are left out, since children's names
 * carry them. What cannot be given out becomes a child that failed by name: a link (never
 * followed), a device, an entry behind a password. A damaged archive gives what can be read and
 * ends as failed.
 *
 * Limits: the worker's output cap, CHILDREN_MAX entries, and a guard against bombs: beyond
 * BOMB_FLOOR expanded bytes an archive may not grow more than BOMB_RATIO times its own size.
 */
#ifndef WORKER_UNPACK_H
#define WORKER_UNPACK_H

#include "worker/reader.h"

enum {
    BOMB_FLOOR = 64 << 20, /* bytes that any archive may expand to */
    BOMB_RATIO = 250,      /* text rarely exceeds 100; a bomb by deflate reaches 1,032 */
};

/* Sets the character set in which libarchive gives names; for parts_start(). */
void unpack_start(void);

/* ZIP, TAR (plain), 7Z. */
struct verdict unpack_archive_read(const struct input *input, struct emit *emit);

/* A compressed file: a TAR inside gives its entries, anything else one child. */
struct verdict unpack_compressed_read(const struct input *input, struct emit *emit);

#endif
