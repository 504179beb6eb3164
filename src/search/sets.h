/*
 * Sets of pages with scores, ascending by page, and what a boolean query does with them. AND, OR
 * and NOT speak of documents: (a AND b) finds a document with a on one page and b on another, and
 * the set then holds both pages.
 */
#ifndef SEARCH_SETS_H
#define SEARCH_SETS_H

#include "search/fulltext.h"

/* Makes one ascending run, each page once, of `starts_count` ascending runs that stand one after
 * the other in `set`, beginning at `starts`. Times are added up. */
void set_merge_runs(struct fulltext_rows *set, size_t *starts, size_t starts_count);

/* All of these replace `left` and leave `right` as it is. */
void set_and(struct fulltext_rows *left, const struct fulltext_rows *right);
void set_or(struct fulltext_rows *left, const struct fulltext_rows *right);
void set_and_not(struct fulltext_rows *left, const struct fulltext_rows *right);

/* Keeps the pages of `items`, which ascend. */
void set_keep(struct fulltext_rows *set, const int64_t *items, size_t count);

/* Drops the pages of `items`, which ascend. */
void set_drop(struct fulltext_rows *set, const int64_t *items, size_t count);

/* The documents of a set, ascending; the caller frees the list. */
int64_t *set_items(const struct fulltext_rows *set, size_t *ret_count);

#endif
