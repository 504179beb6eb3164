/*
 * What filters and facets need to know of each document, in rows so narrow that a walk over half
 * a million of them is a matter of milliseconds:
 *
 *     search_doc(item, type, lang, day, folder)   numbers of search_value, and a day
 *     search_value(id, kind, value)               MIME types, languages, folders
 *
 * A day is yyyymmdd with zeros for what is not known: 2014, or November 2014 (20141100); 0 is none.
 * It is the file's own word (the ledger's date). What the deriver of dates found (store/dated.h)
 * stands above it.
 */
#ifndef SEARCH_DOCS_H
#define SEARCH_DOCS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "search/id_set.h"
#include "search/query.h"
#include "store/db.h"

enum value_kind { VALUE_TYPE = 1, VALUE_LANG = 2, VALUE_FOLDER = 3 };

struct doc_row {
    int64_t item;
    int32_t type, lang, folder; /* 0: none */
    int32_t first, last;        /* the days it may be of, as yyyymmdd; 0: it has no date */
};

int docs_create(struct db *db, struct err *err);
int docs_drop(struct db *db, struct err *err);
int docs_forget(struct db *db, int64_t item, struct err *err);

/* Records a document; `date` as in the ledger, `path` as in the ledger (its folder is taken). */
struct doc_facts {
    int64_t item;
    const char *type, *lang, *date, *path;
};
int docs_put(struct db *db, const struct doc_facts *facts, struct err *err);

/* ---- filters ---- */

/* A filter of a query, ready to be asked about rows. */
struct doc_filter {
    enum query_field field;
    struct id_set ids;   /* of values that pass (type, lang, folder), or of items (the others) */
    int32_t first, last; /* days, for date */
    bool undated;        /* what has no date passes, and nothing else */
};

/* Whether `field` is one of these filters (type, lang, folder, outcome, named, date, from, to, and
 * those of mark_filter.h). */
bool doc_filter_is(enum query_field field);
/* An unknown type, language or outcome, or what is no date, passes nothing and says so in `note`
 * (of QUERY_NOTE_MAX bytes). A folder passes what is in it and below. Free with doc_filter_release.
 */
int doc_filter_init(struct doc_filter *filter, struct db *db, enum query_field field,
                    const char *value, char *note, struct err *err);
void doc_filter_release(struct doc_filter *filter);
bool doc_filter_passes(const struct doc_filter *filter, const struct doc_row *row);

/* The first and last day that a date names: "2014", "2014-11", "2014-11-03", with or without a
 * time of day. False when it is none. */
bool day_range(const char *text, size_t len, int32_t *ret_first, int32_t *ret_last);

/* ---- walks ---- */

/* Walks all documents by item. Non-zero from `fn` stops and is returned. */
typedef int doc_fn(void *ctx, const struct doc_row *row);
int docs_each(struct db *db, doc_fn *fn, void *ctx, struct err *err);

/* Walks those of `items` (ascending) that are documents: look-ups when they are few, else one
 * walk over all. */
int docs_of(struct db *db, const int64_t *items, size_t count, doc_fn *fn, void *ctx,
            struct err *err);

/* Values of a kind with their numbers. */
typedef int value_fn(void *ctx, int32_t id, const char *value);
int docs_values(struct db *db, enum value_kind kind, value_fn *fn, void *ctx, struct err *err);

#endif
