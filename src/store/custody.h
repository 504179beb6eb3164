/*
 * The custody log: what was done to the case and when. Each row's hash covers the row and the hash
 * of the row before it, under a key of the case, so that a changed, removed or inserted row is
 * found.
 */
#ifndef STORE_CUSTODY_H
#define STORE_CUSTODY_H

#include "base/err.h"
#include "store/case.h"

/* Adds a row inside the running transaction. `event` is a word ("init", "add", "keys-add"). */
int custody_add(struct sanad_case *kase, const char *event, const char *detail, struct err *err);

/* Recomputes the chain. ERR_CORRUPT names the first row that does not fit. */
int custody_check(struct sanad_case *kase, int64_t *ret_rows, struct err *err);

#endif
