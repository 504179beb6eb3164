/*
 * Mentions as a network is made of them: of persons, organisations and places, each with the entity
 * that it means in its document, in the order of pages. Private to names.
 */
#ifndef NAMES_NETWORK_MENTIONS_H
#define NAMES_NETWORK_MENTIONS_H

#include "names/network.h"

struct placed {
    int64_t page;
    uint32_t at, end; /* bytes of the page's text */
    uint32_t entity;
};

/* What is known of an entity, by its number. */
struct placed_entity {
    bool known; /* of a kind that is tied */
    enum mention_kind kind;
    int64_t documents, mentions; /* of the mentions kept */
};

struct placed_mentions {
    struct placed *rows;
    size_t count;
    struct placed_entity *entities;
    size_t entity_count; /* numbers below it */
    bool capped;         /* there are more than NETWORK_MENTIONS_MAX */
};

/* Those of the kinds and days of the query, and of its centres of whatever kind. */
int placed_load(struct sanad_case *kase, const struct network_query *query,
                struct placed_mentions *ret_mentions, struct err *err);
void placed_release(struct placed_mentions *mentions);

/* Two mentions that are near each other, the later one of all pairs in the order of the text; with
 * each, those before it from the nearest on. */
typedef void near_fn(void *ctx, const struct placed *earlier, const struct placed *later);
void placed_near(const struct placed *rows, size_t count, near_fn *fn, void *ctx);

#endif
