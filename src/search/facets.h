/*
 * Facets: how the documents of a result spread over types, languages, years, folders and outcomes.
 *
 * A count is what the filter of that value would leave. A document that may be of several years
 * counts for each; "none" counts the undated. Folders are those right below the one that all have
 * in common, each with what is below it; a folder alone stands for itself.
 */
#ifndef SEARCH_FACETS_H
#define SEARCH_FACETS_H

#include "search/search.h"

/* Counts over `items`, ascending. Values in order of their count, the most frequent
 * FACET_VALUES_MAX of each. Freed with the result. */
int facets_count(struct db *db, const int64_t *items, size_t count, struct facet facets[FACETS],
                 struct err *err);
void facets_release(struct facet facets[FACETS]);

#endif
