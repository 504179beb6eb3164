/*
 * From pages to documents: what was found, a row a document, and the part of it that was asked for
 * in the order that was asked for.
 */
#ifndef SEARCH_FOUND_H
#define SEARCH_FOUND_H

#include "search/fulltext.h"
#include "search/search.h"

struct found_doc {
    int64_t item;
    int64_t page;   /* best page id; may be one that no document has (pages.h) */
    uint32_t pages; /* real pages among those that match */
    double score;
    int32_t day; /* only for sorting by date */
    char *path;  /* only for sorting by path */
};

struct found {
    struct found_doc *docs; /* ascending by item until found_sort */
    size_t count;
    int64_t pages;
};

void found_init(struct found *found, const struct fulltext_rows *rows);
void found_release(struct found *found);
void cleanup_found(struct found *found);

/* Brings the first `first` documents of the order to the front. */
int found_sort(struct found *found, struct db *db, enum search_sort sort, size_t first,
               struct err *err);

#endif
