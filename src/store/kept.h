/*
 * Readings set aside while their items are read again: `sanad retry` must not lose what was read
 * before. They are in tables of their own, so an interruption does not lose them either.
 */
#ifndef STORE_KEPT_H
#define STORE_KEPT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/case.h"
#include "wire/frame.h"

/* What can be relied on of a reading's text; how it is measured is its maker's. */
struct worth {
    int64_t sure, weight;
};

/* Makes the tables where they are missing; for writers, inside a transaction. */
int kept_prepare(struct sanad_case *kase, struct err *err);
/* Whether anything is set aside. */
bool kept_any(struct sanad_case *kase);

/* Sets the reading of `item` aside, with its pages and facts, unless one is already; it stays where
 * it is, too. `wanted`: the item is read again for its own sake. */
int kept_put(struct sanad_case *kase, int64_t item, bool wanted, const struct worth *worth,
             struct err *err);

/* What is set aside of an item, in brief. */
struct kept_state {
    enum outcome outcome;
    enum reason reason;
    char detail[DETAIL_MAX];
    int64_t chars;
    bool wanted;
    struct worth worth;
};
/* 1 when something is, 0 when nothing. */
int kept_look(struct sanad_case *kase, int64_t item, struct kept_state *ret_state, struct err *err);

/* Puts what is set aside back in the place of the item's reading, with other words beside its
 * reason and so many children. Of the present reading nothing may be left (reading_clear). */
int kept_restore(struct sanad_case *kase, int64_t item, const char *detail, int64_t children,
                 struct err *err);

/* Forgets what is set aside of an item; of all. */
int kept_drop(struct sanad_case *kase, int64_t item, struct err *err);
int kept_clear(struct sanad_case *kase, struct err *err);

#endif
