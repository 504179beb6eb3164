/* Who is named on the same pages. */
#include <stdlib.h>

#include "base/attr.h"
#include "names/browse.h"
#include "names/snapshot_rows.h"
#include "names/tables.h"

/* ---- by a walk ---- */

struct company_walk {
    entity_company_fn *fn;
    void *ctx;
};

static int give_company(void *ctx, struct stmt *row)
{
    const struct company_walk *walk = ctx;
    struct entity with = entity_at(row, 0);

    return walk->fn(walk->ctx, &with, stmt_int(row, ENTITY_COLUMNS));
}

static int walk(struct sanad_case *kase, const struct company_list *list, entity_company_fn *fn,
                void *ctx, struct err *err)
{
    struct stmt *stmt = db_stmt(
        case_db(kase),
        "SELECT " ENTITY_FIELDS ", w.pages FROM"
        " (SELECT coalesce(l.entity, n.entity) AS entity, count(DISTINCT m.page) AS pages FROM"
        "  (SELECT DISTINCT page FROM"
        "   (SELECT page FROM " MENTIONS_OF " ORDER BY page LIMIT ?3)) o"
        "  JOIN mention m ON m.page = o.page JOIN name n ON n.id = m.name"
        "  LEFT JOIN name_local l ON l.name = n.id AND l.item = m.page >> 24"
        "  GROUP BY 1) w"
        " JOIN entity e ON e.id = w.entity JOIN name n ON n.id = e.head"
        " LEFT JOIN " CALLED_ROWS " c ON c.entity = e.id"
        " WHERE e.id <> ?1 AND e.kind <= ?4 AND (?5 < 0 OR e.kind = ?5)"
        " ORDER BY w.pages DESC, e.documents, e.id LIMIT ?2",
        err);
    struct company_walk given = {fn, ctx};

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, list->entity);
    stmt_bind_int(stmt, 2, list->limit);
    stmt_bind_int(stmt, 3, BROWSE_MENTIONS_MAX);
    stmt_bind_int(stmt, 4, MENTION_PLACE);
    stmt_bind_int(stmt, 5, list->kind);
    return stmt_each(stmt, give_company, &given, err);
}

/* ---- from a snapshot ---- */

struct companion {
    uint32_t entity;
    uint32_t pages;
    int64_t last; /* the last page that counted */
    int64_t documents;
};

static int companion_order(const void *left, const void *right)
{
    const struct companion *a = left;
    const struct companion *b = right;

    if (a->pages != b->pages)
        return a->pages > b->pages ? -1 : 1;
    if (a->documents != b->documents)
        return a->documents < b->documents ? -1 : 1;
    return (a->entity > b->entity) - (a->entity < b->entity);
}

/* All that are named on the page on which the row stands. */
static void count_page(const struct placed_mentions *mentions, size_t row,
                       struct companion *companions)
{
    int64_t page = mentions->rows[row].page;

    while (row > 0 && mentions->rows[row - 1].page == page)
        row--;
    for (; row < mentions->count && mentions->rows[row].page == page; row++) {
        struct companion *companion = &companions[mentions->rows[row].entity];
        companion->pages += companion->last != page;
        companion->last = page;
    }
}

static void count_pages(const struct snapshot *snapshot, int64_t entity,
                        struct companion *companions)
{
    size_t count;
    const uint32_t *rows = snapshot_of(snapshot, entity, &count);
    int64_t page = -1;

    for (size_t i = 0; i < count && i < BROWSE_MENTIONS_MAX; i++) {
        if (snapshot->mentions.rows[rows[i]].page == page)
            continue;
        page = snapshot->mentions.rows[rows[i]].page;
        count_page(&snapshot->mentions, rows[i], companions);
    }
}

struct giving {
    const struct companion *companion;
    entity_company_fn *fn;
    void *ctx;
};

/* One that is another by now stands in the list itself. */
static int give_entity(void *ctx, const struct entity *with)
{
    const struct giving *giving = ctx;

    return with->id == giving->companion->entity
               ? giving->fn(giving->ctx, with, giving->companion->pages)
               : 0;
}

static int give(struct sanad_case *kase, const struct companion *companion, entity_company_fn *fn,
                void *ctx, struct err *err)
{
    struct giving giving = {companion, fn, ctx};
    int rc = entity_one(kase, companion->entity, give_entity, &giving, err);

    return rc == ERR_NOT_FOUND ? 0 : rc; /* it is not there any more */
}

static int count(struct sanad_case *kase, const struct company_list *list, entity_company_fn *fn,
                 void *ctx, struct err *err)
{
    const struct placed_mentions *mentions = &list->snapshot->mentions;
    CLEANUP(cleanup_free)
    struct companion *companions = mem_zalloc(mentions->entity_count, sizeof(*companions));
    size_t kept = 0;
    int rc = 0;

    count_pages(list->snapshot, list->entity, companions);
    for (size_t i = 1; i < mentions->entity_count; i++) {
        const struct placed_entity *entity = &mentions->entities[i];
        bool fits = list->kind < 0 || entity->kind == (enum mention_kind)list->kind;
        if (companions[i].pages == 0 || !fits || (int64_t)i == list->entity)
            continue;
        companions[kept++] = (struct companion){.entity = (uint32_t)i,
                                                .pages = companions[i].pages,
                                                .documents = entity->documents_listed};
    }
    if (kept)
        qsort(companions, kept, sizeof(*companions), companion_order);
    for (size_t i = 0; i < kept && (int64_t)i < list->limit && !rc; i++)
        rc = give(kase, &companions[i], fn, ctx, err);
    return rc;
}

int entity_company(struct sanad_case *kase, const struct company_list *list, entity_company_fn *fn,
                   void *ctx, struct err *err)
{
    return list->snapshot && snapshot_has(list->snapshot, list->entity)
               ? count(kase, list, fn, ctx, err)
               : walk(kase, list, fn, ctx, err);
}
