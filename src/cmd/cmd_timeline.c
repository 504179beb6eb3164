#include <stdlib.h>
#include <string.h>

#include "cmd/command.h"
#include "cmd/terminal.h"
#include "events/events.h"
#include "fmt/json.h"
#include "store/item.h"
#include "text/day.h"

enum { FLUSH_AT = 1 << 16, LINES_MAX = 1 << 20 };

struct listing {
    struct sanad_case *kase;
    struct buf out;
    bool json;
    struct item item; /* of the line before */
    int64_t lines;
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

static int on_event(void *ctx, const struct event *event)
{
    struct listing *listing = ctx;
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
    rc = events_timeline(cmd->kase, &filter, on_event, &listing, err);
    if (!rc)
        rc = events_count(cmd->kase, &counts, err);
    if (!rc)
        put_counts(&listing, &counts);
    term_flush(&listing.out);
    buf_release(&listing.out);
    item_release(&listing.item);
    return ferror(stdout) ? 0 : rc;
}
