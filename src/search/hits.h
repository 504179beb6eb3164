/*
 * Hits: what the reader is shown of a document that was found.
 */
#ifndef SEARCH_HITS_H
#define SEARCH_HITS_H

#include "search/found.h"
#include "search/matcher.h"

/* Fills `hit` from the ledger, with a snippet of the best page unless `matcher` is NULL. The hit
 * is freed with its result, whatever this returns. */
int hit_fill(struct sanad_case *kase, const struct found_doc *doc, const struct matcher *matcher,
             struct hit *hit, struct err *err);
void hit_release(struct hit *hit);

#endif
