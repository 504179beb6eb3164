/*
 * What a case holds, before anything is asked: the same documents, values and counts that the
 * filters of a query go by, so that a count here is the total of the search with that filter.
 */
#ifndef SEARCH_HOLDINGS_H
#define SEARCH_HOLDINGS_H

#include "search/search.h"

struct holdings {
    int64_t documents;
    int64_t undated; /* those that date:none finds */
    struct facet facets[FACETS];
};

/* Freed with holdings_release, whatever this returns. */
int search_holdings(struct sanad_case *kase, struct holdings *ret_holdings, struct err *err);
void holdings_release(struct holdings *holdings);

#endif
