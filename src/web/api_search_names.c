/* Who the documents of a result name most: a facet of its own, so that results never wait for it.
 */
#include <stdlib.h>

#include "base/attr.h"
#include "search/search.h"
#include "web/named.h"
#include "web/names_json.h"
#include "web/routes.h"
#include "web/widen.h"

enum { NAMED_MAX = 50, NAMED_DEFAULT = 20 };

struct counting {
    const int64_t *items;
    size_t item_count, max;
    struct named_count lists[BY_DOCUMENT_KINDS][NAMED_MAX];
    struct named_counts counts[BY_DOCUMENT_KINDS];
};

static void count_all(void *ctx, const struct by_document *index)
{
    struct counting *counting = ctx;

    for (int kind = 0; kind < BY_DOCUMENT_KINDS; kind++)
        counting->counts[kind] =
            by_document_count(index, counting->items, counting->item_count, (enum mention_kind)kind,
                              counting->max, counting->lists[kind]);
}

static int put_shown(void *ctx, const struct entity *entity)
{
    struct json_writer *json = ctx;

    json_put_str(json, "name", entity->shown);
    return 0;
}

/* A name that was merged away since it was counted is left out. */
static int put_named(struct call *call, struct json_writer *json, const struct named_count *named,
                     struct err *err)
{
    struct err gone = {0};
    int64_t now;
    int result = entity_now(call->kase, named->entity, &now, &gone);

    if (result == ERR_NOT_FOUND)
        return 0;
    if (result != 0)
        return err_set(err, result, "%s", gone.message);
    json_open_object(json, NULL);
    json_put_int(json, "id", named->entity);
    result = entity_one(call->kase, named->entity, put_shown, json, err);
    json_put_int(json, "documents", named->documents);
    json_close_object(json);
    return result;
}

static int put_kind(struct call *call, struct json_writer *json, const struct counting *counting,
                    int kind, struct err *err)
{
    int result = 0;

    json_open_object(json, NULL);
    json_put_str(json, "kind", mention_kind_word((enum mention_kind)kind));
    json_put_int(json, "total", counting->counts[kind].total);
    json_open_array(json, "names");
    for (size_t i = 0; i < counting->counts[kind].count && result == 0; i++)
        result = put_named(call, json, &counting->lists[kind][i], err);
    json_close_array(json);
    json_close_object(json);
    return result;
}

static int put_all(struct call *call, const struct counting *counting, struct err *err)
{
    struct json_writer json;
    int result = 0;

    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_put_int(&json, "documents", (int64_t)counting->item_count);
    json_open_array(&json, "kinds");
    for (int kind = 0; kind < BY_DOCUMENT_KINDS && result == 0; kind++)
        result = put_kind(call, &json, counting, kind, err);
    json_close_array(&json);
    json_close_object(&json);
    return result;
}

int api_search_names(struct call *call, struct err *err)
{
    CLEANUP(cleanup_free) struct counting *counting = mem_zalloc(1, sizeof *counting);
    CLEANUP(cleanup_free) int64_t *items = NULL;
    CLEANUP(cleanup_wide) struct wide_query wide = {0};
    int64_t limit;
    int result = web_number(call, "limit", 1, NAMED_MAX, NAMED_DEFAULT, &limit, err);

    if (result == 0)
        result = query_widen(call, &wide, err);
    if (result == 0)
        result = search_items(call->kase, wide.query.data, &items, &counting->item_count, err);
    if (result != 0)
        return result;
    counting->items = items;
    counting->max = (size_t)limit;
    result = named_look(call->web->named, count_all, counting, err);
    return result == 0 ? put_all(call, counting, err) : result;
}
