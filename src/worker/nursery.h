/*
 * The nursery: starts once, with what readers need loaded, closes its sandbox and then forks a
 * child a job, several at once if sanad sends several. It never looks at a document itself.
 */
#ifndef WORKER_NURSERY_H
#define WORKER_NURSERY_H

#include "base/err.h"

/* Closes the sandbox and serves jobs on WORKER_CONTROL_FD until the other end closes or sends
 * JOB_QUIT. Returns 0, or an error before the sandbox is closed; the children die with it. */
int nursery_run(struct err *err);

#endif
