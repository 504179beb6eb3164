/*
 * What comes along with a document: passwords and further volumes, from their descriptors into the
 * input. Lengths and places are checked against the descriptors, since a wrong one must not become
 * a mapping beyond its file.
 */
#ifndef WORKER_ATTACHED_H
#define WORKER_ATTACHED_H

#include "wire/job.h"
#include "worker/reader.h"

struct attached; /* opaque */

/* Maps them and sets input's passwords and volumes, which are valid until attached_free. What
 * cannot be mapped is left out. */
struct attached *attached_open(const struct job_load *load, struct input *input);
void attached_free(struct attached *attached); /* accepts NULL */

#endif
