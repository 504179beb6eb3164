/* What people have marked. */
#include <stdio.h>

#include "cmd/command.h"
#include "cmd/terminal.h"
#include "web/marks_csv.h"
#include "web/marks_json.h"

enum { MARK_OUT_MAX = 4 << 20, MARKS_LIMIT_MAX = 1 << 30 };

struct listing {
    const struct cmd *cmd;
    struct buf out;
    struct json_writer json;
    struct csv_writer csv;
};

static void print_mark(const struct annotation *mark)
{
    const char *said = mark->text[0] ? mark->text : mark->target.quote;

    printf("%lld\t%s\t%lld", (long long)mark->id, marks_kind_word(mark->kind),
           (long long)mark->target.item);
    if (mark->target.page > 0)
        printf(":%u", mark->target.page);
    putchar('\t');
    term_str(stdout, mark->label.name);
    printf("%s\t", mark->done ? " (done)" : "");
    term_str(stdout, mark->who);
    putchar('\t');
    term_str(stdout, mark->path);
    putchar('\t');
    term_str(stdout, said);
    putchar('\n');
}

static int put_mark(void *ctx, const struct annotation *mark)
{
    struct listing *listing = ctx;

    if (cmd_has(listing->cmd, "json")) {
        json_open_object(&listing->json, NULL);
        json_put_int(&listing->json, "v", 1);
        mark_members_put(&listing->json, mark, cmd_author(listing->cmd));
        json_close_object(&listing->json);
        json_end_line(&listing->json);
    } else if (cmd_has(listing->cmd, "csv")) {
        marks_csv_put(&listing->csv, mark);
    } else {
        print_mark(mark);
    }
    term_flush(&listing->out);
    return 0;
}

/* ---- which ---- */

static const char *kind_at(int place)
{
    const char *word = marks_kind_word((enum marks_kind)(place + MARKS_TAG));

    return word[0] ? word : NULL;
}

static int read_filter(const struct cmd *cmd, struct marks_filter *filter, struct err *err)
{
    int kind;
    int rc = cmd_word(cmd, "kind", kind_at, MARKS_TRANSLATION, -1, &kind, err);

    *filter = (struct marks_filter){.order = MARKS_OLDEST};
    if (!rc)
        rc = cmd_number(cmd, "limit", 1, MARKS_LIMIT_MAX, 0, &filter->limit, err);
    if (!rc && cmd_has(cmd, "open") && cmd_has(cmd, "done"))
        rc = err_set(err, ERR_USAGE, "--open or --done");
    if (rc)
        return rc;
    filter->kind = kind < 0 ? MARKS_ANY : (enum marks_kind)(kind + MARKS_TAG);
    filter->label_name = cmd_option(cmd, "label");
    filter->who = cmd_option(cmd, "by");
    filter->words = cmd_option(cmd, "words");
    if (cmd_has(cmd, "open") || cmd_has(cmd, "done"))
        filter->done = cmd_has(cmd, "done") ? MARK_YES : MARK_NO;
    return 0;
}

int cmd_marks(struct cmd *cmd, struct err *err)
{
    struct listing listing = {.cmd = cmd};
    struct marks_filter filter;
    int rc = read_filter(cmd, &filter, err);

    if (rc)
        return rc;
    buf_init(&listing.out, MARK_OUT_MAX);
    json_start(&listing.json, &listing.out);
    csv_start(&listing.csv, &listing.out);
    if (cmd_has(cmd, "csv"))
        marks_csv_head(&listing.csv);
    rc = marks_each(cmd->kase, &filter, put_mark, &listing, err);
    term_flush(&listing.out);
    buf_release(&listing.out);
    return rc;
}
