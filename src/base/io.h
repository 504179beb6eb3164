/*
 * Reading and writing whole byte runs on descriptors, retrying on EINTR and short counts.
 */
#ifndef BASE_IO_H
#define BASE_IO_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

/* Reads until `len` bytes or the end of the file; returns the count or -1 with errno. */
ssize_t io_read(int fd, void *data, size_t len);

/* Writes all of it; returns 0 or -1 with errno. */
int io_write(int fd, const void *data, size_t len);

/* Reads the whole file `path` under `dirfd` (AT_FDCWD for none) into `out`, an initialised buffer
 * whose cap is the largest size accepted. Errors: ERR_NOT_FOUND, ERR_IO, ERR_LIMIT. */
int io_read_file(int dirfd, const char *path, struct buf *out, struct err *err);

/* Writes `path` under `dirfd` so that after a power loss either the old or the new bytes are
 * there: temporary name, fsync, rename, fsync of the folder. Mode 0600. */
int io_replace_file(int dirfd, const char *path, const void *data, size_t len, struct err *err);

#endif
