#include <string.h>

#include "web/routes.h"
#include "web/row.h"

enum { ROWS_DEFAULT = 100, ROWS_MAX = 1000 };

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

static int read_filter(const struct call *call, struct ledger_filter *filter, int64_t *ret_limit,
                       struct err *err)
{
    int result;

    if ((result = read_word(call, "outcome", outcome_from_word, &filter->outcome, err)) < 0 ||
        (result = read_word(call, "reason", reason_from_word, &filter->reason, err)) < 0 ||
        (result = web_number(call, "parent", 0, INT64_MAX, -1, &filter->parent, err)) < 0 ||
        (result = web_number(call, "after", 0, INT64_MAX, 0, &filter->after, err)) < 0)
        return result;
    return web_number(call, "limit", 1, ROWS_MAX, ROWS_DEFAULT, ret_limit, err);
}

int api_ledger(struct call *call, struct err *err)
{
    struct ledger_filter filter = {0};
    struct listing listing = {0};
    int result = read_filter(call, &filter, &listing.limit, err);
    if (result < 0)
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
