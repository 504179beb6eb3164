/* What a snapshot holds. Private to names. */
#ifndef NAMES_SNAPSHOT_ROWS_H
#define NAMES_SNAPSHOT_ROWS_H

#include "names/network_pairs.h"
#include "names/snapshot.h"

struct snapshot_day {
    int64_t item;
    int32_t earliest, latest;
};

struct snapshot {
    /* All of them in the order of pages; what is counted of an entity is counted of the first
     * NETWORK_MENTIONS_MAX, as it is of a network. */
    struct placed_mentions mentions;
    uint32_t *postings; /* places of rows, by entity, ascending */
    uint32_t *ends;     /* by entity, of its postings; they begin at the end of the one before */
    struct snapshot_day *days; /* by item */
    size_t day_count;
    /* Of the first NETWORK_MENTIONS_MAX mentions; NULL when they are too many. */
    struct pair_count *pairs;
    size_t pair_count;
};

/* The rows of an entity, a part of the postings. */
const uint32_t *snapshot_of(const struct snapshot *snapshot, int64_t entity, size_t *ret_count);

/* NULL for a document without a date. */
const struct snapshot_day *snapshot_day(const struct snapshot *snapshot, int64_t item);

/* Whether it has the mentions of this entity, which is of a kind that is tied. */
bool snapshot_has(const struct snapshot *snapshot, int64_t entity);

#endif
