/* Who is named with whom: the network, as a file, and the passages behind a tie. */
#include <stdlib.h>
#include <string.h>

#include "web/dates.h"
#include "web/network_out.h"
#include "web/recent.h"
#include "web/routes.h"
#include "web/row.h"

enum {
    NAMES_DEFAULT = 50,
    EACH_DEFAULT = 20,
    EACH_MAX = 200,
    LEAST_MAX = 1000000,
    PASSAGES_DEFAULT = 20,
    PASSAGES_MAX = 100,
    OFFSET_MAX = 10000000,
};

/* "12,15": numbers of names. */
static int read_centres(const struct call *call, int64_t centres[NETWORK_CENTRES_MAX],
                        size_t *ret_count, struct err *err)
{
    const char *at = web_param(call, "around");
    char *end;

    for (*ret_count = 0; *at != '\0'; at = *end == ',' ? end + 1 : end) {
        if (*at < '1' || *at > '9')
            return err_set(err, ERR_USAGE, "\"around\" must be numbers with commas between");
        if (*ret_count == NETWORK_CENTRES_MAX)
            return err_set(err, ERR_LIMIT, "a network grows from %d names at most",
                           NETWORK_CENTRES_MAX);
        centres[(*ret_count)++] = strtoll(at, &end, 10);
        if (*end != ',' && *end != '\0')
            return err_set(err, ERR_USAGE, "\"around\" must be numbers with commas between");
    }
    return 0;
}

static int read_query(const struct call *call, int64_t centres[NETWORK_CENTRES_MAX],
                      struct network_query *query, struct err *err)
{
    int result;

    *query = (struct network_query){.centres = centres, .first = INT32_MIN, .last = INT32_MAX};
    query->has_first = web_param(call, "from")[0] != '\0';
    query->has_last = web_param(call, "to")[0] != '\0';
    if ((result = read_centres(call, centres, &query->centre_count, err)) < 0 ||
        (result = web_number(call, "each", 1, EACH_MAX, EACH_DEFAULT, &query->around, err)) < 0 ||
        (result = web_number(call, "names", 1, NETWORK_NAMES_MAX, NAMES_DEFAULT, &query->names,
                             err)) < 0 ||
        (result = web_number(call, "least", 1, LEAST_MAX, 1, &query->least, err)) < 0 ||
        (result = network_kinds_read(web_param(call, "kinds"), query->kinds, err)) < 0)
        return result;
    return web_days(call, &query->first, &query->last, err);
}

static int find(struct call *call, struct network *ret_network, struct err *err)
{
    int64_t centres[NETWORK_CENTRES_MAX];
    struct network_query query;
    int result = read_query(call, centres, &query, err);

    *ret_network = (struct network){0};
    if (result < 0)
        return result;
    struct snapshot_hold *hold = recent_take(call->web->recent);
    query.snapshot = recent_snapshot(hold);
    result = network_find(call->kase, &query, ret_network, err);
    recent_give(call->web->recent, hold);
    return result;
}

int api_network(struct call *call, struct err *err)
{
    struct network network;
    struct json_writer json;
    int result = find(call, &network, err);

    if (result < 0)
        return result;
    web_start_json(call, &json);
    json_open_object(&json, NULL);
    network_members_put(&json, &network);
    json_close_object(&json);
    network_release(&network);
    return 0;
}

typedef void put_file(struct buf *out, const struct network *network);

static int answer_file(struct call *call, put_file *put, const char *type, const char *disposition,
                       struct err *err)
{
    struct network network;
    int result = find(call, &network, err);

    if (result < 0)
        return result;
    http_put_header(call->response, "Content-Type", type);
    http_put_header(call->response, "Content-Disposition", disposition);
    put(&call->response->body, &network);
    network_release(&network);
    return 0;
}

int api_network_csv(struct call *call, struct err *err)
{
    return answer_file(call, network_put_csv, "text/csv; charset=utf-8",
                       "attachment; filename=\"network.csv\"", err);
}

int api_network_graphml(struct call *call, struct err *err)
{
    return answer_file(call, network_put_graphml, "application/graphml+xml",
                       "attachment; filename=\"network.graphml\"", err);
}

/* ---- passages ---- */

static const char *or_null(const char *text)
{
    return text[0] != '\0' ? text : NULL;
}

static int put_passage(void *ctx, const struct tie_passage *passage)
{
    struct json_writer *json = ctx;
    struct mark marks[2] = {
        {.at = (uint32_t)passage->marks[0].at, .len = (uint32_t)passage->marks[0].len},
        {.at = (uint32_t)passage->marks[1].at, .len = (uint32_t)passage->marks[1].len}};

    json_open_object(json, NULL);
    json_put_int(json, "item", passage->item);
    json_put_int(json, "page", passage->page);
    json_put_str(json, "path", passage->path);
    json_put_str(json, "name", passage->name);
    json_put_str(json, "title", or_null(passage->title));
    document_date_put(json, passage->date, passage->date_source, passage->earliest,
                      passage->latest);
    json_put_str_len(json, "text", passage->text, passage->len);
    marks_put(json, "marks", passage->text, passage->len, marks, marks[1].len > 0 ? 2 : 0);
    json_put_bool(json, "cut_front", passage->cut_front);
    json_put_bool(json, "cut_back", passage->cut_back);
    json_close_object(json);
    return 0;
}

static int read_list(const struct call *call, struct tie_passage_list *list, struct err *err)
{
    int result;

    *list = (struct tie_passage_list){.first = INT32_MIN, .last = INT32_MAX};
    list->has_first = web_param(call, "from")[0] != '\0';
    list->has_last = web_param(call, "to")[0] != '\0';
    if ((result = web_number(call, "a", 1, INT32_MAX, 0, &list->a, err)) < 0 ||
        (result = web_number(call, "b", 1, INT32_MAX, 0, &list->b, err)) < 0 ||
        (result = web_number(call, "offset", 0, OFFSET_MAX, 0, &list->offset, err)) < 0 ||
        (result = web_number(call, "limit", 1, PASSAGES_MAX, PASSAGES_DEFAULT, &list->limit, err)) <
            0)
        return result;
    if (list->a == 0 || list->b == 0)
        return err_set(err, ERR_USAGE, "\"a\" and \"b\" are numbers of names");
    return web_days(call, &list->first, &list->last, err);
}

int api_network_passages(struct call *call, struct err *err)
{
    struct tie_passage_list list;
    struct json_writer json;
    int64_t total = 0;
    int result = read_list(call, &list, err);

    if (result < 0)
        return result;
    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_put_int(&json, "a", list.a);
    json_put_int(&json, "b", list.b);
    json_put_int(&json, "offset", list.offset);
    json_open_array(&json, "passages");
    struct snapshot_hold *hold = recent_take(call->web->recent);
    list.snapshot = recent_snapshot(hold);
    result = network_passages(call->kase, &list, put_passage, &json, &total, err);
    recent_give(call->web->recent, hold);
    json_close_array(&json);
    json_put_int(&json, "total", total);
    json_close_object(&json);
    return result;
}
