#include "store/page.h"
#include "text/language.h"
#include "web/boxes.h"
#include "web/routes.h"
#include "web/row.h"
#include "web/widen.h"

enum { PAGE_MARKS_MAX = 4096 };

static const char *method_word(enum page_method method)
{
    switch (method) {
    case PAGE_OCR:
        return "ocr";
    case PAGE_TEXT:
        return "text";
    default:
        return "flow";
    }
}

static void put_head(struct json_writer *json, const struct page *page)
{
    const struct page_head *head = &page->head;

    json_put_int(json, "item", page->item);
    json_put_int(json, "page", head->number);
    json_put_str(json, "method", method_word(head->method));
    json_put_str(json, "label", head->label[0] != '\0' ? head->label : NULL);
    json_put_str(json, "lang", head->lang[0] != '\0' ? head->lang : NULL);
    json_put_str(json, "dir", text_is_rtl(page->text, page->text_len) ? "rtl" : "ltr");
    /* Chapters, tables and slides are pages without measures: nothing draws them. */
    json_put_bool(json, "image", head->method != PAGE_FLOW && head->width && head->height);
    json_put_int(json, "width", head->width);
    json_put_int(json, "height", head->height);
    if (head->confidence == CONFIDENCE_NONE)
        json_put_null(json, "confidence");
    else
        json_put_int(json, "confidence", head->confidence);
}

static void put_text(struct call *call, struct json_writer *json, const struct page *page,
                     const char *query)
{
    CLEANUP(cleanup_free) struct mark *marks = mem_zalloc(PAGE_MARKS_MAX, sizeof *marks);
    size_t count = 0;

    json_put_str_len(json, "text", page->text, page->text_len);
    if (query[0] != '\0')
        count = search_marks(call->kase, query, page, TEXT_MAIN, marks, PAGE_MARKS_MAX);
    marks_put(json, "marks", page->text, page->text_len, marks, count);
    misread_put(json, marks, count);
    boxes_put(json, "boxes", page, marks, count);

    json_put_str_len(json, "rest", page->rest_len > 0 ? page->rest : "", page->rest_len);
    count = 0;
    if (query[0] != '\0' && page->rest_len > 0)
        count = search_marks(call->kase, query, page, TEXT_REST, marks, PAGE_MARKS_MAX);
    marks_put(json, "rest_marks", page->rest_len > 0 ? page->rest : "", page->rest_len, marks,
              count);
}

int api_page(struct call *call, struct err *err)
{
    CLEANUP(cleanup_page) struct page *page = NULL;
    struct json_writer json;

    CLEANUP(cleanup_wide) struct wide_query wide = {0};
    int result = query_widen(call, &wide, err);
    if (result == 0)
        result = page_load(call->kase, call->item, call->page, &page, err);
    if (result != 0)
        return result;
    web_start_json(call, &json);
    json_open_object(&json, NULL);
    put_head(&json, page);
    put_text(call, &json, page, wide.query.data);
    json_close_object(&json);
    return 0;
}
