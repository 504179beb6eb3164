/*
 * How often two entities are named together: a tally of pairs. Private to names.
 */
#ifndef NAMES_NETWORK_PAIRS_H
#define NAMES_NETWORK_PAIRS_H

#include "names/network_mentions.h"

struct pair_count {
    uint32_t a, b; /* a < b; 0: an empty place of the table */
    uint32_t end;  /* of the last passage, on `page` */
    uint32_t passages, documents;
    int64_t page;
};

/* A hash table with open addressing; its size is a power of two, at most two thirds full. */
struct pair_tally {
    struct pair_count *slots;
    size_t size, count;
    bool capped; /* there are more than NETWORK_PAIRS_MAX */
};

void pair_tally_init(struct pair_tally *tally);
void pair_tally_release(struct pair_tally *tally);

/* Counts a passage with both, given in the order of their later mentions, the nearest first; one
 * that overlaps with the pair's last does not count. True when it does. */
bool pair_tally_add(struct pair_tally *tally, const struct placed *earlier,
                    const struct placed *later);

/* Takes the empty places out: the pairs are the first tally->count of tally->slots, in no order,
 * and nothing can be added any more. */
void pair_tally_close(struct pair_tally *tally);

#endif
