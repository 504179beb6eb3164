/*
 * The ids in a message's header: its own, then those of the messages before it, the one it answers
 * last. Private to relate.
 */
#ifndef RELATE_THREAD_IDS_H
#define RELATE_THREAD_IDS_H

#include "base/err.h"
#include "relate/threads.h"
#include "store/case.h"

struct thread_ids {
    char *ids[THREAD_IDS_MAX];
    unsigned count;
    bool own; /* ids[0] is the message's own */
};

/* From the metadata of an item; none for what is no message. */
int thread_ids_load(struct thread_ids *ids, struct sanad_case *kase, int64_t item, struct err *err);
void cleanup_thread_ids(struct thread_ids *ids);

/* Calls `fn` for each id of a header field: what stands between "<" and ">". */
typedef void thread_id_fn(void *ctx, const char *id, size_t len);
void thread_ids_each(const char *field, thread_id_fn *fn, void *ctx);

#endif
