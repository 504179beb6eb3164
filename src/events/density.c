#include "events/density.h"

#include <stdlib.h>
#include <string.h>

#include "store/dated.h"

/* ---- documents ---- */

static int take_days(void *ctx, struct stmt *row)
{
    struct documents_days *days = ctx;
    struct document_days document = {.item = stmt_int(row, 0),
                                     .earliest = (int32_t)stmt_int(row, 1),
                                     .latest = (int32_t)stmt_int(row, 2),
                                     .dated = !stmt_is_null(row, 1)};

    if (document.dated) {
        bool first = (int64_t)days->count == days->undated;
        if (first || document.earliest < days->first)
            days->first = document.earliest;
        if (first || document.latest > days->last)
            days->last = document.latest;
    } else {
        days->undated++;
    }
    days->rows = mem_room(days->rows, days->count, sizeof(*days->rows));
    days->rows[days->count++] = document;
    return 0;
}

int documents_days_load(struct sanad_case *kase, struct documents_days *ret_days, struct err *err)
{
    struct db *db = case_db(kase);
    int dated = dated_is_there(db, err);

    *ret_days = (struct documents_days){0};
    if (dated < 0)
        return dated;
    int rc = stmt_each(
        dated ? db_stmt(db,
                        "SELECT r.item, d.earliest, d.latest FROM reading r"
                        " LEFT JOIN dated d ON d.item = r.item WHERE r.chars > 0 ORDER BY r.item",
                        err)
              : db_stmt(db, "SELECT item, NULL, NULL FROM reading WHERE chars > 0 ORDER BY item",
                        err),
        take_days, ret_days, err);
    if (rc)
        documents_days_release(ret_days);
    return rc;
}

void documents_days_release(struct documents_days *days)
{
    free(days->rows);
    *days = (struct documents_days){0};
}

/* ---- sets ---- */

void item_set_release(struct item_set *set)
{
    free(set->items);
    *set = (struct item_set){0};
}

void item_set_add(struct item_set *set, int64_t item)
{
    set->items = mem_room(set->items, set->count, sizeof(*set->items));
    set->items[set->count++] = item;
}

bool item_set_has(const struct item_set *set, int64_t item)
{
    size_t low = 0;
    size_t high = set->count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (set->items[middle] == item)
            return true;
        if (set->items[middle] < item)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* ---- counting ---- */

static int stretch_order(const void *left, const void *right)
{
    const struct density_stretch *a = left;
    const struct density_stretch *b = right;

    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return (a->last > b->last) - (a->last < b->last);
}

/* Sorts the stretches and counts equal ones as one. */
static void stretches_join(struct density *density)
{
    size_t kept = 0;

    if (density->stretch_count)
        qsort(density->stretches, density->stretch_count, sizeof(*density->stretches),
              stretch_order);
    for (size_t i = 0; i < density->stretch_count; i++) {
        struct density_stretch *last = kept ? &density->stretches[kept - 1] : NULL;
        if (last && stretch_order(last, &density->stretches[i]) == 0)
            last->documents += density->stretches[i].documents;
        else
            density->stretches[kept++] = density->stretches[i];
    }
    density->stretch_count = kept;
}

static void count_one(const struct document_days *document, const struct scale *scale,
                      struct density *density)
{
    density->documents++;
    if (!document->dated) {
        density->undated++;
        return;
    }
    if (!scale->count || document->latest < scale->starts[0] ||
        document->earliest >= scale->starts[scale->count]) {
        density->beyond++;
        return;
    }
    size_t part = scale_part(scale, document->earliest);
    if (document->earliest >= scale->starts[part] && document->latest < scale->starts[part + 1]) {
        density->on_parts++;
        density->parts[part]++;
        return;
    }
    density->on_stretches++;
    density->stretches =
        mem_room(density->stretches, density->stretch_count, sizeof(*density->stretches));
    density->stretches[density->stretch_count++] =
        (struct density_stretch){document->earliest, document->latest, 1};
}

void density_count(const struct documents_days *days, const struct scale *scale,
                   const struct item_set *set, struct density *ret_density)
{
    *ret_density = (struct density){0};
    ret_density->parts = mem_zalloc(scale->count + 1, sizeof(*ret_density->parts));
    for (size_t i = 0; i < days->count; i++)
        if (!set || item_set_has(set, days->rows[i].item))
            count_one(&days->rows[i], scale, ret_density);
    stretches_join(ret_density);
}

void density_release(struct density *density)
{
    free(density->parts);
    free(density->stretches);
    *density = (struct density){0};
}

/* ---- lists ---- */

static int days_order(const void *left, const void *right)
{
    const struct document_days *a = left;
    const struct document_days *b = right;

    if (a->earliest != b->earliest)
        return a->earliest < b->earliest ? -1 : 1;
    if (a->latest != b->latest)
        return a->latest < b->latest ? -1 : 1;
    return (a->item > b->item) - (a->item < b->item);
}

static void list_add(struct density_list *list, const struct document_days *document)
{
    list->rows = mem_room(list->rows, list->count, sizeof(*list->rows));
    list->rows[list->count++] = *document;
}

static bool is_inside(const struct document_days *document, int32_t first, int32_t last)
{
    return document->earliest >= first && document->latest <= last;
}

/* Adds those that lie between the days wholly, or those that only may. */
static void add_between(const struct documents_days *days, int32_t first, int32_t last,
                        const struct item_set *set, bool inside, struct density_list *list)
{
    size_t from = list->count;

    for (size_t i = 0; i < days->count; i++) {
        const struct document_days *document = &days->rows[i];
        if (document->dated && document->latest >= first && document->earliest <= last &&
            is_inside(document, first, last) == inside &&
            (!set || item_set_has(set, document->item)))
            list_add(list, document);
    }
    if (list->count > from)
        qsort(list->rows + from, list->count - from, sizeof(*list->rows), days_order);
}

void density_documents(const struct documents_days *days, int32_t first, int32_t last,
                       const struct item_set *set, struct density_list *ret_list)
{
    *ret_list = (struct density_list){0};
    add_between(days, first, last, set, true, ret_list);
    ret_list->inside = ret_list->count;
    add_between(days, first, last, set, false, ret_list);
}

void density_undated(const struct documents_days *days, const struct item_set *set,
                     struct density_list *ret_list)
{
    *ret_list = (struct density_list){0};
    for (size_t i = 0; i < days->count; i++)
        if (!days->rows[i].dated && (!set || item_set_has(set, days->rows[i].item)))
            list_add(ret_list, &days->rows[i]);
    ret_list->inside = ret_list->count;
}

void density_list_release(struct density_list *list)
{
    free(list->rows);
    *list = (struct density_list){0};
}
