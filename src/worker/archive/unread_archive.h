/*
 * Archives and disk images that no library here reads: named in words, with what does read them, so
 * that nobody takes them for files without text.
 */
#ifndef WORKER_UNREAD_ARCHIVE_H
#define WORKER_UNREAD_ARCHIVE_H

#include "worker/reader.h"

struct verdict unread_archive_read(const struct input *input, struct emit *emit);

#endif
