#include <string.h>

#include "cmd/command.h"
#include "cmd/terminal.h"
#include "events/events.h"
#include "web/dates.h"
#include "web/row.h"

enum { SHOW_MAX = 4 << 20 };

struct show {
    struct json_writer json;
    bool as_json;
    const char *heading; /* printed before the first line of a list */
    int64_t parent;      /* of the row shown last */
};

static void line(const char *name, const char *value)
{
    if (!value || !value[0])
        return;
    printf("%-13s ", name);
    term_str(stdout, value);
    putchar('\n');
}

static void line_number(const char *name, int64_t value, bool known)
{
    char text[32];

    if (known)
        line(name, term_count(value, text));
}

/* The heading of a list, once there is something below it. */
static void put_heading(struct show *show)
{
    if (show->heading)
        printf("\n%s\n", show->heading);
    show->heading = NULL;
}

static int show_row(void *ctx, const struct ledger_row *row)
{
    struct show *show = ctx;
    char text[64];

    show->parent = row->item.parent;
    if (show->as_json) {
        row_put(&show->json, row);
        return 0;
    }
    printf("item %lld\n", (long long)row->item.id);
    line("path", row->item.path);
    line("outcome", outcome_word(row->outcome));
    line("reason", reason_word(row->reason));
    line("detail", row->detail);
    if (row->duplicate_of) {
        snprintf(text, sizeof(text), "%lld", (long long)row->duplicate_of);
        line("duplicate of", text);
    }
    line("type", row->type);
    line("language", row->lang);
    line_number("bytes", (int64_t)row->item.bytes, true);
    line("sha256", row->sha256);
    line_number("pages", row->pages, row->pages >= 0);
    line_number("characters", row->chars, row->chars > 0);
    line_number("children", row->children, row->children > 0);
    line("title", row->title);
    line("date", row->date);
    line("from", row->from);
    line("to", row->to);
    line("source", row->source);
    return 0;
}

static int show_meta(void *ctx, const char *key, const char *value)
{
    struct show *show = ctx;

    if (show->as_json) {
        json_open_object(&show->json, NULL);
        json_put_str(&show->json, "key", key);
        json_put_str(&show->json, "value", value);
        json_close_object(&show->json);
    } else {
        put_heading(show);
        fputs("  ", stdout);
        line(key, value);
    }
    return 0;
}

/* What the document says of its own date: the first is taken, others stand below it as evidence. */
static int show_date(void *ctx, const struct event *event)
{
    struct show *show = ctx;
    char solar[SOLAR_TEXT_MAX];

    if (show->as_json) {
        date_put(&show->json, event);
        return 0;
    }
    put_heading(show);
    solar_text(event->earliest, event->latest, solar);
    printf("  %-11s %-12s %-12s %-11s ", own_source_word(event->source), event->edtf, solar,
           date_certainty_word(event->certainty));
    term_str(stdout, event->text);
    putchar('\n');
    return 0;
}

static int show_link(void *ctx, const struct ledger_row *row)
{
    struct show *show = ctx;

    show->parent = row->item.parent;
    if (show->as_json) {
        row_put_link(&show->json, row);
        return 0;
    }
    put_heading(show);
    printf("  %lld  ", (long long)row->item.id);
    term_str(stdout, row->item.name);
    term_gap(stdout, row->item.name);
    const char *reason = reason_word(row->reason);
    printf("(%s%s%s)\n", outcome_word(row->outcome), reason ? ": " : "", reason ? reason : "");
    return 0;
}

static void open_list(struct show *show, const char *key, const char *heading)
{
    if (show->as_json)
        json_open_array(&show->json, key);
    show->heading = heading;
}

static void close_list(struct show *show)
{
    if (show->as_json)
        json_close_array(&show->json);
}

/* The containers above, innermost first. */
static int show_containers(struct show *show, struct sanad_case *kase, struct err *err)
{
    int rc = 0;

    open_list(show, "containers", "found inside");
    while (!rc && show->parent)
        rc = ledger_one(kase, show->parent, show_link, show, err);
    close_list(show);
    return rc;
}

int cmd_show(struct cmd *cmd, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct show show = {.as_json = cmd_has(cmd, "json")};
    struct ledger_filter children = {.outcome = -1, .reason = -1};
    int64_t item;
    int rc = cmd_item(cmd, 0, &item, err);

    if (rc)
        return rc;
    buf_init(&out, SHOW_MAX);
    json_start(&show.json, &out);
    if (show.as_json) {
        json_open_object(&show.json, NULL);
        json_put_int(&show.json, "v", 1);
    }
    if ((rc = ledger_one(cmd->kase, item, show_row, &show, err)))
        return rc;
    int64_t parent = show.parent;
    open_list(&show, "meta", "facts in the file");
    rc = item_meta_each(cmd->kase, item, show_meta, &show, err);
    close_list(&show);
    open_list(&show, "dates", "its own date, by");
    if (!rc)
        rc = events_own(cmd->kase, item, show_date, &show, err);
    close_list(&show);
    open_list(&show, "inside", "found in it");
    children.parent = item;
    if (!rc)
        rc = ledger_each(cmd->kase, &children, show_link, &show, err);
    close_list(&show);
    show.parent = parent;
    if (!rc)
        rc = show_containers(&show, cmd->kase, err);
    if (!rc && show.as_json) {
        json_close_object(&show.json);
        json_end_line(&show.json);
        if (out.full)
            return err_set(err, ERR_LIMIT,
                           "item %lld has too many children to show at once; use: "
                           "sanad ledger CASE --parent %lld --json",
                           (long long)item, (long long)item);
        term_flush(&out);
    }
    return rc;
}
