/*
 * Filters by what people marked: tag:, list:, colour:, starred:, noted:.
 */
#ifndef SEARCH_MARK_FILTER_H
#define SEARCH_MARK_FILTER_H

#include <stdbool.h>

#include "base/err.h"
#include "search/id_set.h"
#include "search/query.h"
#include "store/db.h"

bool mark_filter_is(enum query_field field);

/* Adds the items that pass. When there are none, `note` (of QUERY_NOTE_MAX bytes) says so. */
int mark_filter_items(struct id_set *items, struct db *db, enum query_field field,
                      const char *value, char *note, struct err *err);

#endif
