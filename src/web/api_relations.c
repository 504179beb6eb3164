/* What belongs to a document: its conversation, documents with much the same text, and how they
 * differ. */
#include <stdlib.h>

#include "relate/difference.h"
#include "relate/near.h"
#include "relate/threads.h"
#include "store/item.h"
#include "text/passage.h"
#include "web/routes.h"
#include "web/row.h"

enum {
    ATTACHMENTS_MAX = 100,   /* told of a message */
    SAME_WORDS_SHOWN = 12,   /* of a stretch that both have, at each of its ends */
    DIFFERENCES_MAX = 20000, /* stretches told */
};

static int put_row(void *ctx, const struct ledger_row *row)
{
    row_put(ctx, row);
    return 0;
}

static int check_item(struct call *call, int64_t item, struct err *err)
{
    CLEANUP(item_release) struct item found = {0};

    return item_load(call->kase, item, &found, err);
}

/* ---- conversations ---- */

struct attachments {
    struct json_writer *json;
    unsigned count;
};

static int put_attachment(void *ctx, const struct ledger_row *row)
{
    struct attachments *attachments = ctx;

    json_open_object(attachments->json, NULL);
    row_put(attachments->json, row);
    json_close_object(attachments->json);
    return ++attachments->count == ATTACHMENTS_MAX;
}

static int put_message(struct call *call, struct json_writer *json,
                       const struct thread_message *message, struct err *err)
{
    struct attachments attachments = {json, 0};
    struct ledger_filter filter = {.outcome = -1, .reason = -1, .parent = message->item};

    json_open_object(json, NULL);
    int result = ledger_one(call->kase, message->item, put_row, json, err);
    if (message->answers)
        json_put_int(json, "answers", message->answers);
    else
        json_put_null(json, "answers");
    json_open_array(json, "copies");
    for (unsigned i = 0; i < message->copy_count; i++)
        json_put_int(json, NULL, message->copies[i]);
    json_close_array(json);
    json_open_array(json, "attachments");
    if (result == 0)
        result = ledger_each(call->kase, &filter, put_attachment, &attachments, err);
    json_close_array(json);
    json_close_object(json);
    return result < 0 ? result : 0;
}

int api_item_thread(struct call *call, struct err *err)
{
    CLEANUP(cleanup_free) struct thread *thread = NULL;
    struct json_writer json;
    int result = check_item(call, call->item, err);

    if (result == 0)
        result = thread_load(call->kase, call->item, &thread, err);
    if (result != 0)
        return result;
    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_put_int(&json, "item", call->item);
    json_put_int(&json, "total", thread->total);
    json_put_int(&json, "missing", thread->missing);
    json_open_array(&json, "messages");
    for (unsigned i = 0; i < thread->count && result == 0; i++)
        result = put_message(call, &json, &thread->messages[i], err);
    json_close_array(&json);
    json_close_object(&json);
    return result;
}

/* ---- much the same ---- */

int api_item_near(struct call *call, struct err *err)
{
    CLEANUP(cleanup_free) struct near *near = mem_zalloc(NEAR_MAX, sizeof(*near));
    struct json_writer json;
    int result = check_item(call, call->item, err);

    if (result == 0)
        result = near_find(call->kase, call->item, near, err);
    if (result < 0)
        return result;
    int count = result;
    result = 0;
    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_put_int(&json, "item", call->item);
    json_open_array(&json, "near");
    for (int i = 0; i < count && result == 0; i++) {
        json_open_object(&json, NULL);
        result = ledger_one(call->kase, near[i].item, put_row, &json, err);
        json_put_int(&json, "likeness", near[i].likeness);
        json_put_int(&json, "words", near[i].words);
        json_close_object(&json);
    }
    json_close_array(&json);
    json_close_object(&json);
    return result;
}

struct telling {
    struct json_writer *json;
    unsigned told;
    bool cut;
};

/* Where so many words of a text end, from its start or from its end. */
static size_t words_end(const char *text, size_t len, uint32_t words)
{
    size_t at = 0;

    for (uint32_t i = 0; i < words; i++) {
        while (at < len && passage_is_blank(text[at]))
            at++;
        while (at < len && !passage_is_blank(text[at]))
            at++;
    }
    return at;
}

static size_t words_start(const char *text, size_t len, uint32_t words)
{
    size_t at = len;

    for (uint32_t i = 0; i < words; i++) {
        while (at > 0 && passage_is_blank(text[at - 1]))
            at--;
        while (at > 0 && !passage_is_blank(text[at - 1]))
            at--;
    }
    return at;
}

static int put_difference(void *ctx, const struct difference *difference)
{
    static const char *const kinds[] = {"same", "left", "right"};
    struct telling *telling = ctx;
    struct json_writer *json = telling->json;
    const char *text = difference->text;
    bool shorten = difference->kind == DIFFERENCE_SAME && difference->words > 2 * SAME_WORDS_SHOWN;

    if (telling->told++ == DIFFERENCES_MAX) {
        telling->cut = true;
        return 1;
    }
    size_t head = shorten ? words_end(text, difference->len, SAME_WORDS_SHOWN) : difference->len;
    size_t tail = shorten ? words_start(text, difference->len, SAME_WORDS_SHOWN) : difference->len;
    json_open_object(json, NULL);
    json_put_str(json, "kind", kinds[difference->kind]);
    json_put_str_len(json, "text", text, head);
    json_put_str_len(json, "end", text + tail, difference->len - tail);
    json_put_int(json, "left_out", shorten ? difference->words - 2 * SAME_WORDS_SHOWN : 0);
    json_put_int(json, "page", difference->page_left);
    json_put_int(json, "page_with", difference->page_right);
    json_close_object(json);
    return 0;
}

int api_item_difference(struct call *call, struct err *err)
{
    struct difference_sums sums;
    struct json_writer json;
    struct telling telling = {.json = &json};
    int64_t with;
    int result = web_number(call, "with", 1, (int64_t)1 << 39, 0, &with, err);

    if (result == 0 && with == 0)
        result = err_set(err, ERR_USAGE, "\"with\" must be the number of another item");
    if (result == 0)
        result = check_item(call, call->item, err);
    if (result == 0)
        result = check_item(call, with, err);
    if (result < 0)
        return result;
    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_put_int(&json, "item", call->item);
    json_put_int(&json, "with", with);
    json_open_array(&json, "parts");
    result = difference_each(call->kase, call->item, with, put_difference, &telling, &sums, err);
    json_close_array(&json);
    json_put_int(&json, "words", sums.left);
    json_put_int(&json, "words_with", sums.right);
    json_put_int(&json, "same", sums.same);
    json_put_bool(&json, "cut", sums.cut || telling.cut);
    json_close_object(&json);
    return result < 0 ? result : 0;
}
