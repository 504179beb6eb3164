#include <string.h>

#include "cmd/command.h"
#include "cmd/terminal.h"
#include "cmd/timeline_name.h"
#include "events/events.h"
#include "fmt/json.h"
#include "names/entities.h"
#include "store/item.h"

enum {
    FLUSH_AT = 1 << 16,
    LINES_MAX = 1 << 20,
    PASSAGE_MAX = 1 << 14,
};

struct listing {
    struct sanad_case *kase;
    struct buf out;
    bool json;
    struct item item; /* of the line before */
    int64_t lines;
    bool named;
    struct timeline_name name;
    struct buf passage; /* around the name, when one is given */
    int64_t undated;    /* documents with the name */
    int64_t unplaced;   /* dates near it */
    bool list_undated;
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
    if (listing->named)
        json_put_str(&json, "passage", listing->passage.data);
    json_close_object(&json);
    json_end_line(&json);
}

static void put_passage_line(const struct listing *listing)
{
    if (!listing->named || !listing->passage.len)
        return;
    fputs("     ", stdout);
    term_str(stdout, listing->passage.data);
    putchar('\n');
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
    put_passage_line(listing);
}

/* --name: a number of sanad names, or a name. */
static int read_name(struct cmd *cmd, struct listing *listing, struct err *err)
{
    const char *given = cmd_option(cmd, "name");
    int rc = given ? names_ready(cmd->kase, err) : 0;

    if (!given || rc)
        return rc;
    listing->named = true;
    return timeline_name_find(cmd->kase, given, &listing->name, err);
}

/* The words around the place by which a date is the name's. */
static int take_passage(struct listing *listing, const struct name_place *place,
                        const struct event *event)
{
    buf_clear(&listing->passage);
    return timeline_name_passage(&listing->name, place, event, &listing->passage, listing->err);
}

static int on_event(void *ctx, const struct event *event)
{
    struct listing *listing = ctx;

    const struct name_place *place =
        listing->named ? timeline_name_near(&listing->name, event) : NULL;
    if (listing->named && !place)
        return 0;
    int rc = load_item(listing, event->item);
    if (!rc && place)
        rc = take_passage(listing, place, event);
    if (rc)
        return rc;
    listing->lines++;
    (listing->json ? put_json : put_line)(listing, event);
    if (listing->out.len >= FLUSH_AT)
        term_flush(&listing->out);
    return ferror(stdout) ? ERR_IO : 0;
}

static int on_unplaced(void *ctx, const struct event *event)
{
    struct listing *listing = ctx;

    listing->unplaced += timeline_name_near(&listing->name, event) != NULL;
    return 0;
}

/* A document with the name that nothing dates. */
static int on_undated(void *ctx, const struct name_place *place)
{
    struct listing *listing = ctx;
    struct json_writer json;

    listing->undated++;
    if (!listing->list_undated)
        return 0;
    int rc = load_item(listing, place->item);
    if (!rc)
        rc = take_passage(listing, place, NULL);
    if (rc)
        return rc;
    listing->lines++;
    if (!listing->json) {
        printf("%-53s  %6lld  ", "undated", (long long)place->item);
        term_str(stdout, listing->item.path);
        putchar('\n');
        put_passage_line(listing);
        return ferror(stdout) ? ERR_IO : 0;
    }
    json_start(&json, &listing->out);
    json_open_object(&json, NULL);
    json_put_int(&json, "v", 1);
    json_put_str(&json, "edtf", NULL);
    json_put_str(&json, "certainty", date_certainty_word(DATE_UNKNOWN));
    json_put_str(&json, "source", NULL);
    json_put_int(&json, "item", place->item);
    json_put_str(&json, "path", listing->item.path);
    json_put_int(&json, "page", place->page);
    json_put_str(&json, "passage", listing->passage.data);
    json_close_object(&json);
    json_end_line(&json);
    if (listing->out.len >= FLUSH_AT)
        term_flush(&listing->out);
    return ferror(stdout) ? ERR_IO : 0;
}

/* What has no place in the order: last, and counted. */
static int end_of_name(struct listing *listing, struct timeline_counts *ret_counts)
{
    int rc = timeline_name_undated(&listing->name, on_undated, listing, listing->err);

    if (!rc)
        rc = events_unplaced(listing->kase, on_unplaced, listing, listing->err);
    *ret_counts =
        (struct timeline_counts){listing->name.documents, listing->undated, listing->unplaced};
    return rc;
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
    printf("%s%s with %s, %s of them undated", listing->lines ? "\n" : "",
           term_counted(counts->documents, "document", "documents", a),
           listing->named ? "the name" : "text", term_count(counts->undated, b));
    if (counts->unplaced)
        printf("; %s cannot be placed without %s own",
               term_counted(counts->unplaced, "date", "dates", a),
               counts->unplaced == 1 ? "its document's" : "their documents'");
    putchar('\n');
}

int cmd_timeline(struct cmd *cmd, struct err *err)
{
    struct listing listing = {.kase = cmd->kase, .json = cmd_has(cmd, "json"), .err = err};
    struct timeline_filter filter = {.documents = cmd_has(cmd, "documents")};
    struct timeline_counts counts;
    int rc = cmd_day(cmd, "from", true, &filter.has_first, &filter.first, err);

    if (!rc)
        rc = cmd_day(cmd, "to", false, &filter.has_last, &filter.last, err);
    if (rc)
        return rc;
    buf_init(&listing.out, LINES_MAX);
    buf_init(&listing.passage, PASSAGE_MAX);
    listing.list_undated = !filter.has_first && !filter.has_last;
    rc = read_name(cmd, &listing, err);
    if (!rc)
        rc = events_timeline(cmd->kase, &filter, on_event, &listing, err);
    if (!rc)
        rc = listing.named ? end_of_name(&listing, &counts) : events_count(cmd->kase, &counts, err);
    if (!rc)
        put_counts(&listing, &counts);
    term_flush(&listing.out);
    buf_release(&listing.out);
    item_release(&listing.item);
    buf_release(&listing.passage);
    timeline_name_release(&listing.name);
    return ferror(stdout) ? 0 : rc;
}
