/* What lies on a page's text besides the words of a query: the boxes of all its words, and who is
 * named where. */
#include "names/browse.h"
#include "store/page.h"
#include "web/boxes.h"
#include "web/routes.h"
#include "web/utf16.h"

enum { PAGE_NAMES_MAX = 4096 };

static int load(struct call *call, struct page **ret_page, struct err *err)
{
    return page_load(call->kase, call->item, call->page, ret_page, err);
}

static void open_answer(struct call *call, struct json_writer *json)
{
    web_start_json(call, json);
    json_open_object(json, NULL);
    json_put_int(json, "item", call->item);
    json_put_int(json, "page", call->page);
}

int api_page_words(struct call *call, struct err *err)
{
    CLEANUP(cleanup_page) struct page *page = NULL;
    struct json_writer json;
    int result = load(call, &page, err);

    if (result != 0)
        return result;
    open_answer(call, &json);
    words_put(&json, "words", page);
    json_put_bool(&json, "cut", page->word_count > BOXES_MAX);
    json_close_object(&json);
    return 0;
}

struct named {
    struct json_writer *json;
    const struct utf16_map *map;
};

static int put_name(void *ctx, const struct page_name *name)
{
    const struct named *named = ctx;
    struct json_writer *json = named->json;

    json_open_object(json, NULL);
    json_put_int(json, "id", name->entity);
    json_put_str(json, "kind", mention_kind_word(name->kind));
    json_put_str(json, "name", name->shown);
    json_put_int(json, "start", utf16_at(named->map, name->at));
    json_put_int(json, "end", utf16_at(named->map, (size_t)name->at + name->len));
    json_close_object(json);
    return 0;
}

int api_page_names(struct call *call, struct err *err)
{
    CLEANUP(cleanup_page) struct page *page = NULL;
    struct json_writer json;
    struct utf16_map map;
    struct named named = {&json, &map};
    int result = load(call, &page, err);

    if (result != 0)
        return result;
    utf16_map_init(&map, page->text, page->text_len);
    open_answer(call, &json);
    json_open_array(&json, "names");
    result =
        entities_on_page(call->kase, call->item, call->page, PAGE_NAMES_MAX, put_name, &named, err);
    json_close_array(&json);
    json_close_object(&json);
    utf16_map_release(&map);
    return result;
}
