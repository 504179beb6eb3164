/* Where one is named, and with whom. */
#include "names/browse.h"
#include "web/dates.h"
#include "web/names_json.h"
#include "web/recent.h"
#include "web/routes.h"
#include "web/row.h"

enum { PASSAGES_DEFAULT = 20, PASSAGES_MAX = 100, COMPANY_DEFAULT = 30, COMPANY_MAX = 200 };

/* The number an entity has now; one that was merged leads on. */
static int find(struct call *call, int64_t *ret_id, struct err *err)
{
    int result = names_ready(call->kase, err);
    return result < 0 ? result : entity_now(call->kase, call->name, ret_id, err);
}

static const char *or_null(const char *text)
{
    return text[0] != '\0' ? text : NULL;
}

static int put_passage(void *ctx, const struct entity_passage *passage)
{
    struct json_writer *json = ctx;
    struct mark mark = {.at = (uint32_t)passage->at, .len = (uint32_t)passage->mark_len};

    json_open_object(json, NULL);
    json_put_int(json, "item", passage->item);
    json_put_int(json, "page", passage->page);
    json_put_str(json, "path", passage->path);
    json_put_str(json, "name", passage->name);
    json_put_str(json, "title", or_null(passage->title));
    document_date_put(json, passage->date, passage->date_source, passage->earliest,
                      passage->latest);
    json_put_str(json, "spelling", passage->spelling);
    json_put_bool(json, "by_document", passage->local);
    json_put_str_len(json, "text", passage->text, passage->len);
    marks_put(json, "marks", passage->text, passage->len, &mark, passage->mark_len > 0);
    json_put_bool(json, "cut_front", passage->cut_front);
    json_put_bool(json, "cut_back", passage->cut_back);
    json_close_object(json);
    return 0;
}

int api_name_passages(struct call *call, struct err *err)
{
    struct passage_list list = {.spelling = web_param(call, "spelling")};
    struct json_writer json;
    int result;

    if ((result = web_number(call, "offset", 0, BROWSE_OFFSET_MAX, 0, &list.offset, err)) < 0 ||
        (result = web_number(call, "limit", 1, PASSAGES_MAX, PASSAGES_DEFAULT, &list.limit, err)) <
            0 ||
        (result = find(call, &list.entity, err)) < 0)
        return result;
    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_put_int(&json, "id", list.entity);
    json_put_int(&json, "offset", list.offset);
    json_open_array(&json, "passages");
    struct snapshot_hold *hold = recent_take(call->web->recent);
    list.snapshot = recent_snapshot(hold);
    result = entity_passages(call->kase, &list, put_passage, &json, err);
    recent_give(call->web->recent, hold);
    json_close_array(&json);
    json_close_object(&json);
    return result;
}

static int put_company(void *ctx, const struct entity *with, int64_t pages)
{
    struct json_writer *json = ctx;

    json_open_object(json, NULL);
    entity_members_put(json, with);
    json_put_int(json, "pages", pages);
    json_close_object(json);
    return 0;
}

int api_name_company(struct call *call, struct err *err)
{
    struct company_list list = {0};
    struct json_writer json;
    int result;

    if ((result = web_number(call, "limit", 1, COMPANY_MAX, COMPANY_DEFAULT, &list.limit, err)) <
            0 ||
        (result = entity_kind_read(web_param(call, "kind"), &list.kind, err)) < 0 ||
        (result = find(call, &list.entity, err)) < 0)
        return result;
    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_put_int(&json, "id", list.entity);
    json_open_array(&json, "company");
    struct snapshot_hold *hold = recent_take(call->web->recent);
    list.snapshot = recent_snapshot(hold);
    result = entity_company(call->kase, &list, put_company, &json, err);
    recent_give(call->web->recent, hold);
    json_close_array(&json);
    json_close_object(&json);
    return result;
}
