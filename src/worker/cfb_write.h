/*
 * A storage inside a compound file as a compound file of its own: what Outlook and Word embed of
 * other programs becomes a document that can be read by itself. The same storage gives the same
 * bytes.
 */
#ifndef WORKER_CFB_WRITE_H
#define WORKER_CFB_WRITE_H

#include "worker/cfb.h"

enum { CFB_WRITE_MAX = 160 << 20 };

/* Appends the file. Returns 0, ERR_CORRUPT (a stream ended too early; the file holds what there
 * was) or ERR_LIMIT (it would not fit into `out`, which is then of no use). */
int cfb_write(const struct cfb *cfb, const struct cfb_entry *storage, struct buf *out);

#endif
