/* The passages behind a tie. */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/utf8.h"
#include "names/snapshot_rows.h"
#include "names/tables.h"
#include "store/dated.h"
#include "store/item.h"
#include "store/page.h"
#include "text/passage.h"

/* A passage of the tie: where its two names stand. */
struct found {
    struct placed earlier, later;
    int32_t earliest, latest; /* days of the document, when it has a date */
    bool is_dated;
};

struct gathering {
    const struct tie_passage_list *list;
    const struct snapshot *snapshot; /* or NULL */
    struct db *db;
    struct placed *rows;
    size_t row_count;
    uint32_t entity; /* whose mentions are being read */
    struct pair_tally tally;
    struct found *found;
    size_t found_count;
    int rc;
    struct err *err;
};

static int take_place(void *ctx, struct stmt *row)
{
    struct gathering *g = ctx;

    if (g->row_count >= NETWORK_MENTIONS_MAX)
        return 1;
    g->rows = mem_room(g->rows, g->row_count, sizeof(*g->rows));
    g->rows[g->row_count++] =
        (struct placed){.page = stmt_int(row, 0),
                        .at = (uint32_t)stmt_int(row, 1),
                        .end = (uint32_t)(stmt_int(row, 1) + stmt_int(row, 2)),
                        .entity = g->entity};
    return 0;
}

static int read_places(struct gathering *g, int64_t entity)
{
    struct stmt *stmt = db_stmt(g->db, "SELECT page, at, len FROM " MENTIONS_OF, g->err);

    if (!stmt)
        return ERR_IO;
    g->entity = (uint32_t)entity;
    stmt_bind_int(stmt, 1, entity);
    int rc = stmt_each(stmt, take_place, g, g->err);
    return rc < 0 ? rc : 0;
}

static int place_order(const void *left, const void *right)
{
    const struct placed *a = left;
    const struct placed *b = right;

    if (a->page != b->page)
        return a->page < b->page ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

static bool days_fit(const struct tie_passage_list *list, const struct found *found)
{
    if (!list->has_first && !list->has_last)
        return true;
    return found->is_dated && (!list->has_first || found->latest >= list->first) &&
           (!list->has_last || found->earliest <= list->last);
}

static int date_found(struct gathering *g, struct found *found)
{
    int64_t item = page_id_item(found->later.page);

    if (g->snapshot) {
        const struct snapshot_day *day = snapshot_day(g->snapshot, item);
        found->is_dated = day != NULL;
        found->earliest = day ? day->earliest : 0;
        found->latest = day ? day->latest : 0;
        return 0;
    }
    struct dated dated = {0};
    int rc = dated_get(g->db, item, &dated, g->err);
    found->is_dated = rc > 0;
    found->earliest = dated.earliest;
    found->latest = dated.latest;
    return rc < 0 ? rc : 0;
}

static void take_near(void *ctx, const struct placed *earlier, const struct placed *later)
{
    struct gathering *g = ctx;
    struct found found = {.earlier = *earlier, .later = *later};

    if (g->rc || !pair_tally_add(&g->tally, earlier, later))
        return;
    g->rc = date_found(g, &found);
    if (g->rc || !days_fit(g->list, &found))
        return;
    g->found = mem_room(g->found, g->found_count, sizeof(*g->found));
    g->found[g->found_count++] = found;
}

/* By the documents' days, those without last; within a document in the order of its text. */
static int found_order(const void *left, const void *right)
{
    const struct found *a = left;
    const struct found *b = right;

    if (a->is_dated != b->is_dated)
        return a->is_dated ? -1 : 1;
    if (a->is_dated && a->earliest != b->earliest)
        return a->earliest < b->earliest ? -1 : 1;
    return place_order(&a->later, &b->later);
}

/* Of both in the order of the text. */
static int read_all_places(struct gathering *g)
{
    int rc = read_places(g, g->list->a);

    if (!rc)
        rc = read_places(g, g->list->b);
    if (!rc && g->row_count)
        qsort(g->rows, g->row_count, sizeof(*g->rows), place_order);
    return rc;
}

/* The same from the snapshot. False when it has not all of them, or more than are looked at. */
static bool merge_places(struct gathering *g)
{
    const struct snapshot *snapshot = g->list->snapshot;
    size_t a_count, b_count;

    if (!snapshot || !snapshot_has(snapshot, g->list->a) || !snapshot_has(snapshot, g->list->b))
        return false;
    const uint32_t *a = snapshot_of(snapshot, g->list->a, &a_count);
    const uint32_t *b = snapshot_of(snapshot, g->list->b, &b_count);
    if (a_count + b_count > NETWORK_MENTIONS_MAX)
        return false;
    g->snapshot = snapshot;
    g->rows = mem_zalloc(a_count + b_count + 1, sizeof(*g->rows));
    for (size_t i = 0, k = 0; i < a_count || k < b_count;) {
        bool is_a = k == b_count || (i < a_count && a[i] < b[k]);
        g->rows[g->row_count++] = snapshot->mentions.rows[is_a ? a[i++] : b[k++]];
    }
    return true;
}

static int gather(struct gathering *g)
{
    int rc = merge_places(g) ? 0 : read_all_places(g);

    if (rc)
        return rc;
    pair_tally_init(&g->tally);
    placed_near(g->rows, g->row_count, take_near, g);
    pair_tally_release(&g->tally);
    if (g->found_count)
        qsort(g->found, g->found_count, sizeof(*g->found), found_order);
    return g->rc;
}

/* ---- the words ---- */

struct giving {
    const struct found *found;
    const struct dated *dated; /* the document's, when it has a date */
    const struct page *page;
    tie_passage_fn *fn;
    void *ctx;
};

static void cut(const struct page *page, const struct found *found, struct tie_passage *passage)
{
    const struct placed *names[] = {&found->earlier, &found->later};
    size_t first = found->earlier.at;
    size_t last = found->later.end;
    size_t from;
    size_t to;

    /* The text may have been read anew since names were looked for. */
    bool there =
        last <= page->text_len && first <= last && utf8_valid(page->text + first, last - first);
    if (!there)
        first = last = 0;
    passage_cut(page->text, page->text_len, first, last, NETWORK_PASSAGE_BYTES, &from, &to);
    passage->text = page->text + from;
    passage->len = to - from;
    passage->cut_front = from > 0;
    passage->cut_back = to < page->text_len;
    for (int i = 0; i < 2 && there; i++) {
        passage->marks[i].at = names[i]->at - from;
        passage->marks[i].len = names[i]->end - names[i]->at;
    }
}

static int give_row(void *ctx, const struct ledger_row *row)
{
    const struct giving *giving = ctx;
    const struct found *found = giving->found;
    struct tie_passage passage = {.item = row->item.id,
                                  .page = page_id_number(found->later.page),
                                  .path = row->item.path,
                                  .name = row->item.name,
                                  .title = row->title,
                                  .date = giving->dated->iso,
                                  .date_source = giving->dated->source,
                                  .earliest = giving->dated->earliest,
                                  .latest = giving->dated->latest};

    cut(giving->page, found, &passage);
    return giving->fn(giving->ctx, &passage);
}

static int give(struct sanad_case *kase, const struct found *found, tie_passage_fn *fn, void *ctx,
                struct err *err)
{
    int64_t item = page_id_item(found->later.page);
    CLEANUP(cleanup_page) struct page *page = NULL;
    struct dated dated = {0};
    int rc = dated_get(case_db(kase), item, &dated, err);

    if (rc >= 0)
        rc = page_load(kase, item, page_id_number(found->later.page), &page, err);
    struct giving giving = {.found = found, .dated = &dated, .page = page, .fn = fn, .ctx = ctx};

    return rc ? rc : ledger_one(kase, item, give_row, &giving, err);
}

int network_passages(struct sanad_case *kase, const struct tie_passage_list *list,
                     tie_passage_fn *fn, void *ctx, int64_t *ret_total, struct err *err)
{
    struct tie_passage_list asked = *list;
    struct gathering g = {.list = &asked, .db = case_db(kase), .err = err};
    int rc = names_ready(kase, err);

    if (!rc)
        rc = entity_now(kase, list->a, &asked.a, err);
    if (!rc)
        rc = entity_now(kase, list->b, &asked.b, err);
    if (!rc)
        rc = gather(&g);
    *ret_total = (int64_t)g.found_count;
    for (int64_t i = list->offset; i < *ret_total && i < list->offset + list->limit && !rc; i++)
        rc = give(kase, &g.found[i], fn, ctx, err);
    free(g.rows);
    free(g.found);
    return rc;
}
