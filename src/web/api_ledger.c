/* The ledger: rows in parts, sums, and all of it as CSV. */
#include <stdlib.h>
#include <string.h>

#include "web/download.h"
#include "web/routes.h"
#include "web/row.h"
#include "web/row_csv.h"

enum {
    ROWS_DEFAULT = 100,
    ROWS_MAX = 1000,
    TEXT_MAX = 4096,        /* bytes of a filter that is a text */
    OFFSET_MAX = 100000000, /* rows */
};

/* ---- filters ---- */

/* A word of the ledger as its number; "" is all. */
static int read_word(const struct call *call, const char *name, int (*from_word)(const char *word),
                     int *ret_value, struct err *err)
{
    const char *word = web_param(call, name);

    *ret_value = -1;
    if (word[0] == '\0')
        return 0;
    *ret_value = from_word(word);
    if (*ret_value < 0)
        return err_set(err, ERR_USAGE, "the ledger has no %s of that name", name);
    return 0;
}

/* NULL when it was not given; borrowed. */
static int read_text(const struct call *call, const char *name, const char **ret_text,
                     struct err *err)
{
    const char *text = web_param(call, name);

    if (strlen(text) > TEXT_MAX)
        return err_set(err, ERR_USAGE, "\"%s\" is longer than %d bytes", name, TEXT_MAX);
    *ret_text = text[0] != '\0' ? text : NULL;
    return 0;
}

static int read_flag(const struct call *call, const char *name, bool *ret_flag, struct err *err)
{
    int64_t number;
    int result = web_number(call, name, 0, 1, 0, &number, err);

    *ret_flag = number == 1;
    return result;
}

static int read_filter(const struct call *call, struct ledger_filter *filter, struct err *err)
{
    int result;

    *filter = (struct ledger_filter){0};
    if ((result = read_word(call, "outcome", outcome_from_word, &filter->outcome, err)) < 0 ||
        (result = read_word(call, "reason", reason_from_word, &filter->reason, err)) < 0 ||
        (result = web_number(call, "parent", 0, INT64_MAX, -1, &filter->parent, err)) < 0 ||
        (result = web_number(call, "after", 0, INT64_MAX, 0, &filter->after, err)) < 0 ||
        (result = read_text(call, "type", &filter->type, err)) < 0 ||
        (result = read_text(call, "folder", &filter->folder, err)) < 0 ||
        (result = read_text(call, "words", &filter->words, err)) < 0 ||
        (result = read_flag(call, "differs", &filter->differs, err)) < 0)
        return result;
    return read_flag(call, "unequal", &filter->unequal, err);
}

/* ---- rows ---- */

struct listing {
    struct json_writer json;
    int64_t limit, count;
    int64_t last; /* id of the last row written */
    bool more;
};

static int on_row(void *ctx, const struct ledger_row *row)
{
    struct listing *listing = ctx;

    if (listing->count == listing->limit) {
        listing->more = true;
        return 1;
    }
    listing->count++;
    listing->last = row->item.id;
    json_open_object(&listing->json, NULL);
    row_put(&listing->json, row);
    json_close_object(&listing->json);
    return 0;
}

int api_ledger(struct call *call, struct err *err)
{
    struct ledger_filter filter;
    struct listing listing = {0};
    int result;

    if ((result = read_filter(call, &filter, err)) < 0 ||
        (result = web_number(call, "offset", 0, OFFSET_MAX, 0, &filter.offset, err)) < 0 ||
        (result = web_number(call, "limit", 1, ROWS_MAX, ROWS_DEFAULT, &listing.limit, err)) < 0)
        return result;
    web_start_json(call, &listing.json);
    json_open_object(&listing.json, NULL);
    json_open_array(&listing.json, "rows");
    result = ledger_each(call->kase, &filter, on_row, &listing, err);
    if (result < 0)
        return result;
    json_close_array(&listing.json);
    if (listing.more)
        json_put_int(&listing.json, "next", listing.last);
    else
        json_put_null(&listing.json, "next");
    json_close_object(&listing.json);
    return 0;
}

int api_ledger_sums(struct call *call, struct err *err)
{
    struct ledger_filter filter;
    struct ledger_sums sums = {0};
    struct json_writer json;
    int result = read_filter(call, &filter, err);

    if (result == 0)
        result = ledger_sum_of(call->kase, &filter, &sums, err);
    if (result < 0)
        return result;
    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_put_int(&json, "items", sums.items);
    json_put_int(&json, "bytes", sums.bytes);
    json_put_int(&json, "pages", sums.pages);
    json_put_int(&json, "chars", sums.chars);
    sums_put_outcomes(&json, &sums);
    json_close_object(&json);
    return 0;
}

/* ---- CSV ---- */

static int on_csv_row(void *ctx, const struct ledger_row *row)
{
    struct csv_stream *rows = ctx;

    row_csv_put(&rows->csv, row);
    return csv_stream_row(rows);
}

/* One statement, so that the file is the ledger as it was at one moment. */
static int csv_write(void *ctx, struct sanad_case *kase, struct http_stream *stream,
                     struct err *err)
{
    struct csv_stream rows;

    csv_stream_start(&rows, stream);
    row_csv_head(&rows.csv);
    return csv_stream_end(&rows, ledger_each(kase, ctx, on_csv_row, &rows, err));
}

static void filter_free(void *ctx)
{
    struct ledger_filter *filter = ctx;

    free((char *)filter->type);
    free((char *)filter->folder);
    free((char *)filter->words);
    free(filter);
}

static const char *text_dup(const char *text)
{
    return text != NULL ? mem_strdup(text) : NULL;
}

/* Its texts are its own. */
static struct ledger_filter *filter_dup(const struct ledger_filter *filter)
{
    struct ledger_filter *copy = mem_alloc(sizeof *copy);

    *copy = *filter;
    copy->type = text_dup(filter->type);
    copy->folder = text_dup(filter->folder);
    copy->words = text_dup(filter->words);
    return copy;
}

int api_ledger_csv(struct call *call, struct err *err)
{
    struct ledger_filter filter;
    struct download download = {.type = "text/csv; charset=utf-8",
                                .name = "ledger.csv",
                                .write = csv_write,
                                .drop = filter_free};
    int result = read_filter(call, &filter, err);

    if (result < 0 || !download_admit(call))
        return result;
    download.ctx = filter_dup(&filter);
    download_start(call, &download);
    return 0;
}
