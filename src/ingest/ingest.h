/*
 * Ingest: files into the case, each read by a worker child, until nothing waits. The catalogue of
 * what waits is in the case itself, so that an interrupted run goes on where it stopped.
 */
#ifndef INGEST_INGEST_H
#define INGEST_INGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/deriver.h"
#include "store/item.h"

struct ingest_progress {
    int64_t files_total; /* found by the walk; 0 while it is not known */
    int64_t files_taken; /* looked at so far */
    int64_t files_known; /* of them, unchanged since an earlier add */
    int64_t bytes_total, bytes_taken;
    int64_t items_read; /* items with an outcome, in this run */
    int64_t items_new;  /* rows added in this run */
    int64_t waiting;    /* still to be read */
    int64_t pages;      /* in this run; a text without pages has none */
    int64_t failed;     /* in this run */
    /* Of what was read again (keep.h), at the end of the run: those for which it was a gain and
     * those for which it was none; and those of any whose reading before was better and stayed. */
    int64_t helped, not_helped, stayed;
    int64_t elapsed_ms;
    int64_t left_ms;    /* estimate; -1 unknown */
    bool counting;      /* the walk still counts */
    bool case_left_out; /* it met the case itself, which is not taken into itself */
};

struct ingest_options {
    const struct deriver *const *derivers;
    const char *langs; /* OCR languages joined by "+" */
    bool ocr;
    int jobs;                          /* documents read at the same time; 0: three a processor */
    uint32_t idle_seconds, memory_mib; /* 0: the defaults of limits.h */
    /* Passwords for locked documents: a descriptor as password_list_fd gives it; 0: none. */
    int passwords_fd;
    const volatile int *stop; /* non-zero: end cleanly, soon */
    /* Called about five times a second. */
    void (*progress)(void *ctx, const struct ingest_progress *progress);
    /* Called for every item that has got its outcome; NULL for none. */
    void (*item)(void *ctx, int64_t item, const char *path, const struct reading *reading);
    void *ctx;
};

/* Takes in everything below `paths`, then reads all that waits. ERR_INTERRUPTED when stopped: what
 * was committed stays, the rest waits. ret_progress holds the last state in any case. */
int ingest_add(struct sanad_case *kase, const char *const *paths, size_t path_count,
               const char *source, const struct ingest_options *options,
               struct ingest_progress *ret_progress, struct err *err);

/* Reads all that waits. */
int ingest_waiting(struct sanad_case *kase, const struct ingest_options *options,
                   struct ingest_progress *ret_progress, struct err *err);

/* Lets every item that failed (for `reason`, or any reason when it is -1) wait again, or the one
 * `item` whatever came of it (0: all that fit), and reads it; what was read before and is better
 * stays (keep.h). ret_count: how many. */
int ingest_retry(struct sanad_case *kase, int reason, int64_t item,
                 const struct ingest_options *options, int64_t *ret_count,
                 struct ingest_progress *ret_progress, struct err *err);

enum rebuild_depth {
    REBUILD_DERIVED, /* indexes, from the stored text */
    REBUILD_ALL,     /* everything, from the originals */
};
int ingest_rebuild(struct sanad_case *kase, enum rebuild_depth depth,
                   const struct ingest_options *options, struct ingest_progress *ret_progress,
                   struct err *err);

#endif
