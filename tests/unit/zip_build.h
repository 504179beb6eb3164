/*
 * ZIP archives byte by byte, with names that no library would write. Every file holds "x".
 */
#ifndef TESTS_ZIP_BUILD_H
#define TESTS_ZIP_BUILD_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* A file, its row in the directory, the directory's end. */
void zip_put_local(struct buf *out, const char *name, size_t len, unsigned flags);
void zip_put_central(struct buf *out, const char *name, size_t len, unsigned flags, unsigned disk,
                     uint32_t at);
void zip_put_end(struct buf *out, unsigned disk, unsigned count, size_t size, size_t at);

/* An archive with these names; `out` is initialised here. */
void zip_of(const char *const *names, size_t count, unsigned flags, struct buf *out);
/* "a.txt", "b.txt" and "c.txt" in three volumes, one in each; they are initialised here. */
void zip_volumes(struct buf volumes[3]);

#endif
