#include <string.h>

#include "base/clock.h"
#include "web/batch.h"
#include "web/routes.h"

enum { LINES_BYTES = 48 << 10, BUDGET_MS = 400, ROWS_MAX = 200 };

static void put_row(struct json_writer *json, const struct batch_row *row)
{
    const struct search_counts *counts = &row->counts;

    json_open_object(json, NULL);
    json_put_int(json, "line", row->line);
    json_put_str(json, "term", row->term);
    json_put_int(json, "documents", counts->documents);
    json_put_int(json, "pages", counts->pages);
    json_put_bool(json, "as_words", counts->as_words);
    json_put_str(json, "note", counts->note[0] != '\0' ? counts->note : NULL);
    json_put_str(json, "reason", row->reason[0] != '\0' ? row->reason : NULL);
    json_close_object(json);
}

/* As many of the lines as fit a moment: who asks sends the rest again, and can stop between. */
int api_batch(struct call *call, struct err *err)
{
    static const char *const required[] = {"lines", NULL};
    struct json_writer json;
    struct batch batch;
    const char *lines;
    int64_t rows = 0;
    int64_t start = clock_ms();
    int result = json_require(call->body, required, err);

    if (result < 0 || (result = json_get_text(call->body, "lines", LINES_BYTES, &lines, err)) < 0)
        return result;
    CLEANUP(cleanup_free) struct batch_row *row = mem_zalloc(1, sizeof *row);
    batch_start(&batch, lines, strlen(lines));
    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_open_array(&json, "rows");
    bool more = true;
    while (rows < ROWS_MAX && (rows == 0 || clock_ms() - start < BUDGET_MS) &&
           (more = batch_next(&batch, call->kase, row))) {
        put_row(&json, row);
        rows++;
    }
    json_close_array(&json);
    if (more && batch.at < batch.len)
        json_put_int(&json, "next", batch.line + 1);
    else
        json_put_null(&json, "next");
    json_close_object(&json);
    return 0;
}
