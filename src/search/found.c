#include "search/found.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "search/docs.h"
#include "search/pages.h"

/* The score of a document is that of its best page and, so that a word on another page counts
 * too, a quarter of what its other pages have, at most as much as the best. */
static double score_of(double best, double sum)
{
    double others = (sum - best) / 4;
    return best + (others < best ? others : best);
}

void found_init(struct found *found, const struct fulltext_rows *rows)
{
    *found = (struct found){.docs = mem_alloc((rows->count + 1) * sizeof(struct found_doc))};
    for (size_t i = 0; i < rows->count;) {
        struct found_doc doc = {.item = page_id_item(rows->rows[i].page),
                                .page = rows->rows[i].page};
        float best = -1;
        double sum = 0;
        for (; i < rows->count && page_id_item(rows->rows[i].page) == doc.item; i++) {
            const struct fulltext_row *row = &rows->rows[i];
            bool real = page_is_real(row->page);
            doc.pages += real;
            sum += row->score;
            /* A page that can be shown goes before what is known about the document. */
            if (row->score > best || (real && !page_is_real(doc.page))) {
                best = row->score > best ? row->score : best;
                if (real || !page_is_real(doc.page))
                    doc.page = row->page;
            }
        }
        doc.score = score_of(best, sum);
        found->pages += doc.pages;
        found->docs[found->count++] = doc;
    }
}

void found_release(struct found *found)
{
    for (size_t i = 0; i < found->count; i++)
        free(found->docs[i].path);
    free(found->docs);
    *found = (struct found){0};
}

void cleanup_found(struct found *found)
{
    found_release(found);
}

/* ---- order ---- */

typedef int compare_fn(const void *left, const void *right);

static int by_item(const struct found_doc *a, const struct found_doc *b)
{
    return (a->item > b->item) - (a->item < b->item);
}

static int by_score(const void *left, const void *right)
{
    const struct found_doc *a = left;
    const struct found_doc *b = right;

    if (a->score > b->score || a->score < b->score)
        return a->score < b->score ? 1 : -1;
    return by_item(a, b);
}

/* Documents without a date come last, whichever way. */
static int by_day(const void *left, const void *right)
{
    const struct found_doc *a = left;
    const struct found_doc *b = right;

    if ((a->day == 0) != (b->day == 0))
        return a->day == 0 ? 1 : -1;
    if (a->day != b->day)
        return a->day > b->day ? 1 : -1;
    return by_item(a, b);
}

static int by_day_desc(const void *left, const void *right)
{
    const struct found_doc *a = left;
    const struct found_doc *b = right;

    if (a->day != b->day)
        return a->day < b->day ? 1 : -1;
    return by_item(a, b);
}

static int by_path(const void *left, const void *right)
{
    const struct found_doc *a = left;
    const struct found_doc *b = right;
    int order = strcmp(a->path ? a->path : "", b->path ? b->path : "");

    return order ? order : by_item(a, b);
}

static void sift_down(struct found_doc *heap, size_t count, size_t at, compare_fn *compare)
{
    for (;;) {
        size_t worst = at;
        size_t left = 2 * at + 1;
        if (left < count && compare(&heap[left], &heap[worst]) > 0)
            worst = left;
        if (left + 1 < count && compare(&heap[left + 1], &heap[worst]) > 0)
            worst = left + 1;
        if (worst == at)
            return;
        struct found_doc swap = heap[at];
        heap[at] = heap[worst];
        heap[worst] = swap;
        at = worst;
    }
}

/* The first `first` of the order to the front, sorted: a heap of them whose worst is on top. */
static void sort_first(struct found_doc *docs, size_t count, size_t first, compare_fn *compare)
{
    if (first == 0)
        return;
    if (first < count) {
        for (size_t i = first / 2 + 1; i-- > 0;)
            sift_down(docs, first, i, compare);
        for (size_t i = first; i < count; i++) {
            if (compare(&docs[i], &docs[0]) >= 0)
                continue;
            struct found_doc swap = docs[0];
            docs[0] = docs[i];
            docs[i] = swap;
            sift_down(docs, first, 0, compare);
        }
        count = first;
    }
    qsort(docs, count, sizeof(struct found_doc), compare);
}

static int set_day(void *ctx, const struct doc_row *row)
{
    struct found_doc **next = ctx;

    while ((*next)->item < row->item)
        ++*next;
    (*next)->day = row->first;
    return 0;
}

static int load_days(struct found *found, struct db *db, struct err *err)
{
    CLEANUP(cleanup_free) int64_t *items = mem_alloc((found->count + 1) * sizeof(int64_t));
    struct found_doc *next = found->docs;

    for (size_t i = 0; i < found->count; i++)
        items[i] = found->docs[i].item;
    return docs_of(db, items, found->count, set_day, &next, err);
}

static int load_paths(struct found *found, struct db *db, struct err *err)
{
    struct stmt *stmt = db_stmt(db, "SELECT path FROM item WHERE id = ?1", err);

    if (!stmt)
        return ERR_IO;
    for (size_t i = 0; i < found->count; i++) {
        stmt_bind_int(stmt, 1, found->docs[i].item);
        int rc = stmt_step(stmt, err);
        if (rc < 0)
            return rc;
        if (rc > 0)
            found->docs[i].path = mem_strndup(stmt_text(stmt, 0), stmt_len(stmt, 0));
        stmt_reset(stmt);
    }
    return 0;
}

int found_sort(struct found *found, struct db *db, enum search_sort sort, size_t first,
               struct err *err)
{
    static compare_fn *const orders[] = {[SORT_RELEVANCE] = by_score,
                                         [SORT_DATE] = by_day,
                                         [SORT_DATE_DESC] = by_day_desc,
                                         [SORT_PATH] = by_path};
    int rc = 0;

    if (found->count == 0)
        return 0;
    if (sort == SORT_PATH)
        rc = load_paths(found, db, err);
    else if (sort != SORT_RELEVANCE)
        rc = load_days(found, db, err);
    if (!rc)
        sort_first(found->docs, found->count, first, orders[sort]);
    return rc;
}
