/*
 * Small Access databases (Jet 3, pages of 2 KiB), built in memory for tests and fuzzing.
 */
#ifndef TESTS_MDB_BUILD_H
#define TESTS_MDB_BUILD_H

#include <stddef.h>

#include "base/buf.h"

enum { MDB_PAGE_BYTES = 2048, MDB_PAGES_MAX = 12, MDB_SAMPLE_PAGES = 5 };

/* A page: bytes at its start and bytes at its end, zeros between. What has no room is left out. */
struct mdb_build_page {
    const void *head, *tail;
    size_t head_len, tail_len;
};

/* A database: a head without a password, then the pages from page 1 on. `out` is initialised here.
 */
void build_mdb(const struct mdb_build_page *pages, size_t count, struct buf *out);

/* The pages of a database with one table, "Cargo", of two rows; `bytes`, in which they are, is
 * initialised here and the caller's to release. */
void sample_mdb(struct mdb_build_page pages[MDB_SAMPLE_PAGES],
                struct buf bytes[2 * MDB_SAMPLE_PAGES]);

#endif
