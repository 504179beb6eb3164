/*
 * One document from bytes to frames: mapped, sniffed, read or rendered, ended with a verdict.
 */
#ifndef WORKER_DOCUMENT_H
#define WORKER_DOCUMENT_H

#include "wire/job.h"

/* Does the job and returns the exit code of the child: 0, or 1 when the pipe went away. */
int document_run(const struct job *job, const struct job_load *load);

#endif
