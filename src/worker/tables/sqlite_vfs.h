/*
 * One document as SQLite's only file: a file system of its own that reads the document's bytes and
 * refuses everything else. A database that was in write-ahead mode is given out as one that was
 * not, since what is in its file is consistent by itself; what was still in the log beside it is a
 * file of its own.
 */
#ifndef WORKER_SQLITE_VFS_H
#define WORKER_SQLITE_VFS_H

#include <stddef.h>

#define SQLITE_VFS_NAME "document"

/* Makes the bytes the file that SQLite opens by the name "document". They must outlive it. Returns
 * 0, or SQLite's error. */
int sqlite_vfs_offer(const unsigned char *data, size_t len);

#endif
