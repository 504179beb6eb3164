#include <string.h>

#include "store/item.h"
#include "store/page.h"
#include "web/dates.h"
#include "web/routes.h"
#include "web/row.h"
#include "web/widen.h"

enum { CONTAINERS_MAX = 64, DUPLICATES_MAX = 100, HIT_PAGES_MAX = 10000 };

static int on_meta(void *ctx, const char *key, const char *value)
{
    struct json_writer *json = ctx;
    json_open_object(json, NULL);
    json_put_str(json, "key", key);
    json_put_str(json, "value", value);
    json_close_object(json);
    return 0;
}

static int on_own_date(void *ctx, const struct event *event)
{
    date_put(ctx, event);
    return 0;
}

/* What is kept of a row after its cursor moved. */
struct kin {
    struct json_writer *json;
    int64_t parent, object;
};

static int on_item(void *ctx, const struct ledger_row *row)
{
    struct kin *kin = ctx;
    row_put(kin->json, row);
    kin->parent = row->item.parent;
    kin->object = row->item.object;
    return 0;
}

static int on_container(void *ctx, const struct ledger_row *row)
{
    struct kin *kin = ctx;
    row_put_link(kin->json, row);
    kin->parent = row->item.parent;
    return 0;
}

/* The containers above, the nearest first. */
static int put_containers(struct call *call, struct kin *kin, struct err *err)
{
    int result = 0;

    json_open_array(kin->json, "containers");
    for (int i = 0; i < CONTAINERS_MAX && result == 0 && kin->parent != 0; i++)
        result = ledger_one(call->kase, kin->parent, on_container, kin, err);
    json_close_array(kin->json);
    return result;
}

struct copies {
    struct json_writer *json;
    int64_t item;
    unsigned count;
};

static int on_copy(void *ctx, const struct ledger_row *row)
{
    struct copies *copies = ctx;
    if (row->item.id == copies->item)
        return 0;
    row_put_link(copies->json, row);
    return ++copies->count == DUPLICATES_MAX;
}

/* Other items with the same bytes. */
static int put_duplicates(struct call *call, const struct kin *kin, struct err *err)
{
    struct copies copies = {kin->json, call->item, 0};
    struct ledger_filter filter = {
        .outcome = -1, .reason = -1, .parent = -1, .object = kin->object};
    int result = 0;

    json_open_array(kin->json, "duplicates");
    if (kin->object != 0)
        result = ledger_each(call->kase, &filter, on_copy, &copies, err);
    json_close_array(kin->json);
    return result < 0 ? result : 0;
}

int api_item(struct call *call, struct err *err)
{
    struct json_writer json;
    struct kin kin = {.json = &json};
    int result;

    web_start_json(call, &json);
    json_open_object(&json, NULL);
    result = ledger_one(call->kase, call->item, on_item, &kin, err);
    if (result < 0)
        return result;
    int64_t runs = page_count(call->kase, call->item, err);
    if (runs < 0)
        return (int)runs;
    json_put_int(&json, "stored_pages", runs);

    json_open_array(&json, "meta");
    result = item_meta_each(call->kase, call->item, on_meta, &json, err);
    json_close_array(&json);
    json_open_array(&json, "dates");
    if (result == 0)
        result = events_own(call->kase, call->item, on_own_date, &json, err);
    json_close_array(&json);
    if (result == 0)
        result = put_containers(call, &kin, err);
    if (result == 0)
        result = put_duplicates(call, &kin, err);
    json_close_object(&json);
    return result;
}

/* Which pages of the item answer a query. */
int api_item_hits(struct call *call, struct err *err)
{
    CLEANUP(cleanup_free) uint32_t *pages = mem_zalloc(HIT_PAGES_MAX, sizeof *pages);
    struct json_writer json;
    CLEANUP(cleanup_wide) struct wide_query wide = {0};
    int result = query_widen(call, &wide, err);
    if (result < 0)
        return result;
    int count =
        search_item_pages(call->kase, wide.query.data, call->item, pages, HIT_PAGES_MAX, err);
    if (count < 0)
        return count;

    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_put_int(&json, "item", call->item);
    json_open_array(&json, "pages");
    for (int i = 0; i < count; i++)
        json_put_int(&json, NULL, pages[i]);
    json_close_array(&json);
    json_close_object(&json);
    return 0;
}
