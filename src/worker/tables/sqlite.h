/*
 * SQLite 3 databases, by SQLite itself, read-only and from memory.
 *
 * Each ordinary table is a run of pages (tables.h). Virtual tables are not opened, since their
 * modules run code over what is stored; the text that a full text index keeps is in an ordinary
 * table beside it and is read. A binary value that is a document becomes a child; one that is text
 * is text. Nothing that the schema holds is run: no triggers, views or functions of its own.
 * Pages that are unused may hold deleted rows; how many there are is said.
 */
#ifndef WORKER_SQLITE_H
#define WORKER_SQLITE_H

#include "worker/reader.h"

struct verdict sqlite_read(const struct input *input, struct emit *emit);

/* The write-ahead log or rollback journal of a database, which makes sense beside it only. */
struct verdict sqlite_log_read(const struct input *input, struct emit *emit);

#endif
