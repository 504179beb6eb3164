/*
 * The day of each document that has one, as the deriver of dates found it: a derived table between
 * that deriver, which writes it, and search, which filters and sorts by it; neither knows the
 * other. Days are counted from 1970-01-01.
 */
#ifndef STORE_DATED_H
#define STORE_DATED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

enum { DATED_ISO_MAX = 16, DATED_SOURCE_MAX = 16 };

struct dated {
    int64_t item;
    int32_t earliest, latest;
    char iso[DATED_ISO_MAX]; /* "2014", "2014-11", "2014-11-03"; "" when it is a longer span */
    char source[DATED_SOURCE_MAX]; /* "letterhead", "mail", ... */
};

int dated_create(struct db *db, struct err *err);
int dated_drop(struct db *db, struct err *err);
int dated_forget(struct db *db, int64_t item, struct err *err);
int dated_put(struct db *db, const struct dated *dated, struct err *err);

/* 1 when the table is there; a case that no writer opened since it came has none. */
int dated_is_there(struct db *db, struct err *err);

/* 1 when the item has a day, 0 when not (or the table was never made). */
int dated_get(struct db *db, int64_t item, struct dated *ret_dated, struct err *err);

/* Only the days, where the table is known to be there. */
int dated_days(struct db *db, int64_t item, int32_t *ret_earliest, int32_t *ret_latest,
               struct err *err);

/* A walk over all of them by item, of which one may be open. */
struct dated_walk {
    struct stmt *stmt; /* NULL: at its end */
    int64_t item;      /* INT64_MAX at the end */
    int32_t earliest, latest;
    char year[5]; /* "" when it spans years */
};
int dated_walk_open(struct dated_walk *walk, struct db *db, struct err *err);
/* Moves on to `item` or the next above it; 1 when it is that item. */
int dated_walk_to(struct dated_walk *walk, int64_t item, struct err *err);
void dated_walk_close(struct dated_walk *walk);

#endif
