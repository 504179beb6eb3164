/*
 * The sandbox: what the worker gives up before it sees a document. It closes in two steps. The
 * nursery gives up the file system, the network, new privileges and most system calls; each child
 * then gives up processes, descriptors and signals as well and gets its limits.
 *
 * System call filter and resource limits are always there, or the worker refuses to start; Landlock
 * and namespaces where the kernel gives them. Builds with sanitizers have no filter.
 */
#ifndef WORKER_SANDBOX_H
#define WORKER_SANDBOX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "wire/job.h"

/* Closes the nursery's sandbox; the control socket stays open. Everything that has to be read from
 * files must be in memory by now, and no thread may run. Gives the enum sandbox_feature bits in
 * force. Errors: ERR_UNSUPPORTED. */
int sandbox_enter_nursery(uint32_t *ret_features, struct err *err);

/* In a freshly forked child: limits, then the tighter filter. Returns 0 or -1: the child must then
 * end at once. */
int sandbox_enter_child(const struct job_limits *limits);

/* --- system call filter (sandbox_filter.c) --- */

/* Compiles both filters; they are put in force by the two calls below. */
int filter_compile(struct err *err);
int filter_enter_nursery(void);
int filter_enter_child(void);

/* --- what happens at a refused call (sandbox_trap.c) --- */

/* Handles SIGSYS: a look for one of the files that libraries try at run time is answered with
 * "no such file"; anything else is written into the slot and ends the process. */
int trap_open(void);

#endif
