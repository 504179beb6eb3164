/* The list of names, and one of them. */
#include <string.h>

#include "names/browse.h"
#include "web/names_json.h"
#include "web/routes.h"

enum {
    LIST_DEFAULT = 100,
    LIST_MAX = 200,
    LIST_TEXT_MAX = 256,
    WRITTEN_MAX = 500, /* spellings of one that are given */
    POSTS_MAX = 30,
    NEAR_MAX = 20,
};

static const struct {
    const char *word;
    enum entity_order order;
} orders[] = {{"", ORDER_DOCUMENTS},
              {"documents", ORDER_DOCUMENTS},
              {"mentions", ORDER_MENTIONS},
              {"name", ORDER_NAME}};

static int read_order(const struct call *call, enum entity_order *ret_order, struct err *err)
{
    const char *word = web_param(call, "sort");

    for (size_t i = 0; i < ARRAY_LEN(orders); i++) {
        if (strcmp(orders[i].word, word) == 0) {
            *ret_order = orders[i].order;
            return 0;
        }
    }
    return err_set(err, ERR_USAGE, "\"sort\" must be documents, mentions or name");
}

static int read_list(const struct call *call, struct entity_list *list, struct err *err)
{
    int result;

    list->text = web_param(call, "text");
    if (strlen(list->text) > LIST_TEXT_MAX)
        return err_set(err, ERR_USAGE, "\"text\" is longer than %d bytes", LIST_TEXT_MAX);
    if ((result = entity_kind_read(web_param(call, "kind"), &list->kind, err)) < 0 ||
        (result = read_order(call, &list->order, err)) < 0 ||
        (result = web_number(call, "offset", 0, BROWSE_OFFSET_MAX, 0, &list->offset, err)) < 0)
        return result;
    return web_number(call, "limit", 1, LIST_MAX, LIST_DEFAULT, &list->limit, err);
}

static int put_entity(void *ctx, const struct entity *entity)
{
    struct json_writer *json = ctx;

    json_open_object(json, NULL);
    entity_members_put(json, entity);
    json_close_object(json);
    return 0;
}

static void put_counts(struct json_writer *json, const struct entity_list *list,
                       const int64_t counts[MENTION_KINDS])
{
    int64_t total = 0;

    json_open_object(json, "kinds");
    for (int kind = 0; kind < MENTION_KINDS; kind++) {
        if (counts[kind] > 0)
            json_put_int(json, mention_kind_word((enum mention_kind)kind), counts[kind]);
        total += list->kind < 0 || list->kind == kind ? counts[kind] : 0;
    }
    json_close_object(json);
    json_put_int(json, "total", total);
    json_put_int(json, "offset", list->offset);
}

int api_names(struct call *call, struct err *err)
{
    struct entity_list list = {0};
    int64_t counts[MENTION_KINDS] = {0};
    struct json_writer json;
    int result = names_ready(call->kase, err);

    if (result == 0)
        result = read_list(call, &list, err);
    if (result == 0)
        result = entities_count(call->kase, list.text, counts, err);
    if (result < 0)
        return result;
    web_start_json(call, &json);
    json_open_object(&json, NULL);
    put_counts(&json, &list, counts);
    json_open_array(&json, "names");
    result = entities_list(call->kase, &list, put_entity, &json, err);
    json_close_array(&json);
    json_close_object(&json);
    return result;
}

/* ---- one ---- */

struct one {
    struct json_writer *json;
    int64_t id;
    int64_t count, left_out;
};

static int put_one(void *ctx, const struct entity *entity)
{
    struct one *one = ctx;

    one->id = entity->id;
    entity_members_put(one->json, entity);
    return 0;
}

static int put_written(void *ctx, const struct entity_spelling *spelling)
{
    struct one *one = ctx;

    if (one->count++ >= WRITTEN_MAX) {
        one->left_out++;
        return 0;
    }
    json_open_object(one->json, NULL);
    json_put_str(one->json, "spelling", spelling->shown);
    json_put_str(one->json, "kind", mention_kind_word(spelling->kind));
    json_put_int(one->json, "documents", spelling->documents);
    json_put_int(one->json, "mentions", spelling->mentions);
    json_close_object(one->json);
    return 0;
}

static int put_post(void *ctx, const char *post, int64_t mentions)
{
    struct json_writer *json = ctx;

    json_open_object(json, NULL);
    json_put_str(json, "post", post);
    json_put_int(json, "mentions", mentions);
    json_close_object(json);
    return 0;
}

static int put_year(void *ctx, const char *year, int64_t documents)
{
    struct json_writer *json = ctx;

    json_open_object(json, NULL);
    json_put_str(json, "year", year);
    json_put_int(json, "documents", documents);
    json_close_object(json);
    return 0;
}

static int put_near(void *ctx, const struct entity_near *near)
{
    struct json_writer *json = ctx;

    json_open_object(json, NULL);
    json_put_int(json, "id", near->id);
    json_put_str(json, "name", near->shown);
    json_put_str(json, "by", near->by);
    json_put_real(json, "score", near->probability / 1000.0, 3);
    if (near->decision)
        json_put_int(json, "decision", near->decision);
    json_close_object(json);
    return 0;
}

static int put_decision(void *ctx, const struct decision *decision)
{
    decision_put_json(ctx, decision);
    return 0;
}

static int put_lists(struct call *call, struct one *one, struct err *err)
{
    struct json_writer *json = one->json;
    int result;

    result = entity_told_put(json, call->kase, one->id, err);
    if (result < 0)
        return result;
    json_open_array(json, "written");
    result = entity_spellings(call->kase, one->id, put_written, one, err);
    json_close_array(json);
    json_put_int(json, "left_out", one->left_out);
    json_open_array(json, "posts");
    if (result == 0)
        result = entity_posts(call->kase, one->id, POSTS_MAX, put_post, json, err);
    json_close_array(json);
    json_open_array(json, "years");
    if (result == 0)
        result = entity_years(call->kase, one->id, put_year, json, err);
    json_close_array(json);
    json_open_array(json, "near");
    if (result == 0)
        result = entity_near(call->kase, one->id, NEAR_MAX, put_near, json, err);
    json_close_array(json);
    json_open_array(json, "decisions");
    if (result == 0)
        result = names_decisions(call->kase, one->id, put_decision, json, err);
    json_close_array(json);
    return result;
}

int api_name(struct call *call, struct err *err)
{
    struct json_writer json;
    struct one one = {.json = &json};
    int result = names_ready(call->kase, err);

    if (result < 0)
        return result;
    web_start_json(call, &json);
    json_open_object(&json, NULL);
    result = entity_one(call->kase, call->name, put_one, &one, err);
    if (result == 0)
        result = put_lists(call, &one, err);
    json_close_object(&json);
    return result;
}
