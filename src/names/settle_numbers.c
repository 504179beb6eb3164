/*
 * The numbers of entities: a cluster keeps the one that most of its spellings had, new ones get new
 * ones, and a number that lost its cluster leads to the one that most of its spellings went to.
 */
#include <stdlib.h>
#include <string.h>

#include "names/settle.h"

static int keep_number(void *ctx, int64_t id, int64_t entity)
{
    struct settling *s = ctx;
    uint32_t name = settle_find(s, id);

    if (name != SETTLE_NONE)
        s->names[name].number = entity;
    return 0;
}

/* How many spellings of a cluster had a number. */
struct vote {
    int64_t number;
    uint32_t cluster, votes;
};

static int by_number_and_cluster(const void *left, const void *right)
{
    const struct vote *a = left;
    const struct vote *b = right;

    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return (a->cluster > b->cluster) - (a->cluster < b->cluster);
}

static int by_votes(const void *left, const void *right)
{
    const struct vote *a = left;
    const struct vote *b = right;

    if (a->votes != b->votes)
        return a->votes > b->votes ? -1 : 1;
    return by_number_and_cluster(left, right);
}

static size_t count_votes(const struct settling *s, struct vote *votes)
{
    size_t count = 0;
    size_t kept = 0;

    for (uint32_t i = 0; i < s->count; i++)
        if (s->names[i].number && settle_lives(s, i))
            votes[count++] = (struct vote){s->names[i].number, s->clusters.of[i], 1};
    if (count)
        qsort(votes, count, sizeof(*votes), by_number_and_cluster);
    for (size_t i = 0; i < count; i++) {
        if (kept && !by_number_and_cluster(&votes[kept - 1], &votes[i]))
            votes[kept - 1].votes++;
        else
            votes[kept++] = votes[i];
    }
    if (kept)
        qsort(votes, kept, sizeof(*votes), by_votes);
    return kept;
}

/* The number that most spellings of a cluster had, unless more of another's had it. */
static void keep_numbers(struct settling *s)
{
    struct vote *votes = mem_alloc((s->count + 1) * sizeof(*votes));
    size_t count = count_votes(s, votes);

    s->moved = mem_alloc(((size_t)s->last_number + 1) * sizeof(*s->moved));
    memset(s->moved, 0xFF, ((size_t)s->last_number + 1) * sizeof(*s->moved));
    for (size_t i = 0; i < count; i++) {
        const struct vote *vote = &votes[i];
        if (s->moved[vote->number] != SETTLE_NONE)
            continue;
        s->moved[vote->number] = vote->cluster; /* by most votes, whether it takes it or not */
        if (!s->entities[vote->cluster].id)
            s->entities[vote->cluster].id = vote->number;
    }
    free(votes);
}

/* New clusters get new numbers, and names that are new, or that were taken out of the entity whose
 * number they had, are given that of their cluster for good. */
static int give_numbers(struct settling *s)
{
    int64_t given = s->last_number;
    int rc = 0;

    for (uint32_t i = 0; i < s->count && !rc; i++) {
        struct settle_name *one = &s->names[i];
        struct settle_entity *entity = &s->entities[s->clusters.of[i]];

        if (!settle_lives(s, i))
            continue;
        if (!entity->id)
            entity->id = ++given;
        bool elsewhere = one->number && one->number != entity->id &&
                         s->entities[s->moved[one->number]].id == one->number;
        if (!one->number || elsewhere)
            rc = number_put(s->db, one->kind, settle_spelling(s, i), entity->id, s->err);
    }
    return rc;
}

int settle_numbers(struct settling *s)
{
    int rc = number_last(s->db, &s->last_number, s->err);

    if (!rc)
        rc = numbers_each(s->db, keep_number, s, s->err);
    s->entities = mem_zalloc(s->count + 1, sizeof(*s->entities));
    if (rc)
        return rc;
    keep_numbers(s);
    return give_numbers(s);
}
