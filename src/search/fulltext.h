/*
 * The full-text table: SQLite's FTS5, contentless. Rows are pages, by their page id (store/page.h),
 * and hold token streams (tokens.h). This is the one part of search that only SQLite can do.
 */
#ifndef SEARCH_FULLTEXT_H
#define SEARCH_FULLTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

/* What the table needs of a connection before its first use there. Cheap when done before. */
int fulltext_register(struct db *db, struct err *err);

int fulltext_create(struct db *db, struct err *err);
int fulltext_drop(struct db *db, struct err *err);

/* Adds a page. Ascending page ids within a transaction are fast: an id below the one before it
 * makes the table write out what it collected. */
int fulltext_add(struct db *db, int64_t page, const char *tokens, size_t len, struct err *err);
/* Removes all pages of an item. */
int fulltext_forget(struct db *db, int64_t item, struct err *err);
/* How often a page holds what was looked for; counted up to FULLTEXT_TIMES_MAX. */
struct fulltext_row {
    int64_t page;
    uint32_t times;
    float score; /* for the callers */
};
enum { FULLTEXT_TIMES_MAX = 31 };

/* Rows in ascending order of pages, each page once. */
struct fulltext_rows {
    struct fulltext_row *rows;
    size_t count, space;
    int64_t of; /* rows of the whole table; 0 when nothing was asked of it */
};
void fulltext_rows_release(struct fulltext_rows *rows);
void cleanup_fulltext_rows(struct fulltext_rows *rows);
void fulltext_rows_append(struct fulltext_rows *rows, struct fulltext_row row);

struct fulltext; /* a reader of the table, for one thread */

int fulltext_open(struct db *db, struct fulltext **ret_fulltext, struct err *err);
void fulltext_close(struct fulltext *fts);
void cleanup_fulltext(struct fulltext *const *fts);

/* Appends the pages that hold a phrase: a token stream, whose last token may be a prefix. */
enum fulltext_last { FULLTEXT_WHOLE, FULLTEXT_PREFIX };
int fulltext_phrase(struct fulltext *fts, const char *tokens, size_t len, enum fulltext_last last,
                    struct fulltext_rows *out, struct err *err);

/* Appends the pages that hold all the phrases with at most `distance` words between them. */
struct fulltext_phrase {
    const char *tokens;
    size_t len;
    enum fulltext_last last;
};
int fulltext_near(struct fulltext *fts, const struct fulltext_phrase *phrases, size_t count,
                  uint32_t distance, struct fulltext_rows *out, struct err *err);

#endif
