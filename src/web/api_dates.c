/* The dates that a document's text names: a list of places, each with its readings. */
#include "events/events.h"
#include "store/item.h"
#include "store/page.h"
#include "web/dates.h"
#include "web/routes.h"
#include "web/utf16.h"

enum { DATES_MAX = 200, DATES_EACH = 100, OFFSET_MAX = 1 << 30 };

/* Where the list is: its events come in the order of pages and of places. */
struct listing {
    struct call *call;
    struct json_writer *json;
    struct err *err;
    struct page *page; /* the one that `map` is of */
    struct utf16_map map;
    uint32_t number, start; /* of the place that is open; 0: none */
};

static void drop_page(struct listing *listing)
{
    if (listing->page == NULL)
        return;
    utf16_map_release(&listing->map);
    page_free(listing->page);
    listing->page = NULL;
}

static int turn_to(struct listing *listing, uint32_t number)
{
    if (listing->page != NULL && listing->page->head.number == number)
        return 0;
    drop_page(listing);
    int rc =
        page_load(listing->call->kase, listing->call->item, number, &listing->page, listing->err);
    if (rc == 0)
        utf16_map_init(&listing->map, listing->page->text, listing->page->text_len);
    return rc;
}

static void close_place(struct listing *listing)
{
    if (listing->number == 0)
        return;
    json_close_array(listing->json);
    json_close_object(listing->json);
    listing->number = 0;
}

static int open_place(struct listing *listing, const struct event *event)
{
    struct json_writer *json = listing->json;
    int rc = turn_to(listing, event->page);

    if (rc != 0)
        return rc;
    close_place(listing);
    json_open_object(json, NULL);
    json_put_int(json, "page", event->page);
    json_put_int(json, "start", utf16_at(&listing->map, event->start));
    json_put_int(json, "end", utf16_at(&listing->map, event->end));
    json_put_str(json, "text", event->text);
    json_put_str(json, "source", own_source_word(event->source));
    json_open_array(json, "readings");
    listing->number = event->page;
    listing->start = event->start;
    return 0;
}

static int on_reading(void *ctx, const struct event *event)
{
    struct listing *listing = ctx;
    int rc = 0;

    if (listing->number != event->page || listing->start != event->start)
        rc = open_place(listing, event);
    if (rc != 0)
        return rc;
    json_open_object(listing->json, NULL);
    date_put_reading(listing->json, event);
    json_close_object(listing->json);
    return 0;
}

int api_item_dates(struct call *call, struct err *err)
{
    struct json_writer json;
    struct listing listing = {.call = call, .json = &json, .err = err};
    int64_t offset;
    int64_t limit;
    int64_t total = 0;
    struct item item;
    int rc = item_load(call->kase, call->item, &item, err);

    if (rc == 0) {
        item_release(&item);
        rc = web_number(call, "offset", 0, OFFSET_MAX, 0, &offset, err);
    }
    if (rc == 0)
        rc = web_number(call, "limit", 1, DATES_MAX, DATES_EACH, &limit, err);
    if (rc == 0)
        rc = events_named_count(call->kase, call->item, &total, err);
    if (rc != 0)
        return rc;
    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_put_int(&json, "item", call->item);
    json_put_int(&json, "offset", offset);
    json_put_int(&json, "total", total);
    json_open_array(&json, "dates");
    rc = events_named(call->kase, call->item, (unsigned)offset, (unsigned)limit, on_reading,
                      &listing, err);
    close_place(&listing);
    drop_page(&listing);
    json_close_array(&json);
    json_close_object(&json);
    return rc;
}
