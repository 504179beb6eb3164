#include "names/network_mentions.h"

#include <stdlib.h>

#include "names/meaning.h"
#include "names/tables.h"
#include "store/dated.h"
#include "store/page.h"

struct loading {
    const struct network_query *query;
    struct placed_mentions *mentions;
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

static int take_entity(void *ctx, struct stmt *row)
{
    struct loading *loading = ctx;
    int64_t id = stmt_int(row, 0);
    int64_t kind = stmt_int(row, 1);

    if (id <= 0 || (size_t)id >= loading->mentions->entity_count)
        return 0;
    loading->mentions->entities[id].kind = (enum mention_kind)kind;
    loading->mentions->entities[id].known =
        (kind >= 0 && kind < NETWORK_KINDS && loading->query->kinds[kind]) ||
        is_centre(loading->query, id);
    return 0;
}

static int load_entities(struct db *db, struct loading *loading)
{
    struct placed_mentions *mentions = loading->mentions;

    mentions->entity_count =
        (size_t)stmt_number(db_stmt(db, "SELECT max(id) FROM entity", NULL)) + 1;
    mentions->entities = mem_zalloc(mentions->entity_count, sizeof(*mentions->entities));
    loading->last_items = mem_zalloc(mentions->entity_count, sizeof(*loading->last_items));
    int rc = stmt_each(db_stmt(db, "SELECT id, kind FROM entity", loading->err), take_entity,
                       loading, loading->err);
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

static int take_mention(void *ctx, struct stmt *row)
{
    struct loading *loading = ctx;
    struct placed_mentions *mentions = loading->mentions;
    int64_t page = stmt_int(row, 0);
    int64_t item = page_id_item(page);
    int rc = look_at_item(loading, item);

    if (rc < 0 || !loading->item_fits)
        return rc;
    uint32_t entity = meaning_in(&loading->meanings, stmt_int(row, 3), item);
    if (entity >= mentions->entity_count || !mentions->entities[entity].known)
        return 0;
    if (mentions->count == NETWORK_MENTIONS_MAX) {
        mentions->capped = true;
        return 1;
    }
    mentions->rows = mem_room(mentions->rows, mentions->count, sizeof(*mentions->rows));
    mentions->rows[mentions->count++] =
        (struct placed){.page = page,
                        .at = (uint32_t)stmt_int(row, 1),
                        .end = (uint32_t)(stmt_int(row, 1) + stmt_int(row, 2)),
                        .entity = entity};
    mentions->entities[entity].mentions++;
    mentions->entities[entity].documents += loading->last_items[entity] != item;
    loading->last_items[entity] = item;
    return 0;
}

int placed_load(struct sanad_case *kase, const struct network_query *query,
                struct placed_mentions *ret_mentions, struct err *err)
{
    struct db *db = case_db(kase);
    struct loading loading = {.query = query, .mentions = ret_mentions, .err = err};

    *ret_mentions = (struct placed_mentions){0};
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
