/*
 * How far the process is that reads documents into the case: written with each group of documents,
 * so that others can show it. One row while a run lasts; that of a run that was killed stays, and
 * is known by its process, which has the case for documents no more.
 */
#ifndef STORE_RUNNING_H
#define STORE_RUNNING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/case.h"

struct running {
    bool adds;       /* takes files in; else it reads again what is there */
    int64_t started; /* seconds since the epoch */
    int64_t elapsed_ms;
    int64_t left_ms; /* estimate; -1 unknown */
    int64_t files_total, files_taken;
    int64_t items_read, waiting, pages, failed; /* in this run, but for `waiting` */
};

/* In the writer's transaction. The first makes the table where it is missing. */
int running_prepare(struct sanad_case *kase, struct err *err);
int running_put(struct sanad_case *kase, const struct running *running, struct err *err);
int running_clear(struct sanad_case *kase, struct err *err);

/* 1 when documents are being read now, by this process or another; 0 when not. */
int running_get(struct sanad_case *kase, struct running *ret_running, struct err *err);

#endif
