/*
 * How many bytes of children may still be received below an outermost container: zip bombs end
 * here.
 */
#ifndef INGEST_BUDGET_H
#define INGEST_BUDGET_H

#include "store/item.h"

enum { BUDGETS_KEPT = 64 }; /* no fewer than documents are read at a time */

struct budget {
    int64_t root; /* 0: free */
    uint64_t used, max;
};

/* Those of the containers in work; zeroed at first. To add up what is below one takes as long as it
 * has children, so it is done once. */
struct budgets {
    struct budget kept[BUDGETS_KEPT];
    unsigned next;
};

/* The larger of a fixed size and a multiple of the container's own. */
uint64_t budget_of(uint64_t bytes, uint64_t fixed, uint64_t ratio);

/* What may still come out of `item`; no bound by this for an outermost container. Text passes
 * whatever is left, for a large archive must not lose the text of its last documents. */
uint64_t budget_left(struct budgets *budgets, struct sanad_case *kase, const struct item *item);

/* `bytes` of children were received below `root`. */
void budget_use(struct budgets *budgets, int64_t root, uint64_t bytes);

#endif
