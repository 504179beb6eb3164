/* What is taken away of a list of results: the list itself, or the originals. It is recorded in the
 * custody log first, in a turn of its own: what is sent then keeps nobody from writing. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "search/search.h"
#include "store/custody.h"
#include "store/item.h"
#include "web/download.h"
#include "web/parcel.h"
#include "web/routes.h"
#include "web/sorts.h"
#include "web/turn.h"
#include "web/widen.h"

/* ---- the list as CSV ---- */

struct list {
    char *query; /* its names widened */
    enum search_sort sort;
};

static void list_drop(void *ctx)
{
    struct list *list = ctx;

    free(list->query);
    free(list);
}

/* A hit on its way into a row. */
struct row {
    struct csv_stream *rows;
    struct sanad_case *kase;
    const struct hit *hit;
    struct err *err;
};

static int put_row(void *ctx, const struct ledger_row *ledger)
{
    const struct row *row = ctx;
    struct csv_writer *csv = &row->rows->csv;

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
    return csv_stream_row(row->rows);
}

static int put_hit(void *ctx, const struct hit *hit)
{
    struct row *row = ctx;

    row->hit = hit;
    return ledger_one(row->kase, hit->item, put_row, row, row->err);
}

static void put_head(struct csv_writer *csv)
{
    static const char *const names[] = {"item",    "page",   "pages", "path", "name",
                                        "title",   "type",   "lang",  "date", "date_source",
                                        "outcome", "sha256", "bytes"};

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        csv_text(csv, names[i]);
    csv_end_row(csv);
}

static int list_write(void *ctx, struct sanad_case *kase, struct http_stream *stream,
                      struct err *err)
{
    const struct list *list = ctx;
    const struct search_request request = {.query = list->query, .sort = list->sort};
    struct csv_stream rows;
    struct row row = {.rows = &rows, .kase = kase, .err = err};

    csv_stream_start(&rows, stream);
    put_head(&rows.csv);
    return csv_stream_end(&rows, search_each(kase, &request, put_hit, &row, err));
}

struct list_entry {
    const char *query, *who;
    int64_t documents;
};

static int record_list(void *ctx, struct sanad_case *writer, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf detail = {0};
    const struct list_entry *entry = ctx;

    buf_init(&detail, 2 * (size_t)QUERY_BYTES_MAX);
    buf_printf(&detail, "a list of %" PRId64 " documents as CSV, by %s: %s", entry->documents,
               entry->who, entry->query);
    return custody_add(writer, "export", detail.data, err);
}

static int start_list(struct call *call, const char *query, enum search_sort sort, struct err *err)
{
    static const struct download download = {.type = "text/csv; charset=utf-8",
                                             .name = "results.csv",
                                             .write = list_write,
                                             .drop = list_drop};
    CLEANUP(cleanup_wide) struct wide_query wide = {0};
    struct list_entry entry = {.query = query, .who = call->web->who};
    struct search_counts counts = {0};
    int result = text_widen(call->kase, query, &wide, err);

    if (result == 0)
        result = search_count(call->kase, wide.query.data, &counts, err);
    if (result < 0)
        return result;
    entry.documents = counts.documents;
    if ((result = turn_take(call->web, record_list, &entry, err)) < 0)
        return result;
    struct download started = download;
    struct list *list = mem_alloc(sizeof *list);
    *list = (struct list){mem_strdup(wide.query.data), sort};
    started.ctx = list;
    download_start(call, &started);
    return 0;
}

int api_export(struct call *call, struct err *err)
{
    static const char *const required[] = {"query", NULL};
    const char *query;
    const char *order;
    enum search_sort sort;
    int result;

    if ((result = json_require(call->body, required, err)) < 0 ||
        (result = json_get_text(call->body, "query", QUERY_BYTES_MAX, &query, err)) < 0 ||
        (result = json_get_text(call->body, "sort", 16, &order, err)) < 0 ||
        (result = sort_read(order, &sort, err)) < 0)
        return result;
    if (!download_admit(call))
        return 0;
    result = start_list(call, query, sort, err);
    if (result < 0)
        download_give_up(call);
    return result;
}

/* ---- the originals ---- */

enum {
    CHOSEN_MAX = 48 << 10, /* bytes of numbers */
    DOCUMENTS_MAX = 100000,
    GIGABYTES_MAX = 16,
};

#define INSTEAD                                                                                    \
    "narrow the search down, by year, folder or type, and take them in parts; or take them with: " \
    "sanad export CASE --query QUERY -o FILE.zip"

/* "12,15": numbers of items. The caller frees the list. */
static int read_chosen(const char *text, int64_t **ret_items, size_t *ret_count, struct err *err)
{
    CLEANUP(cleanup_free) int64_t *items = mem_alloc((strlen(text) + 1) * sizeof *items);
    char *end;

    *ret_count = 0;
    for (const char *at = text; *at != '\0'; at = *end == ',' ? end + 1 : end) {
        int64_t item = *at >= '1' && *at <= '9' ? strtoll(at, &end, 10) : 0;
        if (item <= 0 || item > INT64_MAX >> 24 || (*end != ',' && *end != '\0'))
            return err_set(err, ERR_USAGE, "\"items\" must be numbers with commas between");
        items[(*ret_count)++] = item;
    }
    *ret_count = originals_distinct(items, *ret_count);
    *ret_items = items;
    items = NULL;
    return 0;
}

static int find_items(struct call *call, const char *query, int64_t **ret_items, size_t *ret_count,
                      struct err *err)
{
    CLEANUP(cleanup_wide) struct wide_query wide = {0};
    int result = text_widen(call->kase, query, &wide, err);

    return result == 0 ? search_items(call->kase, wide.query.data, ret_items, ret_count, err)
                       : result;
}

static int check_size(struct call *call, const struct originals_order *order,
                      struct originals_sums *ret_sums, struct err *err)
{
    if (order->count > DOCUMENTS_MAX)
        return err_set(err, ERR_LIMIT,
                       "these are %zu documents, and the reading room gives %d originals at a "
                       "time: " INSTEAD,
                       order->count, DOCUMENTS_MAX);
    int result = originals_sum(call->kase, order, ret_sums, err);
    if (result < 0)
        return result;
    if (ret_sums->bytes > (uint64_t)GIGABYTES_MAX << 30)
        return err_set(err, ERR_LIMIT,
                       "these originals have %" PRIu64 " GB together, and the reading room gives "
                       "%d GB at a time: " INSTEAD,
                       ret_sums->bytes >> 30, GIGABYTES_MAX);
    if (ret_sums->files == 0)
        return err_set(err, ERR_NOT_FOUND, "no bytes of these documents were received");
    return 0;
}

struct recording {
    struct originals_order *order;
    struct originals_sums sums;
};

static int record_originals(void *ctx, struct sanad_case *writer, struct err *err)
{
    struct recording *recording = ctx;

    return originals_record(writer, recording->order, &recording->sums, err);
}

static void put_parcel(struct call *call, int64_t id, const struct originals_order *order,
                       const struct originals_sums *sums)
{
    struct json_writer json;

    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_put_int(&json, "id", id);
    json_put_int(&json, "documents", (int64_t)order->count);
    json_put_int(&json, "originals", sums->files);
    json_put_int(&json, "bytes", (int64_t)sums->bytes);
    json_close_object(&json);
}

int api_originals(struct call *call, struct err *err)
{
    CLEANUP(cleanup_free) int64_t *items = NULL;
    struct originals_order order = {.who = call->web->who};
    struct recording recording = {.order = &order};
    const char *chosen;
    int result;

    if ((result = json_get_text(call->body, "query", QUERY_BYTES_MAX, &order.query, err)) < 0 ||
        (result = json_get_text(call->body, "items", CHOSEN_MAX, &chosen, err)) < 0 ||
        (result = json_get_text(call->body, "why", ORIGINALS_WHY_MAX, &order.why, err)) < 0)
        return result;
    result = chosen[0] != '\0' ? read_chosen(chosen, &items, &order.count, err)
                               : find_items(call, order.query, &items, &order.count, err);
    order.items = items;
    if (result < 0 || (result = check_size(call, &order, &recording.sums, err)) < 0 ||
        (result = turn_take(call->web, record_originals, &recording, err)) < 0)
        return result;
    put_parcel(call, parcel_put(&call->web->parcels, order_dup(&order)), &order, &recording.sums);
    return 0;
}

static int to_stream(void *ctx, const void *data, size_t len)
{
    return http_stream_write(ctx, data, len);
}

static int parcel_write(void *ctx, struct sanad_case *kase, struct http_stream *stream,
                        struct err *err)
{
    int64_t left_out;

    return originals_write(kase, ctx, to_stream, stream, &left_out, err);
}

static void parcel_drop(void *ctx)
{
    order_free(ctx);
}

/* Given once: what was recorded was taken once. */
int api_parcel(struct call *call, struct err *err)
{
    struct download download = {.type = "application/zip",
                                .name = "originals.zip",
                                .write = parcel_write,
                                .drop = parcel_drop};

    if (call->request->method == HTTP_HEAD)
        return err_set(err, ERR_USAGE, "originals are fetched, not looked at");
    if (!download_admit(call))
        return 0;
    download.ctx = parcel_take(&call->web->parcels, call->id);
    if (download.ctx == NULL) {
        download_give_up(call);
        return err_set(err, ERR_NOT_FOUND, "these originals were fetched, or forgotten: ask again");
    }
    download_start(call, &download);
    return 0;
}
