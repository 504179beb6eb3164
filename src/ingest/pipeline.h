/*
 * The pipeline: one thread that takes files in, keeps the worker's children busy and commits what
 * they say, in groups. Private to ingest.
 */
#ifndef INGEST_PIPELINE_H
#define INGEST_PIPELINE_H

#include "ingest/budget.h"
#include "ingest/collect.h"
#include "ingest/convert.h"
#include "ingest/ingest.h"
#include "ingest/nursery.h"
#include "ingest/walk.h"

enum { JOBS_MAX = 64, QUEUE_MAX = 256 };

/* A document that a child is reading. */
struct slot {
    int64_t item; /* 0: free */
    int64_t root;
    uint64_t bytes; /* of the document, in memory while it is read */
    char *path;
    uint64_t job;
    int frames_fd; /* -1 once the pipe has ended */
    bool ended;    /* the nursery has said how */
    size_t step;   /* bytes to read at a time; 0: not known yet */
    struct job_end end;
    struct job_limits limits;
    struct collect *collect;
    const struct conversion *conversion; /* it is to be converted; NULL: not, or not yet known */
    struct convert *convert;             /* that runs; NULL: it waits for its turn */
    bool converted;                      /* what is read is what LibreOffice made of it */
};

struct pace_mark {
    int64_t ms, items;
};

/* Documents that a nursery was reading when it died (suspects.c). */
struct suspects {
    int64_t items[JOBS_MAX]; /* the first is read next, alone */
    int count;
    int alone_deaths; /* with the first one */
    int idle_deaths;
};

struct pipeline {
    struct sanad_case *kase;
    const struct ingest_options *options;
    struct ingest_progress *progress;
    struct derive derive;
    struct nursery *nursery; /* started with the first document */
    struct slot slots[JOBS_MAX];
    int jobs, busy;
    uint64_t next_job;
    int64_t queue[QUEUE_MAX]; /* items that wait, in order */
    int queue_len, queue_at;
    int64_t queue_after; /* items up to this one were queued already */
    int64_t known;       /* children up to this one wait until their container is read again */
    struct walk *walk;   /* NULL: nothing more to take in */
    int64_t intake;
    struct budgets budgets;
    struct suspects suspects;
    int64_t started; /* seconds since the epoch */
    int64_t started_ms, committed_ms, shown_ms;
    struct pace_mark pace[2]; /* the older one is where the recent rate is counted from */
    bool dirty;               /* the running transaction holds something */
};

int pipeline_start(struct pipeline *pipeline, struct sanad_case *kase,
                   const struct ingest_options *options, struct ingest_progress *progress,
                   struct err *err);
/* Runs until the walk is over and nothing waits. */
int pipeline_run(struct pipeline *pipeline, struct err *err);
/* Ends children, commits or (after an error) rolls back, frees. Returns `rc`, or what the commit
 * returned. */
int pipeline_finish(struct pipeline *pipeline, int rc, struct err *err);
/* Commits what there is when enough time has passed, or now; sooner when somebody asks for a turn
 * to write, who then gets it. */
int pipeline_commit(struct pipeline *pipeline, bool now, struct err *err);
void pipeline_show(struct pipeline *pipeline, bool now);

/* suspects.c: the nursery does not answer any more. What it was reading waits for a new one, or has
 * crashed if it is the cause. */
int pipeline_nursery_died(struct pipeline *pipeline, struct err *err);
/* A document has its outcome. */
void suspects_clear(struct suspects *suspects, int64_t item);

/* dispatch.c: gives waiting items to children while there are free slots. */
int pipeline_dispatch(struct pipeline *pipeline, struct err *err);
/* Ends a slot whose child is done. */
int pipeline_settle(struct pipeline *pipeline, struct slot *slot, struct err *err);
/* Frees what a slot holds, and the slot itself. */
void slot_clear(struct slot *slot);
/* The document's bytes as a descriptor: in memory, or for very large ones the file that was given,
 * if it is still what was received. *ret_fd stays -1 when there is no way. */
int pipeline_open_document(struct pipeline *pipeline, const struct item *item, int *ret_fd,
                           struct err *err);
/* Hands a document to the nursery, with the other volumes of its set if it leads one (`set`, else
 * NULL). If the nursery has died, the slot stays free and the item waits. */
struct volume_set;
int pipeline_start_child(struct pipeline *pipeline, struct slot *slot, const struct item *item,
                         const struct volume_set *set, struct job_load *load, struct err *err);

/* converting.c: takes a slot whose document is to be converted a step on, or leaves it as it is. */
int pipeline_convert(struct pipeline *pipeline, struct slot *slot, struct err *err);

#endif
