#include "names/by_document.h"

#include <stdlib.h>

#include "base/attr.h"
#include "base/buf.h"
#include "names/meaning.h"
#include "names/tables.h"
#include "store/page.h"

_Static_assert(MENTION_PERSON == 0 && MENTION_PLACE + 1 == BY_DOCUMENT_KINDS,
               "persons, organisations and places are the first kinds");

enum { NO_KIND = 0xFF };

struct by_document {
    int64_t *items; /* ascending; those that name somebody */
    uint32_t *ends; /* of each one's entities */
    size_t item_count;
    uint32_t *entities;
    size_t pair_count;
    uint8_t *kinds; /* by entity */
    size_t entity_count;
};

struct loading {
    struct by_document *index;
    struct meanings meanings;
    size_t *last; /* by entity: the last document that names it, counted from 1 */
    struct err *err;
};

static int take_kind(void *ctx, int64_t id, int64_t kind)
{
    struct by_document *index = ctx;

    if (id > 0 && (size_t)id < index->entity_count && kind >= 0 && kind < BY_DOCUMENT_KINDS)
        index->kinds[id] = (uint8_t)kind;
    return 0;
}

static void begin_item(struct by_document *index, int64_t item)
{
    if (index->item_count > 0 && index->items[index->item_count - 1] == item)
        return;
    index->items = mem_room(index->items, index->item_count, sizeof(*index->items));
    index->ends = mem_room(index->ends, index->item_count, sizeof(*index->ends));
    index->items[index->item_count] = item;
    index->ends[index->item_count++] = (uint32_t)index->pair_count;
}

static int take_mention(void *ctx, int64_t page, int64_t name)
{
    struct loading *loading = ctx;
    struct by_document *index = loading->index;
    int64_t item = page_id_item(page);
    uint32_t entity = meaning_in(&loading->meanings, name, item);

    if (entity >= index->entity_count || index->kinds[entity] == NO_KIND)
        return 0;
    begin_item(index, item);
    if (loading->last[entity] == index->item_count)
        return 0;
    if (index->pair_count == BY_DOCUMENT_PAIRS_MAX)
        return err_set(loading->err, ERR_LIMIT, "the case names more than can be counted at once");
    loading->last[entity] = index->item_count;
    index->entities = mem_room(index->entities, index->pair_count, sizeof(*index->entities));
    index->entities[index->pair_count++] = entity;
    index->ends[index->item_count - 1] = (uint32_t)index->pair_count;
    return 0;
}

static int load(struct loading *loading, struct db *db)
{
    struct by_document *index = loading->index;

    index->entity_count = (size_t)stmt_number(db_stmt(db, "SELECT max(id) FROM entity", NULL)) + 1;
    index->kinds = mem_zalloc(index->entity_count, sizeof(*index->kinds));
    for (size_t i = 0; i < index->entity_count; i++)
        index->kinds[i] = NO_KIND;
    loading->last = mem_zalloc(index->entity_count, sizeof(*loading->last));
    int rc = pairs_each(db_stmt(db, "SELECT id, kind FROM entity", loading->err), take_kind, index,
                        loading->err);
    if (!rc)
        rc = meanings_load(&loading->meanings, db, loading->err);
    return rc ? rc : mentions_each(db, take_mention, loading, loading->err);
}

int by_document_load(struct sanad_case *kase, struct by_document **ret_index, struct err *err)
{
    struct db *db = case_db(kase);
    struct loading loading = {.index = mem_zalloc(1, sizeof(struct by_document)), .err = err};
    int rc = db_exec(db, "SAVEPOINT by_document", err);

    if (!rc && tables_are_there(db))
        rc = load(&loading, db);
    meanings_release(&loading.meanings);
    free(loading.last);
    int released = db_exec(db, "RELEASE by_document", rc ? NULL : err);
    rc = rc ? rc : released;
    if (rc)
        by_document_free(loading.index);
    else
        *ret_index = loading.index;
    return rc;
}

void by_document_free(struct by_document *index)
{
    if (!index)
        return;
    free(index->items);
    free(index->ends);
    free(index->entities);
    free(index->kinds);
    free(index);
}

/* ---- counting ---- */

static void count_document(const struct by_document *index, size_t at, enum mention_kind kind,
                           uint32_t *counts)
{
    for (uint32_t i = at > 0 ? index->ends[at - 1] : 0; i < index->ends[at]; i++)
        counts[index->entities[i]] += index->kinds[index->entities[i]] == kind;
}

/* Into the list, which stays in order; the last one falls out when it is full. */
static void place(struct named_count *list, size_t *count, size_t max, struct named_count one)
{
    size_t at = *count;

    if (at == max && (max == 0 || list[max - 1].documents >= one.documents))
        return;
    if (at == max)
        at--;
    else
        ++*count;
    for (; at > 0 && list[at - 1].documents < one.documents; at--)
        list[at] = list[at - 1];
    list[at] = one;
}

struct named_counts by_document_count(const struct by_document *index, const int64_t *items,
                                      size_t item_count, enum mention_kind kind, size_t max,
                                      struct named_count *ret_list)
{
    CLEANUP(cleanup_free) uint32_t *counts = mem_zalloc(index->entity_count + 1, sizeof(*counts));
    struct named_counts result = {0};

    for (size_t i = 0, at = 0; i < item_count && at < index->item_count; i++) {
        while (at < index->item_count && index->items[at] < items[i])
            at++;
        if (at < index->item_count && index->items[at] == items[i])
            count_document(index, at, kind, counts);
    }
    for (size_t id = 1; id < index->entity_count; id++) {
        if (counts[id] == 0)
            continue;
        result.total++;
        place(ret_list, &result.count, max,
              (struct named_count){.entity = (int64_t)id, .documents = counts[id]});
    }
    return result;
}
