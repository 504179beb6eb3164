/*
 * The filter "named:12": documents that name the person, organisation or place of this number. Who
 * is named where is known to a module that stands beside this one; the program joins the two when
 * it starts. Until then the filter passes nothing.
 */
#ifndef SEARCH_NAMED_H
#define SEARCH_NAMED_H

#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

typedef int search_item_fn(void *ctx, int64_t item);

/* Gives each item that names the entity; none for a number that is nobody's. */
typedef int search_named_fn(struct db *db, int64_t id, search_item_fn *fn, void *ctx,
                            struct err *err);

/* Before any query is asked, and before there are threads. */
void search_join_names(search_named_fn *named);

#endif
