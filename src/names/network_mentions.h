/*
 * Mentions as a network is made of them: of persons, organisations and places, each with the entity
 * that it means in its document, in the order of pages. Private to names.
 */
#ifndef NAMES_NETWORK_MENTIONS_H
#define NAMES_NETWORK_MENTIONS_H

#include "names/network.h"

struct pair_count;

struct placed {
    int64_t page;
    uint32_t at, end; /* bytes of the page's text */
    uint32_t entity;
};

/* What is known of an entity, by its number. */
struct placed_entity {
    bool known; /* of a kind that is tied */
    enum mention_kind kind;
    int64_t documents, mentions; /* of the mentions looked at */
    int64_t documents_listed;    /* as lists of names have it */
};

struct placed_mentions {
    struct placed *rows;
    size_t count;
    size_t looked_at; /* mentions that the counts of entities are of */
    struct placed_entity *entities;
    size_t entity_count; /* numbers below it */
    bool capped;         /* there are more than are looked at */
    /* Counted before, of these and others; NULL: not yet, and `rows` has all to count. With it
     * there may be no rows. Borrowed from the snapshot. */
    const struct pair_count *pairs;
    size_t pair_count;
};

/* Those of the kinds and days of the query, and of its centres of whatever kind. */
int placed_load(struct sanad_case *kase, const struct network_query *query,
                struct placed_mentions *ret_mentions, struct err *err);
/* All of the kinds that are tied, up to `max`; the counts of entities are of the first
 * NETWORK_MENTIONS_MAX. */
int placed_load_all(struct sanad_case *kase, size_t max, struct placed_mentions *ret_mentions,
                    struct err *err);
void placed_release(struct placed_mentions *mentions);

/* Two mentions that are near each other, the later one of all pairs in the order of the text; with
 * each, those before it from the nearest on. */
typedef void near_fn(void *ctx, const struct placed *earlier, const struct placed *later);
void placed_near(const struct placed *rows, size_t count, near_fn *fn, void *ctx);

#endif
