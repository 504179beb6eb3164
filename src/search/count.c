/* What a query finds, without saying which: totals, and sets of documents. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "search/eval.h"
#include "search/found.h"
#include "search/pages.h"
#include "search/plan.h"
#include "search/search.h"
#include "search/sets.h"

/* Plans and evaluates within one view of the case. */
static int evaluate(struct sanad_case *kase, const char *query, struct plan *plan,
                    struct fulltext_rows *rows, struct err *err)
{
    struct db *db = case_db(kase);
    int rc = db_exec(db, "SAVEPOINT search", err);

    if (rc)
        return rc;
    rc = plan_init(plan, db, query, err);
    if (!rc)
        rc = eval_plan(db, plan, rows, NULL, err);
    int released = db_exec(db, "RELEASE search", rc ? NULL : err);
    return rc ? rc : released;
}

int search_count(struct sanad_case *kase, const char *query, struct search_counts *ret_counts,
                 struct err *err)
{
    CLEANUP(cleanup_plan) struct plan plan = {0};
    CLEANUP(cleanup_fulltext_rows) struct fulltext_rows rows = {0};
    CLEANUP(cleanup_found) struct found found = {0};
    int rc = evaluate(kase, query, &plan, &rows, err);

    if (rc)
        return rc;
    found_init(&found, &rows);
    *ret_counts = (struct search_counts){
        .documents = (int64_t)found.count, .pages = found.pages, .as_words = plan.as_words};
    memcpy(ret_counts->note, plan.note, sizeof(ret_counts->note));
    return 0;
}

int search_items(struct sanad_case *kase, const char *query, int64_t **ret_items, size_t *ret_count,
                 struct err *err)
{
    CLEANUP(cleanup_plan) struct plan plan = {0};
    CLEANUP(cleanup_fulltext_rows) struct fulltext_rows rows = {0};
    int rc = evaluate(kase, query, &plan, &rows, err);

    if (!rc)
        *ret_items = set_items(&rows, ret_count);
    return rc;
}
