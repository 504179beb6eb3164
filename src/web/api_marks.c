/* Marks as they are read: of a document, by filters, as CSV, and what their texts were. */
#include <string.h>

#include "base/clock.h"
#include "store/item.h"
#include "web/marks_csv.h"
#include "web/marks_json.h"
#include "web/routes.h"

enum {
    LIST_DEFAULT = 50,
    LIST_MAX = 200,
    OFFSET_MAX = 100000000,
    WORDS_BYTES_MAX = 1024,
    CLOCK_MAX = 32
};

struct listing {
    struct json_writer json;
    const char *me;
};

static int put_mark(void *ctx, const struct annotation *mark)
{
    struct listing *listing = ctx;

    mark_put_json(&listing->json, mark, listing->me);
    return 0;
}

/* ---- a document's ---- */

int api_item_marks(struct call *call, struct err *err)
{
    struct listing listing = {.me = call->web->who};
    struct item item;
    int result = item_load(call->kase, call->item, &item, err);

    if (result < 0)
        return result;
    item_release(&item);
    web_start_json(call, &listing.json);
    json_open_object(&listing.json, NULL);
    json_open_array(&listing.json, "marks");
    result = marks_on_item(call->kase, call->item, put_mark, &listing, err);
    json_close_array(&listing.json);
    json_close_object(&listing.json);
    return result;
}

/* ---- by filters ---- */

static int read_one_of(const struct call *call, const char *name, const char *const *words,
                       size_t count, size_t *ret_place, struct err *err)
{
    const char *given = web_param(call, name);

    for (*ret_place = 0; *ret_place < count; ++*ret_place)
        if (strcmp(given, words[*ret_place]) == 0)
            return 0;
    return err_set(err, ERR_USAGE, "\"%s\" has no such value", name);
}

static int read_filter(const struct call *call, struct marks_filter *filter, struct err *err)
{
    static const char *const states[] = {"", "done", "open"};
    static const char *const orders[] = {"", "oldest", "place"};
    size_t state;
    size_t order;
    int64_t mine;
    int result;

    *filter = (struct marks_filter){.kind = marks_kind_read(web_param(call, "kind"))};
    if (web_param(call, "kind")[0] != '\0' && filter->kind == MARKS_ANY)
        return err_set(err, ERR_USAGE, "\"kind\" is no kind of mark");
    if ((result = web_number(call, "label", 0, INT64_MAX, 0, &filter->label, err)) < 0 ||
        (result = web_number(call, "mine", 0, 1, 0, &mine, err)) < 0 ||
        (result = read_one_of(call, "state", states, ARRAY_LEN(states), &state, err)) < 0 ||
        (result = read_one_of(call, "sort", orders, ARRAY_LEN(orders), &order, err)) < 0)
        return result;
    filter->done = (enum mark_step)state;
    filter->order = (enum marks_order)order;
    filter->words = web_param(call, "q");
    if (strlen(filter->words) > WORDS_BYTES_MAX)
        return err_set(err, ERR_USAGE, "\"q\" is longer than %d bytes", WORDS_BYTES_MAX);
    if (mine == 1)
        filter->who = call->web->who;
    else if (web_param(call, "by")[0] != '\0')
        filter->who = web_param(call, "by");
    return 0;
}

int api_marks(struct call *call, struct err *err)
{
    struct listing listing = {.me = call->web->who};
    struct marks_filter filter;
    int64_t total;
    int result;

    if ((result = read_filter(call, &filter, err)) < 0 ||
        (result = web_number(call, "offset", 0, OFFSET_MAX, 0, &filter.offset, err)) < 0 ||
        (result = web_number(call, "limit", 1, LIST_MAX, LIST_DEFAULT, &filter.limit, err)) < 0 ||
        (result = marks_count(call->kase, &filter, &total, err)) < 0)
        return result;
    web_start_json(call, &listing.json);
    json_open_object(&listing.json, NULL);
    json_put_int(&listing.json, "total", total);
    json_put_int(&listing.json, "offset", filter.offset);
    json_open_array(&listing.json, "marks");
    result = marks_each(call->kase, &filter, put_mark, &listing, err);
    json_close_array(&listing.json);
    json_close_object(&listing.json);
    return result;
}

/* ---- CSV ---- */

static int put_csv_row(void *ctx, const struct annotation *mark)
{
    struct csv_writer *csv = ctx;

    marks_csv_put(csv, mark);
    return csv->out->full ? ERR_LIMIT : 0;
}

int api_marks_csv(struct call *call, struct err *err)
{
    struct marks_filter filter;
    struct csv_writer csv;
    int result = read_filter(call, &filter, err);

    if (result < 0)
        return result;
    http_put_header(call->response, "Content-Type", "text/csv; charset=utf-8");
    http_put_header(call->response, "Content-Disposition", "attachment; filename=\"marks.csv\"");
    csv_start(&csv, &call->response->body);
    marks_csv_head(&csv);
    result = marks_each(call->kase, &filter, put_csv_row, &csv, err);
    return result == ERR_LIMIT ? err_set(err, result, "too many marks for one file") : result;
}

/* ---- what a text was ---- */

static int put_revision(void *ctx, const struct mark_revision *revision)
{
    struct json_writer *json = ctx;
    char at[CLOCK_MAX];

    clock_format(revision->at, at);
    json_open_object(json, NULL);
    json_put_int(json, "revision", revision->revision);
    json_put_str(json, "text", revision->text);
    json_put_str(json, "lang", revision->lang);
    json_put_str(json, "by", revision->who);
    json_put_str(json, "at", at);
    json_close_object(json);
    return 0;
}

int api_mark_revisions(struct call *call, struct err *err)
{
    struct json_writer json;

    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_open_array(&json, "revisions");
    int result = mark_revisions(call->kase, call->id, put_revision, &json, err);
    json_close_array(&json);
    json_close_object(&json);
    return result;
}
