/*
 * The nursery as seen from sanad: a worker process that forks a sandboxed child for every document.
 */
#ifndef INGEST_NURSERY_H
#define INGEST_NURSERY_H

#include <stdbool.h>

#include "base/err.h"
#include "wire/job.h"

struct nursery; /* opaque */

/* Starts sanad-worker and waits until its sandbox is closed. `ocr`: whether jobs will ask for it;
 * children of one without start faster. ERR_WORKER says what is missing, or that it did not come to
 * it within two minutes; ERR_INTERRUPTED when *stop (may be NULL) is set. */
int nursery_start(struct nursery **ret_nursery, bool ocr, const volatile int *stop,
                  struct err *err);

/* Ends it and its children; accepts NULL. */
void nursery_stop(struct nursery *nursery);

/* Its control socket, for poll. */
int nursery_fd(const struct nursery *nursery);
/* What it said of itself at its start. */
const struct nursery_ready *nursery_about(const struct nursery *nursery);

/* Hands a job over. The load's descriptors stay the caller's. */
int nursery_send(struct nursery *nursery, const struct job *job, const struct job_load *load,
                 struct err *err);

/* Takes the next end of a job: 1, or ERR_WORKER when the nursery is gone. Blocks until there is
 * one. */
int nursery_take(struct nursery *nursery, struct job_end *ret_end, struct err *err);

#endif
