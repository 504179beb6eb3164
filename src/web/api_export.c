/* A list of results to take away: recorded in the custody log before it is given. */
#include <inttypes.h>
#include <string.h>

#include "fmt/csv.h"
#include "search/search.h"
#include "store/custody.h"
#include "store/item.h"
#include "web/routes.h"
#include "web/sorts.h"
#include "web/widen.h"

struct row {
    struct csv_writer *csv;
    const struct hit *hit;
};

static int put_row(void *ctx, const struct ledger_row *ledger)
{
    const struct row *row = ctx;
    struct csv_writer *csv = row->csv;

    csv_int(csv, row->hit->item);
    csv_int(csv, row->hit->page);
    csv_int(csv, row->hit->pages);
    csv_text(csv, row->hit->path);
    csv_text(csv, row->hit->name);
    csv_text(csv, row->hit->title);
    csv_text(csv, row->hit->type);
    csv_text(csv, row->hit->lang);
    csv_text(csv, row->hit->date);
    csv_text(csv, row->hit->date_source);
    csv_text(csv, outcome_word(ledger->outcome));
    csv_text(csv, ledger->sha256);
    csv_int(csv, (int64_t)ledger->item.bytes);
    csv_end_row(csv);
    return 0;
}

static int put_list(struct call *call, const struct search_result *found, struct err *err)
{
    static const char *const names[] = {"item",    "page",   "pages", "path", "name",
                                        "title",   "type",   "lang",  "date", "date_source",
                                        "outcome", "sha256", "bytes"};
    struct csv_writer csv;
    int result = 0;

    csv_start(&csv, &call->response->body);
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        csv_text(&csv, names[i]);
    csv_end_row(&csv);
    for (size_t i = 0; i < found->count && result == 0 && !call->response->body.full; i++) {
        struct row row = {.csv = &csv, .hit = &found->hits[i]};
        result = ledger_one(call->kase, found->hits[i].item, put_row, &row, err);
    }
    return result;
}

static int record(struct call *call, const char *query, int64_t documents, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf detail = {0};

    buf_init(&detail, 2 * (size_t)QUERY_BYTES_MAX);
    buf_printf(&detail, "a list of %" PRId64 " documents as CSV, by %s: %s", documents,
               call->web->who, query);
    return custody_add(call->kase, "export", detail.data, err);
}

int api_export(struct call *call, struct err *err)
{
    CLEANUP(cleanup_search_result) struct search_result *found = NULL;
    CLEANUP(cleanup_wide) struct wide_query wide = {0};
    struct search_request request = {.limit = UINT32_MAX};
    const char *query;
    const char *sort;
    int result;

    if ((result = json_get_text(call->body, "query", QUERY_BYTES_MAX, &query, err)) < 0 ||
        (result = json_get_text(call->body, "sort", 16, &sort, err)) < 0 ||
        (result = sort_read(sort, &request.sort, err)) < 0 ||
        (result = text_widen(call->kase, query, &wide, err)) < 0)
        return result;
    request.query = wide.query.data;
    if ((result = search_run(call->kase, &request, &found, err)) < 0 ||
        (result = put_list(call, found, err)) < 0)
        return result;
    http_put_header(call->response, "Content-Type", "text/csv; charset=utf-8");
    http_put_header(call->response, "Content-Disposition", "attachment; filename=\"results.csv\"");
    return record(call, query, found->total, err);
}
