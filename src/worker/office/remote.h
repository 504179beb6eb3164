/*
 * What a document fetches from elsewhere when its own program opens it: linked pictures, templates,
 * text and data. Such addresses are evidence: they tell a server who reads, or bring in what is not
 * in the file. Here nothing is ever fetched.
 */
#ifndef WORKER_REMOTE_H
#define WORKER_REMOTE_H

#include <stdbool.h>
#include <stddef.h>

#include "worker/emit.h"

enum { REMOTE_TOLD_MAX = 32 };

/* Whether an address leads to another machine: a URL other than of a local file, or a share. */
bool remote_is(const char *address, size_t len);

/* A warning for an address that is fetched, when it is remote; for the first REMOTE_TOLD_MAX.
 * `what` names what is fetched: "image". */
void remote_tell(struct emit *emit, const char *what, const char *address, size_t len);

#endif
