/* mark and unmark: people's marks on documents and pages. */
#include <stdio.h>
#include <stdlib.h>

#include "cmd/command.h"
#include "cmd/terminal.h"
#include "web/marks_json.h"

enum { MARK_OUT_MAX = 4 << 20 };

struct printing {
    const struct cmd *cmd;
    struct buf out;
    struct json_writer json;
};

static int print_mark(void *ctx, const struct annotation *mark)
{
    struct printing *printing = ctx;

    if (!cmd_has(printing->cmd, "json")) {
        printf("mark %lld\n", (long long)mark->id);
        return 0;
    }
    json_open_object(&printing->json, NULL);
    json_put_int(&printing->json, "v", 1);
    mark_members_put(&printing->json, mark, cmd_author(printing->cmd));
    json_close_object(&printing->json);
    json_end_line(&printing->json);
    term_flush(&printing->out);
    return 0;
}

static int report(struct cmd *cmd, const int64_t *ids, struct err *err)
{
    struct printing printing = {.cmd = cmd};
    int rc = 0;

    buf_init(&printing.out, MARK_OUT_MAX);
    json_start(&printing.json, &printing.out);
    for (size_t i = 0; i < cmd->arg_count && !rc; i++)
        rc = mark_one(cmd->kase, ids[i], print_mark, &printing, err);
    buf_release(&printing.out);
    return rc;
}

/* ---- which mark ---- */

static const struct {
    const char *option;
    enum marks_kind kind;
} kinds[] = {{"tag", MARKS_TAG}, {"star", MARKS_STAR}, {"note", MARKS_NOTE}, {"list", MARKS_LIST}};

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static int read_wish(const struct cmd *cmd, struct mark_wish *wish, struct err *err)
{
    size_t given = 0;

    *wish = (struct mark_wish){.label_name = "",
                               .colour = or_empty(cmd_option(cmd, "colour")),
                               .text = "",
                               .lang = "",
                               .who = cmd_author(cmd),
                               .target.quote = ""};
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (!cmd_has(cmd, kinds[i].option))
            continue;
        given++;
        wish->kind = kinds[i].kind;
        if (wish->kind == MARKS_NOTE)
            wish->text = cmd_option(cmd, kinds[i].option);
        else if (wish->kind != MARKS_STAR)
            wish->label_name = cmd_option(cmd, kinds[i].option);
    }
    if (given != 1)
        return err_set(err, ERR_USAGE, "one of --tag, --star, --note, --list says what to do");
    if (cmd_has(cmd, "done") && wish->kind != MARKS_LIST)
        return err_set(err, ERR_USAGE, "--done is said of a --list");
    return 0;
}

/* ITEM or ITEM:PAGE. */
static int read_place(const char *text, struct mark_target *target, struct err *err)
{
    char *end;
    long long item = strtoll(text, &end, 10);
    long long page = 0;

    if (item > 0 && *end == ':')
        page = strtoll(end + 1, &end, 10);
    if (item < 1 || page < 0 || page > UINT32_MAX || *end != '\0' || text[0] < '0' ||
        text[0] > '9' || end[-1] == ':')
        return err_set(err, ERR_USAGE, "\"%s\" is no item and no ITEM:PAGE", text);
    target->item = item;
    target->page = (uint32_t)page;
    return 0;
}

static int mark_all(struct cmd *cmd, struct mark_wish *wish, int64_t *ids, struct err *err)
{
    const struct mark_change done = {.done = MARK_YES};
    int rc = 0;

    for (size_t i = 0; i < cmd->arg_count && !rc; i++) {
        rc = read_place(cmd->args[i], &wish->target, err);
        if (!rc)
            rc = mark_add(cmd->kase, wish, &ids[i], err);
        if (!rc && cmd_has(cmd, "done"))
            rc = mark_change(cmd->kase, ids[i], &done, wish->who, err);
    }
    return rc;
}

int cmd_mark(struct cmd *cmd, struct err *err)
{
    CLEANUP(cleanup_free) int64_t *ids = mem_zalloc(cmd->arg_count, sizeof(*ids));
    struct mark_wish wish;
    int rc = read_wish(cmd, &wish, err);

    if (!rc)
        rc = db_begin(case_db(cmd->kase), err);
    if (rc)
        return rc;
    rc = cmd_commit(cmd, mark_all(cmd, &wish, ids, err), err);
    return rc ? rc : report(cmd, ids, err);
}

static int unmark_all(struct cmd *cmd, int64_t *ids, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; i < cmd->arg_count && !rc; i++) {
        rc =
            cmd_item(cmd, i, &ids[i], NULL)
                ? err_set(err, ERR_USAGE, "\"%s\" is no mark; sanad marks lists them", cmd->args[i])
                : 0;
        if (!rc)
            rc = cmd_has(cmd, "restore") ? mark_restore(cmd->kase, ids[i], err)
                                         : mark_remove(cmd->kase, ids[i], cmd_author(cmd), err);
    }
    return rc;
}

int cmd_unmark(struct cmd *cmd, struct err *err)
{
    CLEANUP(cleanup_free) int64_t *ids = mem_zalloc(cmd->arg_count, sizeof(*ids));
    int rc = db_begin(case_db(cmd->kase), err);

    if (rc)
        return rc;
    rc = cmd_commit(cmd, unmark_all(cmd, ids, err), err);
    return rc ? rc : report(cmd, ids, err);
}
