#include "names/network_mentions.h"

#include <stdlib.h>

#include "names/meaning.h"
#include "names/snapshot_rows.h"
#include "names/tables.h"
#include "store/dated.h"
#include "store/page.h"

struct loading {
    const struct network_query *query;
    struct placed_mentions *mentions;
    size_t max;
    struct meanings meanings;
    struct dated_walk dated;
    int64_t item; /* the last one, and whether it is of the days asked for */
    bool item_fits;
    int64_t *last_items; /* by entity: the last item that names it */
    struct err *err;
};

static bool is_centre(const struct network_query *query, int64_t id)
{
    for (size_t i = 0; i < query->centre_count; i++)
        if (query->centres[i] == id)
            return true;
    return false;
}

/* ---- the entities ---- */

static bool is_known(const struct network_query *query, int64_t id, int64_t kind)
{
    return (kind >= 0 && kind < NETWORK_KINDS && query->kinds[kind]) || is_centre(query, id);
}

static int take_entity(void *ctx, struct stmt *row)
{
    struct loading *loading = ctx;
    int64_t id = stmt_int(row, 0);
    int64_t kind = stmt_int(row, 1);

    if (id <= 0 || (size_t)id >= loading->mentions->entity_count)
        return 0;
    loading->mentions->entities[id].kind = (enum mention_kind)kind;
    loading->mentions->entities[id].documents_listed = stmt_int(row, 2);
    loading->mentions->entities[id].known = is_known(loading->query, id, kind);
    return 0;
}

static int load_entities(struct db *db, struct loading *loading)
{
    struct placed_mentions *mentions = loading->mentions;

    mentions->entity_count =
        (size_t)stmt_number(db_stmt(db, "SELECT max(id) FROM entity", NULL)) + 1;
    mentions->entities = mem_zalloc(mentions->entity_count, sizeof(*mentions->entities));
    loading->last_items = mem_zalloc(mentions->entity_count, sizeof(*loading->last_items));
    int rc = stmt_each(db_stmt(db, "SELECT id, kind, documents FROM entity", loading->err),
                       take_entity, loading, loading->err);
    return rc ? rc : meanings_load(&loading->meanings, db, loading->err);
}

/* ---- the mentions ---- */

static bool days_fit(const struct network_query *query, int dated, int32_t earliest, int32_t latest)
{
    if (!query->has_first && !query->has_last)
        return true;
    return dated && (!query->has_first || latest >= query->first) &&
           (!query->has_last || earliest <= query->last);
}

static int look_at_item(struct loading *loading, int64_t item)
{
    if (loading->item == item)
        return 0;
    int dated = dated_walk_to(&loading->dated, item, loading->err);
    loading->item = item;
    loading->item_fits =
        days_fit(loading->query, dated, loading->dated.earliest, loading->dated.latest);
    return dated < 0 ? dated : 0;
}

/* 1 when there is no room for it. */
static int keep(struct loading *loading, const struct placed *row)
{
    struct placed_mentions *mentions = loading->mentions;
    struct placed_entity *entity = &mentions->entities[row->entity];
    int64_t item = page_id_item(row->page);

    if (mentions->count == loading->max) {
        mentions->capped = true;
        return 1;
    }
    mentions->rows = mem_room(mentions->rows, mentions->count, sizeof(*mentions->rows));
    mentions->rows[mentions->count++] = *row;
    if (mentions->count > NETWORK_MENTIONS_MAX)
        return 0;
    mentions->looked_at = mentions->count;
    entity->mentions++;
    entity->documents += loading->last_items[row->entity] != item;
    loading->last_items[row->entity] = item;
    return 0;
}

static int take_mention(void *ctx, struct stmt *row)
{
    struct loading *loading = ctx;
    const struct placed_mentions *mentions = loading->mentions;
    int64_t page = stmt_int(row, 0);
    int64_t item = page_id_item(page);
    int rc = look_at_item(loading, item);

    if (rc < 0 || !loading->item_fits)
        return rc;
    uint32_t entity = meaning_in(&loading->meanings, stmt_int(row, 3), item);
    if (entity >= mentions->entity_count || !mentions->entities[entity].known)
        return 0;
    return keep(loading, &(struct placed){.page = page,
                                          .at = (uint32_t)stmt_int(row, 1),
                                          .end = (uint32_t)(stmt_int(row, 1) + stmt_int(row, 2)),
                                          .entity = entity});
}

static int walk(struct sanad_case *kase, const struct network_query *query, size_t max,
                struct placed_mentions *ret_mentions, struct err *err)
{
    struct db *db = case_db(kase);
    struct loading loading = {.query = query, .mentions = ret_mentions, .max = max, .err = err};
    int rc = load_entities(db, &loading);

    if (!rc)
        rc = dated_walk_open(&loading.dated, db, err);
    if (!rc) {
        rc =
            stmt_each(db_stmt(db, "SELECT page, at, len, name FROM mention ORDER BY page, at", err),
                      take_mention, &loading, err);
        dated_walk_close(&loading.dated);
    }
    meanings_release(&loading.meanings);
    free(loading.last_items);
    if (rc < 0)
        placed_release(ret_mentions);
    return rc < 0 ? rc : 0;
}

int placed_load_all(struct sanad_case *kase, size_t max, struct placed_mentions *ret_mentions,
                    struct err *err)
{
    struct network_query all = {.kinds = {true, true, true}};

    *ret_mentions = (struct placed_mentions){0};
    return walk(kase, &all, max, ret_mentions, err);
}

/* ---- from a snapshot ---- */

static bool has_all(const struct snapshot *snapshot, const struct network_query *query)
{
    for (size_t i = 0; i < query->centre_count; i++)
        if (!snapshot_has(snapshot, query->centres[i]))
            return false;
    return true;
}

/* Whether what was counted of all mentions is what a walk would count for the query: the days are
 * all days, and the mentions that are looked at are not chosen by kind. */
static bool is_counted(const struct snapshot *snapshot, const struct network_query *query)
{
    bool all_kinds = query->kinds[0] && query->kinds[1] && query->kinds[2];

    return snapshot->pairs && !query->has_first && !query->has_last &&
           (all_kinds || snapshot->mentions.count <= NETWORK_MENTIONS_MAX);
}

static void take_entities(const struct snapshot *snapshot, const struct network_query *query,
                          bool counted, struct placed_mentions *ret_mentions)
{
    size_t count = snapshot->mentions.entity_count;

    ret_mentions->entity_count = count;
    ret_mentions->entities = mem_zalloc(count, sizeof(*ret_mentions->entities));
    for (size_t i = 1; i < count; i++) {
        const struct placed_entity *from = &snapshot->mentions.entities[i];
        struct placed_entity *entity = &ret_mentions->entities[i];
        entity->kind = from->kind;
        entity->known = from->known && is_known(query, (int64_t)i, from->kind);
        if (!counted || !entity->known)
            continue;
        entity->documents = from->documents;
        entity->mentions = from->mentions;
        ret_mentions->looked_at += (size_t)from->mentions;
    }
}

static void take_rows(const struct snapshot *snapshot, struct loading *loading)
{
    const struct placed_mentions *from = &snapshot->mentions;
    bool full = false;

    loading->last_items = mem_zalloc(from->entity_count, sizeof(*loading->last_items));
    for (size_t i = 0; i < from->count && !full; i++) {
        const struct placed *row = &from->rows[i];
        int64_t item = page_id_item(row->page);
        if (!loading->mentions->entities[row->entity].known)
            continue;
        if (loading->item != item) {
            const struct snapshot_day *day = snapshot_day(snapshot, item);
            loading->item = item;
            loading->item_fits = days_fit(loading->query, day != NULL, day ? day->earliest : 0,
                                          day ? day->latest : 0);
        }
        if (loading->item_fits)
            full = keep(loading, row) != 0;
    }
    free(loading->last_items);
}

static void take_snapshot(const struct snapshot *snapshot, const struct network_query *query,
                          struct placed_mentions *ret_mentions)
{
    struct loading loading = {
        .query = query, .mentions = ret_mentions, .max = NETWORK_MENTIONS_MAX};
    bool counted = is_counted(snapshot, query);

    take_entities(snapshot, query, counted, ret_mentions);
    if (!counted) {
        take_rows(snapshot, &loading);
        return;
    }
    ret_mentions->capped = snapshot->mentions.count > NETWORK_MENTIONS_MAX;
    ret_mentions->pairs = snapshot->pairs;
    ret_mentions->pair_count = snapshot->pair_count;
}

int placed_load(struct sanad_case *kase, const struct network_query *query,
                struct placed_mentions *ret_mentions, struct err *err)
{
    *ret_mentions = (struct placed_mentions){0};
    if (!query->snapshot || !has_all(query->snapshot, query))
        return walk(kase, query, NETWORK_MENTIONS_MAX, ret_mentions, err);
    take_snapshot(query->snapshot, query, ret_mentions);
    return 0;
}

void placed_release(struct placed_mentions *mentions)
{
    free(mentions->rows);
    free(mentions->entities);
    *mentions = (struct placed_mentions){0};
}

void placed_near(const struct placed *rows, size_t count, near_fn *fn, void *ctx)
{
    for (size_t later = 1; later < count; later++) {
        for (size_t earlier = later; earlier-- > 0;) {
            if (rows[earlier].page != rows[later].page ||
                rows[later].at > rows[earlier].end + NETWORK_NEAR)
                break;
            if (rows[earlier].entity != rows[later].entity)
                fn(ctx, &rows[earlier], &rows[later]);
        }
    }
}
