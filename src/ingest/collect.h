/*
 * Collecting what a worker child says about one document into the case: pages and children as they
 * come, the reading at the end. One page and one piece of a child are in memory at a time.
 */
#ifndef INGEST_COLLECT_H
#define INGEST_COLLECT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "ingest/derive.h"
#include "store/item.h"
#include "wire/convert.h"
#include "wire/job.h"

struct collect; /* opaque */

/* `item` is copied. The running transaction receives everything. Children beyond `children_max`
 * bytes in all are listed with REASON_LIMIT_SIZE and not kept. */
struct collect *collect_new(struct sanad_case *kase, struct derive *derive, const struct item *item,
                            uint64_t children_max);
/* The passwords that were sent along (password_list_fd): the one that opened the document is kept
 * with it. */
void collect_passwords(struct collect *collect, int fd);
void collect_free(struct collect *collect);

/* The next bytes of the frames' pipe. A broken protocol is noted for collect_end; only what keeps
 * the case from being written is an error. */
int collect_feed(struct collect *collect, const void *data, size_t len, struct err *err);

/* The child has ended as `end` says and the pipe is read: writes the reading. */
int collect_end(struct collect *collect, const struct job_end *end, const struct job_limits *limits,
                struct reading *ret_reading, struct err *err);

/* The conversion that the document needs to be read, if the child has ended with that word; else
 * NULL. */
const struct conversion *collect_wants(const struct collect *collect, const struct job_end *end);
/* What comes is read from what LibreOffice made of the document: its type stays what it is, and the
 * ledger says by what way it was read. Called before the first collect_feed. */
void collect_through(struct collect *collect, const struct conversion *how);
/* The document has no reading, for a reason that the child does not know. */
void collect_fail(struct collect *collect, enum reason reason, const char *detail);

/* Counts since the last call, for progress. */
int64_t collect_take_pages(struct collect *collect);
int64_t collect_take_children(struct collect *collect);
/* Bytes of children so far. */
uint64_t collect_child_bytes(const struct collect *collect);

#endif
