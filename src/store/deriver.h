/*
 * Derivers: how modules above store take part in an ingest without ingest knowing them. `cmd`
 * gives the list; ingest runs it on every page and document inside the document's transaction,
 * and `sanad rebuild` runs the same over stored text.
 */
#ifndef STORE_DERIVER_H
#define STORE_DERIVER_H

#include <stdint.h>

#include "base/err.h"
#include "store/case.h"
#include "store/item.h"
#include "store/page.h"

struct deriver {
    const char *name; /* "search" */
    int version;      /* raised when what it computes changes: it alone is rebuilt */

    /* Makes its tables where they are missing. */
    int (*create)(struct sanad_case *kase, struct err *err);
    /* Drops all that it holds. */
    int (*drop)(struct sanad_case *kase, struct err *err);
    /* A run: `start` gives a state, handed to the others; `finish` frees it. */
    int (*start)(struct sanad_case *kase, void **ret_state, struct err *err);
    /* Removes what it holds of one item (before it is read again). */
    int (*forget)(void *state, struct sanad_case *kase, int64_t item, struct err *err);
    /* Words in a text by this module's reckoning, before the page is stored; NULL if it has none.
     * The first deriver that has one decides the page's size class. */
    uint32_t (*count)(void *state, const char *text, size_t len);
    int (*page)(void *state, const struct page *page, struct err *err);
    int (*document)(void *state, int64_t item, const struct reading *reading, struct err *err);
    /* Before every commit. */
    int (*flush)(void *state, struct err *err);
    /* After the last flush of a run that was not interrupted, before its last commit: what is
     * computed from the whole case. NULL for none. */
    int (*settle)(void *state, struct err *err);
    void (*finish)(void *state);
};

enum { DERIVERS_MAX = 16 };

/* Makes the tables of derivers that have none, and empties those of derivers whose version changed.
 * Those through which stored text must be run are listed in ret_stale (ended by NULL): changed
 * ones, and new ones in a case that holds readings. The list ends with NULL and has at most
 * DERIVERS_MAX. */
int derivers_prepare(struct sanad_case *kase, const struct deriver *const *list,
                     const struct deriver *ret_stale[DERIVERS_MAX + 1], struct err *err);

#endif
