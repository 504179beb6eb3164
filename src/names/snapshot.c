#include <stdlib.h>

#include "names/snapshot_rows.h"
#include "names/tables.h"
#include "store/dated.h"

/* ---- making it ---- */

static void post(struct snapshot *snapshot)
{
    const struct placed_mentions *mentions = &snapshot->mentions;
    uint32_t at = 0;

    snapshot->ends = mem_zalloc(mentions->entity_count, sizeof(*snapshot->ends));
    snapshot->postings = mem_zalloc(mentions->count + 1, sizeof(*snapshot->postings));
    for (size_t i = 0; i < mentions->count; i++)
        snapshot->ends[mentions->rows[i].entity]++;
    for (size_t i = 0; i < mentions->entity_count; i++) {
        uint32_t count = snapshot->ends[i];
        snapshot->ends[i] = at;
        at += count;
    }
    /* each begins where it is to end, and moves there */
    for (size_t i = 0; i < mentions->count; i++)
        snapshot->postings[snapshot->ends[mentions->rows[i].entity]++] = (uint32_t)i;
}

static void count_near(void *ctx, const struct placed *earlier, const struct placed *later)
{
    (void)pair_tally_add(ctx, earlier, later);
}

static void count_pairs(struct snapshot *snapshot)
{
    const struct placed_mentions *mentions = &snapshot->mentions;
    struct pair_tally tally;

    pair_tally_init(&tally);
    placed_near(mentions->rows,
                mentions->count < NETWORK_MENTIONS_MAX ? mentions->count : NETWORK_MENTIONS_MAX,
                count_near, &tally);
    pair_tally_close(&tally);
    if (tally.capped) {
        pair_tally_release(&tally);
        return;
    }
    snapshot->pairs = mem_realloc(tally.slots, tally.count + 1, sizeof(*tally.slots));
    snapshot->pair_count = tally.count;
}

static int take_days(struct snapshot *snapshot, struct dated_walk *walk, struct err *err)
{
    int rc = 0;

    while (rc >= 0 && walk->item != INT64_MAX) {
        snapshot->days = mem_room(snapshot->days, snapshot->day_count, sizeof(*snapshot->days));
        snapshot->days[snapshot->day_count++] =
            (struct snapshot_day){walk->item, walk->earliest, walk->latest};
        rc = dated_walk_to(walk, walk->item + 1, err);
    }
    return rc < 0 ? rc : 0;
}

static int load_days(struct snapshot *snapshot, struct db *db, struct err *err)
{
    struct dated_walk walk;
    int rc = dated_walk_open(&walk, db, err);

    if (!rc)
        rc = take_days(snapshot, &walk, err);
    dated_walk_close(&walk);
    return rc;
}

static int load(struct snapshot *snapshot, struct sanad_case *kase, struct err *err)
{
    int rc = placed_load_all(kase, SNAPSHOT_MENTIONS_MAX, &snapshot->mentions, err);

    if (rc || snapshot->mentions.capped)
        return rc;
    snapshot->mentions.rows =
        mem_realloc(snapshot->mentions.rows, snapshot->mentions.count + 1, sizeof(struct placed));
    post(snapshot);
    count_pairs(snapshot);
    return load_days(snapshot, case_db(kase), err);
}

int snapshot_load(struct sanad_case *kase, struct snapshot **ret_snapshot, struct err *err)
{
    struct db *db = case_db(kase);
    struct snapshot *snapshot = NULL;
    int rc = db_exec(db, "SAVEPOINT snapshot", err);

    *ret_snapshot = NULL;
    if (!rc && tables_are_there(db)) {
        snapshot = mem_zalloc(1, sizeof(*snapshot));
        rc = load(snapshot, kase, err);
    }
    int released = db_exec(db, "RELEASE snapshot", rc ? NULL : err);
    rc = rc ? rc : released;
    if (!rc && snapshot && !snapshot->mentions.capped)
        *ret_snapshot = snapshot;
    else
        snapshot_free(snapshot);
    return rc;
}

void snapshot_free(struct snapshot *snapshot)
{
    if (!snapshot)
        return;
    placed_release(&snapshot->mentions);
    free(snapshot->postings);
    free(snapshot->ends);
    free(snapshot->days);
    free(snapshot->pairs);
    free(snapshot);
}

/* ---- reading it ---- */

bool snapshot_has(const struct snapshot *snapshot, int64_t entity)
{
    return entity > 0 && (size_t)entity < snapshot->mentions.entity_count &&
           snapshot->mentions.entities[entity].known;
}

const uint32_t *snapshot_of(const struct snapshot *snapshot, int64_t entity, size_t *ret_count)
{
    *ret_count = 0;
    if (!snapshot_has(snapshot, entity))
        return snapshot->postings;
    uint32_t begin = snapshot->ends[entity - 1];
    *ret_count = snapshot->ends[entity] - begin;
    return snapshot->postings + begin;
}

static int day_order(const void *left, const void *right)
{
    const struct snapshot_day *a = left;
    const struct snapshot_day *b = right;

    return (a->item > b->item) - (a->item < b->item);
}

const struct snapshot_day *snapshot_day(const struct snapshot *snapshot, int64_t item)
{
    struct snapshot_day key = {.item = item};

    return snapshot->day_count == 0
               ? NULL
               : bsearch(&key, snapshot->days, snapshot->day_count, sizeof(key), day_order);
}
