#include <errno.h>
#include <string.h>

#include "cmd/command.h"
#include "cmd/terminal.h"
#include "fmt/csv.h"
#include "web/row.h"
#include "web/row_csv.h"

enum { FLUSH_BYTES = 64 << 10, LINES_MAX = 1 << 20, DETAIL_COLUMN = 19 };

struct listing {
    struct buf out;
    struct json_writer json;
    struct csv_writer csv;
    int (*row)(struct listing *listing, const struct ledger_row *row);
    int64_t rows;
};

static int put_json(struct listing *listing, const struct ledger_row *row)
{
    json_open_object(&listing->json, NULL);
    json_put_int(&listing->json, "v", 1);
    row_put(&listing->json, row);
    json_close_object(&listing->json);
    json_end_line(&listing->json);
    return 0;
}

static int put_csv(struct listing *listing, const struct ledger_row *row)
{
    row_csv_put(&listing->csv, row);
    return 0;
}

/* For people: number, outcome, reason, path; of what failed also what happened. */
static int put_line(struct listing *listing, const struct ledger_row *row)
{
    const char *reason = reason_word(row->reason);

    (void)listing;
    printf("%7lld  ", (long long)row->item.id);
    if (row->outcome == OUTCOME_FAILED)
        term_style(stdout, TERM_RED);
    printf("%-9s %-17s", outcome_word(row->outcome), reason ? reason : "");
    if (row->outcome == OUTCOME_FAILED)
        term_style(stdout, 0);
    putchar(' ');
    term_str(stdout, row->item.path);
    if (row->outcome == OUTCOME_DUPLICATE) {
        term_gap(stdout, row->item.path);
        printf("(as item %lld)", (long long)row->duplicate_of);
    }
    putchar('\n');
    if (row->outcome == OUTCOME_FAILED && row->detail && row->detail[0]) {
        printf("%*s", DETAIL_COLUMN, "");
        term_str(stdout, row->detail);
        putchar('\n');
    }
    return 0;
}

static int on_row(void *ctx, const struct ledger_row *row)
{
    struct listing *listing = ctx;
    int rc = listing->row(listing, row);

    listing->rows++;
    if (listing->out.len > FLUSH_BYTES)
        term_flush(&listing->out);
    return rc ? rc : ferror(stdout) ? ERR_IO : 0;
}

static const char *outcome_at(int place)
{
    return outcome_word((enum outcome)place);
}

static int parse_filter(struct cmd *cmd, struct ledger_filter *filter, struct err *err)
{
    *filter = (struct ledger_filter){0};
    int rc = cmd_word(cmd, "outcome", outcome_at, OUTCOME_COUNT, -1, &filter->outcome, err);

    if (!rc)
        rc = cmd_reason(cmd, &filter->reason, err);
    if (!rc)
        rc = cmd_number(cmd, "parent", 0, INT64_MAX >> 24, -1, &filter->parent, err);
    return rc;
}

static int ignore_row(void *ctx, const struct ledger_row *row)
{
    (void)ctx;
    (void)row;
    return 0;
}

/* An empty list is an answer, and looks like one: a person is told so, beside the list, and a
 * number that is no item's is an error. */
static int tell_none(struct cmd *cmd, const struct ledger_filter *filter, bool for_people,
                     struct err *err)
{
    int rc = filter->parent > 0 ? ledger_one(cmd->kase, filter->parent, ignore_row, NULL, err) : 0;

    if (!rc && for_people)
        fputs(filter->outcome < 0 && filter->reason < 0 && filter->parent < 0
                  ? "The case is empty. Take files in with: sanad add CASE FOLDER\n"
                  : "No such items. sanad status shows which outcomes and reasons there are.\n",
              stderr);
    return rc;
}

int cmd_ledger(struct cmd *cmd, struct err *err)
{
    struct listing listing = {.row = put_line};
    struct ledger_filter filter;
    int rc = parse_filter(cmd, &filter, err);

    if (rc)
        return rc;
    buf_init(&listing.out, LINES_MAX);
    json_start(&listing.json, &listing.out);
    csv_start(&listing.csv, &listing.out);
    if (cmd_has(cmd, "json")) {
        listing.row = put_json;
    } else if (cmd_has(cmd, "csv")) {
        listing.row = put_csv;
        row_csv_head(&listing.csv);
    }
    rc = ledger_each(cmd->kase, &filter, on_row, &listing, err);
    term_flush(&listing.out);
    buf_release(&listing.out);
    if (!rc && !listing.rows)
        rc = tell_none(cmd, &filter, listing.row == put_line, err);
    return ferror(stdout) && errno == EPIPE ? 0 : rc;
}
