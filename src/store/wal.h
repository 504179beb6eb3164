/*
 * The database's write-ahead log, looked at before SQLite does: SQLite ends the log at the first
 * frame whose checksum is wrong, so that damage there would be dropped without a word.
 */
#ifndef STORE_WAL_H
#define STORE_WAL_H

#include <stddef.h>

#include "base/err.h"

/* Writes the first fault found, in words, to ret_fault ("" when there is none). */
int wal_check(int case_dirfd, char *ret_fault, size_t fault_size, struct err *err);

#endif
