/*
 * What each person has seen of a case, so that the next visit can tell what is new: the highest
 * number of an item and of an entry of the custody log that stood there. A mark for a person, not
 * an act: it is in no log.
 */
#ifndef STORE_VISIT_H
#define STORE_VISIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/case.h"

struct seen {
    int64_t at; /* seconds since the epoch */
    int64_t items, acts;
};

/* What `who` had seen when the last visit ended; 0 when this is the first, 1 else. */
int visit_before(struct sanad_case *kase, const char *who, struct seen *ret_seen, struct err *err);

/* In a transaction. `who` sees this much now. With `begins`, a visit begins: what was seen until
 * now is what was seen before it. */
int visit_put(struct sanad_case *kase, const char *who, const struct seen *seen, bool begins,
              struct err *err);

/* The number of the last entry of the custody log. */
int64_t acts_last(struct sanad_case *kase);

#endif
