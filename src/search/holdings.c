#include "search/holdings.h"

#include <stdlib.h>

#include "base/buf.h"
#include "search/docs.h"
#include "search/facets.h"

struct walk {
    struct holdings *holdings;
    int64_t *items;
    size_t count;
};

static int take_document(void *ctx, const struct doc_row *row)
{
    struct walk *walk = ctx;

    walk->items = mem_room(walk->items, walk->count, sizeof(*walk->items));
    walk->items[walk->count++] = row->item;
    walk->holdings->undated += row->first <= 0;
    return 0;
}

static int count(struct db *db, struct holdings *holdings, struct err *err)
{
    struct walk walk = {.holdings = holdings};
    int rc = docs_each(db, take_document, &walk, err);

    holdings->documents = (int64_t)walk.count;
    if (!rc)
        rc = facets_count(db, walk.items, walk.count, holdings->facets, err);
    free(walk.items);
    return rc;
}

int search_holdings(struct sanad_case *kase, struct holdings *ret_holdings, struct err *err)
{
    struct db *db = case_db(kase);

    *ret_holdings = (struct holdings){0};
    int rc = db_has_table(db, "search_doc", err);
    if (rc <= 0)
        return rc;
    /* One moment for all statements, while another process writes. */
    rc = db_exec(db, "SAVEPOINT holdings", err);
    if (rc)
        return rc;
    rc = count(db, ret_holdings, err);
    int released = db_exec(db, "RELEASE holdings", rc ? NULL : err);
    return rc ? rc : released;
}

void holdings_release(struct holdings *holdings)
{
    facets_release(holdings->facets);
}
