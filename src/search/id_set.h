/*
 * A set of numbers that are counted from 1 without gaps (of values, of items), a bit each: a
 * million items take 122 KiB.
 */
#ifndef SEARCH_ID_SET_H
#define SEARCH_ID_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All zeros is the empty set. */
struct id_set {
    uint64_t *bits;
    size_t words; /* of `bits` */
    size_t count;
};

/* Numbers below 1 are left out. */
void id_set_add(struct id_set *set, int64_t id);
void id_set_release(struct id_set *set);

static inline bool id_set_has(const struct id_set *set, int64_t id)
{
    return id > 0 && (uint64_t)id / 64 < set->words &&
           (set->bits[(uint64_t)id / 64] >> ((uint64_t)id % 64) & 1) != 0;
}

#endif
