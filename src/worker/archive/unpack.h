/*
 * Archives and compressed files (libarchive): ZIP, TAR, 7Z, RAR, CAB, CPIO, AR and DEB, ISO 9660,
 * RPM, LHA, XAR, programs that unpack themselves; and GZ, BZ2, XZ, ZST, LZMA, LZIP, LZ4, Z, UU.
 *
 * Every entry becomes a child in the archive's order; folders are left out, since children's names
 * carry them. What cannot be given out becomes a child that failed by name: a link (never
 * followed), a device, an entry behind a password. A damaged archive gives what can be read and
 * ends as failed.
 *
 * Limits: the worker's output cap, CHILDREN_MAX entries, and a guard against bombs: beyond
 * BOMB_FLOOR expanded bytes neither an entry nor the archive may grow more than BOMB_RATIO times
 * what it was read from, and an archive is not read more often than its bytes are there (entries
 * that overlap). What is past the guard is never given out.
 */
#ifndef WORKER_UNPACK_H
#define WORKER_UNPACK_H

#include "worker/reader.h"

enum {
    BOMB_FLOOR = 64 << 20,  /* bytes that anything may expand to */
    BOMB_RATIO = 250,       /* text rarely exceeds 100; a bomb by deflate reaches 1,032 */
    BOMB_SLACK = 256 << 10, /* what a library may have read ahead */
};

/* Sets the character set in which libarchive gives names; for parts_start(). */
void unpack_start(void);

/* Any archive but the compressed ones below. */
struct verdict unpack_archive_read(const struct input *input, struct emit *emit);

/* A compressed file: an archive inside gives its entries, anything else one child. */
struct verdict unpack_compressed_read(const struct input *input, struct emit *emit);

/* A program with an archive behind or inside it. */
struct verdict unpack_program_read(const struct input *input, struct emit *emit);

#endif
