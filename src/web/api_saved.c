/* Searches that were kept with a name, and the history of what was asked. */
#include "search/saved.h"

#include <string.h>

#include "base/clock.h"
#include "search/search.h"
#include "web/routes.h"
#include "web/widen.h"

enum { CLOCK_MAX = 32 };

static void put_time(struct json_writer *json, const char *key, int64_t at)
{
    char text[CLOCK_MAX];

    clock_format(at, text);
    json_put_str(json, key, text);
}

static int put_saved(void *ctx, const struct saved_search *search)
{
    struct json_writer *json = ctx;

    json_open_object(json, NULL);
    json_put_int(json, "id", search->id);
    json_put_str(json, "name", search->name);
    json_put_str(json, "by", search->who);
    json_put_str(json, "view", search->view);
    put_time(json, "made", search->made);
    put_time(json, "opened", search->opened);
    json_close_object(json);
    return 0;
}

int api_saved(struct call *call, struct err *err)
{
    struct json_writer json;

    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_open_array(&json, "saved");
    int result = saved_each(call->kase, 0, put_saved, &json, err);
    json_close_array(&json);
    json_close_object(&json);
    return result;
}

/* What a query finds now, its names widened. */
static int find_items(struct call *call, const char *query, struct saved_items *ret_items,
                      struct err *err)
{
    CLEANUP(cleanup_wide) struct wide_query wide = {0};
    int result = text_widen(call->kase, query, &wide, err);

    return result == 0
               ? search_items(call->kase, wide.query.data, &ret_items->list, &ret_items->count, err)
               : result;
}

static int keep_query(void *ctx, const struct saved_search *search)
{
    return buf_append_str(ctx, search->query);
}

static int find_saved(struct call *call, struct saved_items *ret_items, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf query = {0};

    buf_init(&query, QUERY_BYTES_MAX);
    int result = saved_each(call->kase, call->id, keep_query, &query, err);
    return result == 0 ? find_items(call, query.data, ret_items, err) : result;
}

static void put_counts(struct call *call, int64_t id, const struct saved_items *now, int64_t fresh)
{
    struct json_writer json;

    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_put_int(&json, "id", id);
    json_put_int(&json, "total", (int64_t)now->count);
    json_put_int(&json, "new", fresh);
    json_close_object(&json);
}

int api_saved_one(struct call *call, struct err *err)
{
    CLEANUP(cleanup_saved_items) struct saved_items now = {0};
    CLEANUP(cleanup_saved_items) struct saved_items then = {0};
    int result = find_saved(call, &now, err);

    if (result == 0)
        result = saved_found(call->kase, call->id, SAVED_LAST, &then, err);
    if (result == 0)
        put_counts(call, call->id, &now, saved_new(&now, &then));
    return result;
}

int api_saved_add(struct call *call, struct err *err)
{
    static const char *const required[] = {"name", "view", "query", NULL};
    CLEANUP(cleanup_saved_items) struct saved_items now = {0};
    struct saved_search search = {.who = call->web->who};
    int64_t id = 0;
    int result;

    if ((result = json_require(call->body, required, err)) < 0 ||
        (result = json_get_text(call->body, "name", SAVED_NAME_MAX, &search.name, err)) < 0 ||
        (result = json_get_text(call->body, "view", SAVED_VIEW_MAX, &search.view, err)) < 0 ||
        (result = json_get_text(call->body, "query", QUERY_BYTES_MAX, &search.query, err)) < 0 ||
        (result = find_items(call, search.query, &now, err)) < 0 ||
        (result = saved_add(call->kase, &search, &now, &id, err)) < 0)
        return result;
    put_counts(call, id, &now, 0);
    return 0;
}

int api_saved_open(struct call *call, struct err *err)
{
    CLEANUP(cleanup_saved_items) struct saved_items now = {0};
    CLEANUP(cleanup_saved_items) struct saved_items then = {0};
    int result = find_saved(call, &now, err);

    if (result == 0)
        result = saved_found(call->kase, call->id, SAVED_LAST, &then, err);
    if (result == 0)
        result = saved_open(call->kase, call->id, &now, err);
    if (result == 0)
        put_counts(call, call->id, &now, saved_new(&now, &then));
    return result;
}

int api_saved_remove(struct call *call, struct err *err)
{
    call->response->status = 204;
    return saved_remove(call->kase, call->id, err);
}

/* ---- history ---- */

static int put_asked(void *ctx, const struct asked_search *asked)
{
    struct json_writer *json = ctx;

    json_open_object(json, NULL);
    put_time(json, "at", asked->at);
    json_put_str(json, "view", asked->view);
    json_put_int(json, "documents", asked->documents);
    json_close_object(json);
    return 0;
}

int api_history(struct call *call, struct err *err)
{
    struct json_writer json;

    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_open_array(&json, "history");
    int result = asked_each(call->kase, call->web->who, put_asked, &json, err);
    json_close_array(&json);
    json_close_object(&json);
    return result;
}

int api_history_add(struct call *call, struct err *err)
{
    static const char *const required[] = {"view", "documents", NULL};
    const char *view;
    int64_t documents;
    int result;

    if ((result = json_require(call->body, required, err)) < 0 ||
        (result = json_get_text(call->body, "view", SAVED_VIEW_MAX, &view, err)) < 0 ||
        (result = json_get_number(call->body, "documents", 0, INT64_MAX, 0, &documents, err)) < 0)
        return result;
    call->response->status = 204;
    return asked_add(call->kase, call->web->who, view, documents, err);
}

int api_history_clear(struct call *call, struct err *err)
{
    call->response->status = 204;
    return asked_clear(call->kase, call->web->who, err);
}
