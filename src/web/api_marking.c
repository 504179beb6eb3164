/* People mark documents: marks are made, changed, removed and restored. */
#include <string.h>

#include "web/marks_json.h"
#include "web/routes.h"
#include "web/utf16.h"

enum { WORD_MAX = 16 };

struct answer {
    struct json_writer json;
    const char *me;
};

static int put_mark(void *ctx, const struct annotation *mark)
{
    struct answer *answer = ctx;

    mark_put_json(&answer->json, mark, answer->me);
    return 0;
}

/* The mark as it is now. */
static int answer_mark(struct call *call, int64_t id, struct err *err)
{
    struct answer answer = {.me = call->web->who};

    web_start_json(call, &answer.json);
    return mark_one(call->kase, id, put_mark, &answer, err);
}

/* ---- what a request wants ---- */

static int read_regions(const struct call *call, struct mark_target *target, struct err *err)
{
    CLEANUP(cleanup_free) int64_t *numbers = NULL;
    size_t count;
    int result = json_get_numbers(call->body, "regions", 4, (size_t)4 * MARK_REGIONS_MAX, &numbers,
                                  &count, err);

    for (size_t i = 0; i < count && result == 0; i++)
        if (numbers[i] < 0 || numbers[i] > MARK_REGION_UNIT)
            result = err_set(err, ERR_USAGE, "regions are in 10000ths of the page");
    if (result < 0)
        return result;
    target->region_count = count / 4;
    for (size_t i = 0; i < target->region_count; i++)
        target->regions[i] =
            (struct mark_region){(uint16_t)numbers[4 * i], (uint16_t)numbers[4 * i + 1],
                                 (uint16_t)numbers[4 * i + 2], (uint16_t)numbers[4 * i + 3]};
    return 0;
}

/* The range as bytes of the page's text. */
static int read_range(const struct call *call, struct mark_target *target, struct err *err)
{
    CLEANUP(cleanup_page) struct page *page = NULL;
    int64_t start;
    int64_t end;
    int result;

    if ((result = json_get_number(call->body, "start", 0, UINT32_MAX, 0, &start, err)) < 0 ||
        (result = json_get_number(call->body, "end", 0, UINT32_MAX, 0, &end, err)) < 0 || end == 0)
        return result;
    result = page_load(call->kase, target->item, target->page, &page, err);
    if (result < 0)
        return result;
    target->start = (uint32_t)utf16_byte(page->text, page->text_len, (uint32_t)start);
    target->end = (uint32_t)utf16_byte(page->text, page->text_len, (uint32_t)end);
    return 0;
}

static int read_target(const struct call *call, struct mark_target *target, struct err *err)
{
    const struct json_object *body = call->body;
    int64_t page;
    int result;

    if ((result = json_get_number(body, "item", 1, INT64_MAX, 0, &target->item, err)) < 0 ||
        (result = json_get_number(body, "page", 0, UINT32_MAX, 0, &page, err)) < 0 ||
        (result = json_get_text(body, "quote", MARK_QUOTE_MAX, &target->quote, err)) < 0 ||
        (result = read_regions(call, target, err)) < 0)
        return result;
    target->page = (uint32_t)page;
    return read_range(call, target, err);
}

/* What is put on a target, whichever it is. */
static int read_wish(const struct call *call, struct mark_wish *wish, struct err *err)
{
    const struct json_object *body = call->body;
    const char *kind;
    int result;

    *wish = (struct mark_wish){.target.quote = "", .who = call->web->who};
    if ((result = json_get_text(body, "kind", WORD_MAX, &kind, err)) < 0 ||
        (result = json_get_number(body, "label", 0, INT64_MAX, 0, &wish->label, err)) < 0 ||
        (result = json_get_text(body, "label_name", LABEL_NAME_MAX, &wish->label_name, err)) < 0 ||
        (result = json_get_text(body, "colour", WORD_MAX, &wish->colour, err)) < 0 ||
        (result = json_get_text(body, "text", MARK_TRANSLATION_MAX, &wish->text, err)) < 0 ||
        (result = json_get_text(body, "lang", MARK_LANG_MAX, &wish->lang, err)) < 0)
        return result;
    wish->kind = marks_kind_read(kind);
    return 0;
}

int api_mark_add(struct call *call, struct err *err)
{
    struct mark_wish wish;
    int64_t id;
    int result;

    if ((result = read_wish(call, &wish, err)) < 0 ||
        (result = read_target(call, &wish.target, err)) < 0 ||
        (result = mark_add(call->kase, &wish, &id, err)) < 0)
        return result;
    return answer_mark(call, id, err);
}

/* ---- many ---- */

static int put_item(void *ctx, int64_t item)
{
    json_put_int(ctx, NULL, item);
    return 0;
}

int api_marks_many(struct call *call, struct err *err)
{
    CLEANUP(cleanup_free) int64_t *items = NULL;
    struct json_writer json;
    struct mark_wish wish;
    int64_t label = 0;
    size_t count;
    bool remove;
    int result;

    if ((result = read_wish(call, &wish, err)) < 0 ||
        (result = json_get_bool(call->body, "remove", false, &remove, err)) < 0 ||
        (result = json_get_numbers(call->body, "items", 0, MARKS_MANY_MAX, &items, &count, err)) <
            0)
        return result;
    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_open_array(&json, "items");
    result = marks_many(call->kase, remove ? MARKS_TAKE_OFF : MARKS_PUT, &wish, items, count,
                        put_item, &json, &label, err);
    json_close_array(&json);
    json_put_int(&json, "label", label);
    json_close_object(&json);
    return result;
}

/* ---- one that is there ---- */

static int read_step(const struct call *call, const char *name, enum mark_step *ret_step,
                     struct err *err)
{
    bool value;
    int result = json_get_bool(call->body, name, false, &value, err);

    *ret_step = MARK_LEAVE;
    if (result == 0 && json_has(call->body, name))
        *ret_step = value ? MARK_YES : MARK_NO;
    return result;
}

/* "open" or "done". */
static int read_state(const struct call *call, enum mark_step *ret_step, struct err *err)
{
    const char *state;
    int result = json_get_text(call->body, "state", WORD_MAX, &state, err);

    *ret_step = MARK_LEAVE;
    if (result < 0 || state[0] == '\0')
        return result;
    *ret_step = strcmp(state, "done") == 0 ? MARK_YES : MARK_NO;
    return *ret_step == MARK_YES || strcmp(state, "open") == 0
               ? 0
               : err_set(err, ERR_USAGE, "\"state\" must be open or done");
}

static int read_text(const struct call *call, const char *name, size_t max, const char **ret_text,
                     struct err *err)
{
    int result = json_get_text(call->body, name, max, ret_text, err);

    if (!json_has(call->body, name))
        *ret_text = NULL;
    return result;
}

int api_mark_change(struct call *call, struct err *err)
{
    struct mark_change change;
    int result;

    if ((result = read_text(call, "text", MARK_TRANSLATION_MAX, &change.text, err)) < 0 ||
        (result = read_text(call, "lang", MARK_LANG_MAX, &change.lang, err)) < 0 ||
        (result = read_state(call, &change.done, err)) < 0 ||
        (result = read_step(call, "checked", &change.checked, err)) < 0 ||
        (result = json_get_number(call->body, "label", 0, INT64_MAX, 0, &change.label, err)) < 0 ||
        (result = mark_change(call->kase, call->id, &change, call->web->who, err)) < 0)
        return result;
    return answer_mark(call, call->id, err);
}

int api_mark_remove(struct call *call, struct err *err)
{
    int result = mark_remove(call->kase, call->id, call->web->who, err);

    return result == 0 ? answer_mark(call, call->id, err) : result;
}

int api_mark_restore(struct call *call, struct err *err)
{
    int result = mark_restore(call->kase, call->id, err);

    return result == 0 ? answer_mark(call, call->id, err) : result;
}
