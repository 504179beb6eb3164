/*
 * The children of a document as a worker gives them: each is sealed as it comes, and takes the row
 * that an earlier reading left for it or a new one. Private to ingest.
 */
#ifndef INGEST_CHILDREN_H
#define INGEST_CHILDREN_H

#include "ingest/derive.h"
#include "store/object.h"
#include "wire/frame.h"

struct children {
    struct sanad_case *kase;
    struct derive *derive;
    const struct item *container;
    int64_t count, new_rows;
    uint64_t all_bytes, max_bytes;
    /* the one being received */
    struct object_writer *writer;
    char *name, *mime;
    bool escaped, over; /* over: it does not fit below max_bytes */
    int64_t mtime;
    uint64_t bytes;
};

/* `container` is borrowed. Children beyond `max_bytes` in all are listed with REASON_LIMIT_SIZE and
 * not kept. */
void children_start(struct children *children, struct sanad_case *kase, struct derive *derive,
                    const struct item *container, uint64_t max_bytes);
void children_release(struct children *children);

/* One child: its head, its bytes, its end. */
void children_begin(struct children *children, const struct child_head *child);
int children_data(struct children *children, const void *data, size_t len, struct err *err);
int children_end(struct children *children, enum reason reason, const char *detail,
                 struct err *err);

/* There are no more: rows of an earlier reading that were not met again go, or count as well. */
int children_finish(struct children *children, bool keep_old, struct err *err);

#endif
