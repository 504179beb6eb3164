/*
 * The words for orders of results: relevance ("" too), date, -date, path.
 */
#ifndef WEB_SORTS_H
#define WEB_SORTS_H

#include "base/err.h"
#include "search/search.h"

/* ERR_USAGE for another word. */
int sort_read(const char *word, enum search_sort *ret_sort, struct err *err);

#endif
