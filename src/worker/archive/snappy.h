/*
 * Snappy, Google's fast compression: raw (format_description.txt of the project).
 */
#ifndef WORKER_SNAPPY_H
#define WORKER_SNAPPY_H

#include "base/buf.h"

/* Decompresses and appends. 0, ERR_CORRUPT or ERR_LIMIT; what came before the damage is kept. */
int snappy_expand(const unsigned char *data, size_t len, struct buf *out);

#endif
