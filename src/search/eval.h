/*
 * Finding the pages that answer a plan, with a score for each.
 *
 * The score of a word on a page is that of Okapi BM25 (Robertson, Zaragoza: The Probabilistic
 * Relevance Framework, 2009, eq. 3.15) with k1 = 1.2 and b = 0.75, where the length of a page is
 * known to the nearest power of two (its size class, store/page.h).
 */
#ifndef SEARCH_EVAL_H
#define SEARCH_EVAL_H

#include "search/fulltext.h"
#include "search/plan.h"

/* Appends to the empty set `out`. A document that was found without a page of it (by a filter, or
 * by a NOT) stands there with the page number 0. *ret_undated (or NULL) counts the documents that
 * only a filter of dates kept out, for they have none. */
int eval_plan(struct db *db, const struct plan *plan, struct fulltext_rows *out,
              int64_t *ret_undated, struct err *err);

#endif
