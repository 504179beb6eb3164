/*
 * Running the derivers (store/deriver.h) over what is read. Private to ingest.
 */
#ifndef INGEST_DERIVE_H
#define INGEST_DERIVE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "ingest/keep.h"
#include "store/deriver.h"
#include "store/item.h"

/* The derivers of a run with their states. */
struct derive {
    const struct deriver *const *list; /* ends with NULL */
    void **states;
    size_t count;
    struct keep keep; /* what is read again */
};

int derive_start(struct derive *derive, struct sanad_case *kase, const struct deriver *const *list,
                 struct err *err);
void derive_finish(struct derive *derive);
int derive_flush(struct derive *derive, struct err *err);
/* What derivers compute from the whole case, at the end of a run. */
int derive_settle(struct derive *derive, struct err *err);
/* Removes what all derivers hold of an item. */
int derive_forget(struct derive *derive, struct sanad_case *kase, int64_t item, struct err *err);
/* The same and all else that was read from it: it waits to be read again. */
int derive_clear(struct derive *derive, struct sanad_case *kase, int64_t item, struct err *err);
/* Stores a page and runs the derivers on it. */
int derive_page(struct derive *derive, struct sanad_case *kase, struct page *page, struct err *err);
/* Stores what came of an item and runs the derivers on it, unless what was read from it before is
 * better (keep.h). */
int derive_reading(struct derive *derive, struct sanad_case *kase, int64_t item,
                   const struct reading *reading, struct err *err);
/* Runs them on a reading that is stored; on it and its stored pages. */
int derive_document(struct derive *derive, int64_t item, const struct reading *reading,
                    struct err *err);
int derive_stored(struct derive *derive, struct sanad_case *kase, int64_t item, struct err *err);

#endif
