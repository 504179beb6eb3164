/*
 * What a question that finds little may mean (events/question.h), with what that finds.
 */
#ifndef WEB_MEANT_H
#define WEB_MEANT_H

#include "base/buf.h"
#include "base/err.h"
#include "store/case.h"

/* Writes the search that `query`, which found so many documents, may mean, and counts what it
 * finds. Nothing is written, and *ret_documents is 0, when enough was found or the other search
 * finds nothing else. `ret` is an initialised buffer. */
int query_meant(struct sanad_case *kase, const char *query, int64_t documents, struct buf *ret,
                int64_t *ret_documents, struct err *err);

#endif
