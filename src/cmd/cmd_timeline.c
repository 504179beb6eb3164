#include <stdlib.h>
#include <string.h>

#include "cmd/command.h"
#include "cmd/terminal.h"
#include "events/events.h"
#include "fmt/json.h"
#include "names/entities.h"
#include "store/item.h"
#include "text/day.h"

enum {
    FLUSH_AT = 1 << 16,
    LINES_MAX = 1 << 20,
    MENTIONS_MAX = 1 << 20, /* of a name */
    NEAR_BYTES = 400,       /* between a name and a date that is its own: some sentences */
};

/* Where a name stands. */
struct place {
    int64_t item;
    uint32_t page, at;
};

struct listing {
    struct sanad_case *kase;
    struct buf out;
    bool json;
    struct item item; /* of the line before */
    int64_t lines;
    struct place *places; /* of the name, in order; NULL: no name was given */
    size_t place_count;
    struct err *err;
};

/* The item of an event; many of one follow each other. */
static int load_item(struct listing *listing, int64_t id)
{
    if (listing->item.id == id)
        return 0;
    item_release(&listing->item);
    listing->item = (struct item){0};
    return item_load(listing->kase, id, &listing->item, listing->err);
}

static const char *source_of(const struct event *event)
{
    return event->source < 0 ? "text" : own_source_word(event->source);
}

static void put_json(struct listing *listing, const struct event *event)
{
    struct json_writer json;
    char day[CALENDAR_TEXT_MAX];
    char solar[SOLAR_TEXT_MAX];

    solar_text(event->earliest, event->latest, solar);
    json_start(&json, &listing->out);
    json_open_object(&json, NULL);
    json_put_int(&json, "v", 1);
    json_put_str(&json, "edtf", event->edtf);
    json_put_str(&json, "earliest", calendar_day_text(event->earliest, day));
    json_put_str(&json, "latest", calendar_day_text(event->latest, day));
    json_put_str(&json, "solar", solar[0] ? solar : NULL);
    json_put_str(&json, "calendar", calendar_name(event->calendar));
    json_put_str(&json, "certainty", date_certainty_word(event->certainty));
    json_put_str(&json, "source", source_of(event));
    json_put_int(&json, "item", event->item);
    json_put_str(&json, "path", listing->item.path);
    if (event->page) {
        json_put_int(&json, "page", event->page);
        json_put_int(&json, "start", event->start);
        json_put_int(&json, "end", event->end);
    }
    json_put_str(&json, "text", event->text);
    json_close_object(&json);
    json_end_line(&json);
}

/* For people: both calendars, how sure, by what, where. */
static void put_line(struct listing *listing, const struct event *event)
{
    char solar[SOLAR_TEXT_MAX];

    solar_text(event->earliest, event->latest, solar);
    if (event->source >= 0)
        term_style(stdout, TERM_BOLD);
    printf("%-12s  %-12s  %-11s  %-10s", event->edtf, solar, date_certainty_word(event->certainty),
           source_of(event));
    if (event->source >= 0)
        term_style(stdout, 0);
    printf("  %6lld  ", (long long)event->item);
    if (event->source < 0) {
        printf("p. %-4u ", event->page);
        term_str(stdout, event->text);
        term_gap(stdout, event->text);
    }
    term_str(stdout, listing->item.path);
    putchar('\n');
}

static int place_order(const void *left, const void *right)
{
    const struct place *a = left;
    const struct place *b = right;

    if (a->item != b->item)
        return a->item < b->item ? -1 : 1;
    if (a->page != b->page)
        return a->page < b->page ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

/* The first place that is not before another. */
static size_t place_from(const struct listing *listing, const struct place *wanted)
{
    size_t low = 0;
    size_t high = listing->place_count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (place_order(&listing->places[middle], wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether the name stands in the document that is dated, or near the date. */
static bool is_of_name(const struct listing *listing, const struct event *event)
{
    bool own = event->source >= 0;
    uint32_t from = own || event->start < NEAR_BYTES ? 0 : event->start - NEAR_BYTES;
    struct place wanted = {.item = event->item, .page = own ? 0 : event->page, .at = from};

    if (!listing->places)
        return true;
    size_t i = place_from(listing, &wanted);
    if (i == listing->place_count || listing->places[i].item != event->item)
        return false;
    return own || (listing->places[i].page == event->page &&
                   listing->places[i].at <= event->end + NEAR_BYTES);
}

static int on_mention(void *ctx, const struct entity_mention *mention)
{
    struct listing *listing = ctx;

    if (listing->place_count % 1024 == 0)
        listing->places =
            mem_realloc(listing->places, listing->place_count + 1024, sizeof(struct place));
    listing->places[listing->place_count++] =
        (struct place){mention->item, mention->page, mention->at};
    return 0;
}

/* --name: a number of sanad names, or a name. */
static int read_name(struct cmd *cmd, struct listing *listing, struct err *err)
{
    const char *given = cmd_option(cmd, "name");
    int64_t id;
    int rc = given ? names_ready(cmd->kase, err) : 0;

    if (!given || rc)
        return rc;
    listing->places = mem_zalloc(1024, sizeof(struct place));
    rc = entity_meant(cmd->kase, given, &id, err);
    if (!rc)
        rc = entity_mentions(cmd->kase, id, MENTIONS_MAX, on_mention, listing, err);
    if (listing->place_count)
        qsort(listing->places, listing->place_count, sizeof(struct place), place_order);
    return rc;
}

static int on_event(void *ctx, const struct event *event)
{
    struct listing *listing = ctx;

    if (!is_of_name(listing, event))
        return 0;
    int rc = load_item(listing, event->item);
    if (rc)
        return rc;
    listing->lines++;
    (listing->json ? put_json : put_line)(listing, event);
    if (listing->out.len >= FLUSH_AT)
        term_flush(&listing->out);
    return ferror(stdout) ? ERR_IO : 0;
}

static int read_day(const struct cmd *cmd, const char *option, bool first, bool *ret_given,
                    int32_t *ret_day, struct err *err)
{
    const char *given = cmd_option(cmd, option);
    int32_t other;

    *ret_given = given != NULL;
    if (!given || (first ? day_span(given, strlen(given), ret_day, &other)
                         : day_span(given, strlen(given), &other, ret_day)))
        return 0;
    return err_set(err, ERR_USAGE, "--%s is a date: 2014, 2014-11, 2014-11-03 or 1393-08-12",
                   option);
}

static void put_counts(struct listing *listing, const struct timeline_counts *counts)
{
    struct json_writer json;
    char a[COUNTED_MAX];
    char b[COUNTED_MAX];

    if (listing->json) {
        json_start(&json, &listing->out);
        json_open_object(&json, NULL);
        json_put_int(&json, "v", 1);
        json_put_int(&json, "lines", listing->lines);
        json_put_int(&json, "documents", counts->documents);
        json_put_int(&json, "undated", counts->undated);
        json_put_int(&json, "unplaced", counts->unplaced);
        json_close_object(&json);
        json_end_line(&json);
        term_flush(&listing->out);
        return;
    }
    printf("%s%s with text, %s of them undated", listing->lines ? "\n" : "",
           term_counted(counts->documents, "document", "documents", a),
           term_count(counts->undated, b));
    if (counts->unplaced)
        printf("; %s that only %s date would place",
               term_counted(counts->unplaced, "mention", "mentions", a),
               counts->unplaced == 1 ? "its document's" : "their documents'");
    putchar('\n');
}

int cmd_timeline(struct cmd *cmd, struct err *err)
{
    struct listing listing = {.kase = cmd->kase, .json = cmd_has(cmd, "json"), .err = err};
    struct timeline_filter filter = {.documents = cmd_has(cmd, "documents")};
    struct timeline_counts counts;
    int rc = read_day(cmd, "from", true, &filter.has_first, &filter.first, err);

    if (!rc)
        rc = read_day(cmd, "to", false, &filter.has_last, &filter.last, err);
    if (rc)
        return rc;
    buf_init(&listing.out, LINES_MAX);
    rc = read_name(cmd, &listing, err);
    if (!rc)
        rc = events_timeline(cmd->kase, &filter, on_event, &listing, err);
    if (!rc)
        rc = events_count(cmd->kase, &counts, err);
    if (!rc)
        put_counts(&listing, &counts);
    term_flush(&listing.out);
    buf_release(&listing.out);
    item_release(&listing.item);
    free(listing.places);
    return ferror(stdout) ? 0 : rc;
}
