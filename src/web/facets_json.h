/*
 * Facets as the search and the overview give them.
 */
#ifndef WEB_FACETS_JSON_H
#define WEB_FACETS_JSON_H

#include "fmt/json.h"
#include "search/search.h"

/* An object of arrays of {value, items}. */
void facets_put(struct json_writer *json, const char *key, const struct facet facets[FACETS]);

#endif
