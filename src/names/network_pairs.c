#include "names/network_pairs.h"

#include <stdlib.h>

#include "store/page.h"

enum { FIRST_SIZE = 1 << 12 };

void pair_tally_init(struct pair_tally *tally)
{
    *tally = (struct pair_tally){.size = FIRST_SIZE};
    tally->slots = mem_zalloc(tally->size, sizeof(*tally->slots));
}

void pair_tally_release(struct pair_tally *tally)
{
    free(tally->slots);
    *tally = (struct pair_tally){0};
}

/* Mixes the bits of two numbers (the finaliser of SplitMix64). */
static size_t hash_of(uint32_t a, uint32_t b)
{
    uint64_t x = (uint64_t)a << 32 | b;

    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return (size_t)(x ^ x >> 31);
}

/* Its place, or the empty one where it belongs. */
static struct pair_count *place_of(const struct pair_tally *tally, uint32_t a, uint32_t b)
{
    size_t at = hash_of(a, b) & (tally->size - 1);

    while (tally->slots[at].a && (tally->slots[at].a != a || tally->slots[at].b != b))
        at = (at + 1) & (tally->size - 1);
    return &tally->slots[at];
}

static void grow(struct pair_tally *tally)
{
    struct pair_tally larger = {.size = tally->size * 2, .count = tally->count};

    larger.slots = mem_zalloc(larger.size, sizeof(*larger.slots));
    for (size_t i = 0; i < tally->size; i++)
        if (tally->slots[i].a)
            *place_of(&larger, tally->slots[i].a, tally->slots[i].b) = tally->slots[i];
    free(tally->slots);
    *tally = larger;
}

/* NULL when there is no room for another pair. */
static struct pair_count *find(struct pair_tally *tally, uint32_t a, uint32_t b)
{
    struct pair_count *pair = place_of(tally, a, b);

    if (pair->a)
        return pair;
    if (tally->count == NETWORK_PAIRS_MAX) {
        tally->capped = true;
        return NULL;
    }
    if (tally->count >= tally->size / 3 * 2) {
        grow(tally);
        pair = place_of(tally, a, b);
    }
    tally->count++;
    pair->a = a;
    pair->b = b;
    pair->page = -1;
    return pair;
}

bool pair_tally_add(struct pair_tally *tally, const struct placed *earlier,
                    const struct placed *later)
{
    bool in_order = earlier->entity < later->entity;
    struct pair_count *pair = find(tally, in_order ? earlier->entity : later->entity,
                                   in_order ? later->entity : earlier->entity);

    if (!pair || (pair->page == later->page && earlier->at < pair->end))
        return false;
    pair->documents += pair->page < 0 || page_id_item(pair->page) != page_id_item(later->page);
    pair->passages++;
    pair->page = later->page;
    pair->end = later->end;
    return true;
}

void pair_tally_close(struct pair_tally *tally)
{
    size_t kept = 0;

    for (size_t i = 0; i < tally->size; i++)
        if (tally->slots[i].a)
            tally->slots[kept++] = tally->slots[i];
}
