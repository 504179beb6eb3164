/* Running a query from string to result. */
#include "search/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "search/eval.h"
#include "search/facets.h"
#include "search/found.h"
#include "search/hits.h"
#include "search/matcher.h"
#include "search/pages.h"
#include "search/plan.h"
#include "search/sets.h"

static double now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* All statements of a search see the case as it was at one moment, while another process writes
 * to it. A savepoint begins a transaction or nests in the writer's. */
static int begin(struct db *db, struct err *err)
{
    return db_exec(db, "SAVEPOINT search", err);
}

static int end(struct db *db, int rc, struct err *err)
{
    int released = db_exec(db, "RELEASE search", rc ? NULL : err);
    return rc ? rc : released;
}

static int fill_hits(struct sanad_case *kase, const struct search_request *request,
                     const struct plan *plan, const struct found *found,
                     struct search_result *result, struct err *err)
{
    CLEANUP(cleanup_matcher) struct matcher *matcher = request->snippets ? matcher_new(plan) : NULL;
    int rc = 0;

    if (request->offset >= found->count)
        return 0;
    size_t count = found->count - request->offset;
    count = count < request->limit ? count : request->limit;
    result->hits = mem_zalloc(count + 1, sizeof(struct hit));
    for (size_t i = 0; !rc && i < count; i++) {
        rc = hit_fill(kase, &found->docs[request->offset + i], matcher, &result->hits[i], err);
        result->count++;
    }
    return rc;
}

static int fill_facets(struct db *db, const struct fulltext_rows *rows,
                       struct search_result *result, struct err *err)
{
    size_t count = 0;
    CLEANUP(cleanup_free) int64_t *items = set_items(rows, &count);

    return facets_count(db, items, count, result->facets, err);
}

/* What matches, and how it was understood. Release the three whatever this returns. */
struct answer {
    struct plan plan;
    struct fulltext_rows rows;
    struct found found;
};

static void cleanup_answer(struct answer *answer)
{
    cleanup_found(&answer->found);
    cleanup_fulltext_rows(&answer->rows);
    cleanup_plan(&answer->plan);
}

static int find(struct db *db, const struct search_request *request, struct answer *answer,
                int64_t *ret_undated, struct err *err)
{
    int rc = plan_init(&answer->plan, db, request->query, err);

    if (!rc)
        rc = eval_plan(db, &answer->plan, &answer->rows, ret_undated, err);
    if (rc)
        return rc;
    set_drop(&answer->rows, request->known, request->known_count);
    found_init(&answer->found, &answer->rows);
    return 0;
}

static int run(struct sanad_case *kase, const struct search_request *request,
               struct search_result *result, struct err *err)
{
    CLEANUP(cleanup_answer) struct answer answer = {0};
    struct db *db = case_db(kase);
    int rc = find(db, request, &answer, &result->undated, err);

    if (rc)
        return rc;
    memcpy(result->note, answer.plan.note, sizeof(result->note));
    result->as_words = answer.plan.as_words;
    result->total = (int64_t)answer.found.count;
    result->pages = answer.found.pages;
    if (request->facets)
        rc = fill_facets(db, &answer.rows, result, err);
    if (!rc)
        rc = found_sort(&answer.found, db, request->sort, (size_t)request->offset + request->limit,
                        err);
    if (!rc)
        rc = fill_hits(kase, request, &answer.plan, &answer.found, result, err);
    return rc;
}

static int each_hit(struct sanad_case *kase, const struct search_request *request,
                    search_hit_fn *fn, void *ctx, struct err *err)
{
    CLEANUP(cleanup_answer) struct answer answer = {0};
    struct db *db = case_db(kase);
    int rc = find(db, request, &answer, NULL, err);

    if (!rc)
        rc = found_sort(&answer.found, db, request->sort, answer.found.count, err);
    for (size_t i = request->offset; i < answer.found.count && !rc; i++) {
        struct hit hit = {0};
        rc = hit_fill(kase, &answer.found.docs[i], NULL, &hit, err);
        if (!rc)
            rc = fn(ctx, &hit);
        hit_release(&hit);
    }
    return rc;
}

int search_each(struct sanad_case *kase, const struct search_request *request, search_hit_fn *fn,
                void *ctx, struct err *err)
{
    int rc = begin(case_db(kase), err);

    return rc ? rc : end(case_db(kase), each_hit(kase, request, fn, ctx, err), err);
}

int search_run(struct sanad_case *kase, const struct search_request *request,
               struct search_result **ret_result, struct err *err)
{
    CLEANUP(cleanup_search_result) struct search_result *result = mem_zalloc(1, sizeof(*result));
    double start = now_ms();
    int rc = begin(case_db(kase), err);

    if (rc)
        return rc;
    rc = end(case_db(kase), run(kase, request, result, err), err);
    if (rc)
        return rc;
    result->ms = now_ms() - start;
    *ret_result = result;
    result = NULL;
    return 0;
}

void search_result_free(struct search_result *result)
{
    if (!result)
        return;
    for (size_t i = 0; i < result->count; i++)
        hit_release(&result->hits[i]);
    free(result->hits);
    facets_release(result->facets);
    free(result);
}

void cleanup_search_result(struct search_result *const *result)
{
    search_result_free(*result);
}

size_t search_marks(struct sanad_case *kase, const char *query, const struct page *page,
                    enum text_part part, struct mark *ret_marks, size_t max)
{
    CLEANUP(cleanup_plan) struct plan plan = {0};
    struct err err = {0};

    if (plan_init(&plan, case_db(kase), query, &err))
        return 0;
    CLEANUP(cleanup_matcher) struct matcher *matcher = matcher_new(&plan);
    return matcher_find(matcher, page, part, ret_marks, max);
}

int search_item_pages(struct sanad_case *kase, const char *query, int64_t item, uint32_t *ret_pages,
                      size_t max, struct err *err)
{
    CLEANUP(cleanup_plan) struct plan plan = {0};
    CLEANUP(cleanup_fulltext_rows) struct fulltext_rows rows = {0};
    struct db *db = case_db(kase);
    int count = 0;
    int rc = begin(db, err);

    if (rc)
        return rc;
    rc = plan_init(&plan, db, query, err);
    if (!rc)
        rc = eval_plan(db, &plan, &rows, NULL, err);
    rc = end(db, rc, err);
    for (size_t i = 0; !rc && i < rows.count && (size_t)count < max; i++)
        if (page_id_item(rows.rows[i].page) == item && page_is_real(rows.rows[i].page))
            ret_pages[count++] = page_id_number(rows.rows[i].page);
    return rc ? rc : count;
}
