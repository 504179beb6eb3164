/* same, different, unsure and undo: what people decide of names. */
#include "cmd/command.h"
#include "cmd/names_out.h"
#include "cmd/terminal.h"

enum { DECIDED_OUT_MAX = 64 << 10 };

static const char *reason(const struct cmd *cmd)
{
    const char *why = cmd_option(cmd, "why");

    return why ? why : "";
}

/* Where the two are now. */
static int report(struct cmd *cmd, int64_t decision, const char *const *ends, size_t count,
                  struct err *err)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct json_writer json;
    int64_t ids[2] = {0};
    int rc = 0;

    for (size_t i = 0; i < count && !rc; i++)
        rc = entity_meant(cmd->kase, ends[i], &ids[i], err);
    if (rc)
        return rc;
    if (!cmd_has(cmd, "json")) {
        printf("decision %lld", (long long)decision);
        for (size_t i = 0; i < count && (!i || ids[i] != ids[0]); i++)
            printf("%s %lld", i ? " and" : ": now", (long long)ids[i]);
        putchar('\n');
        return 0;
    }
    buf_init(&out, DECIDED_OUT_MAX);
    json_start(&json, &out);
    json_open_object(&json, NULL);
    json_put_int(&json, "v", 1);
    json_put_int(&json, "decision", decision);
    json_open_array(&json, "now");
    for (size_t i = 0; i < count; i++)
        json_put_int(&json, NULL, ids[i]);
    json_close_array(&json);
    json_close_object(&json);
    json_end_line(&json);
    term_flush(&out);
    return 0;
}

static int decide(struct cmd *cmd, enum verdict verdict, struct err *err)
{
    int64_t decision;
    int rc = names_ready(cmd->kase, err);

    if (!rc)
        rc = db_begin(case_db(cmd->kase), err);
    if (rc)
        return rc;
    rc = names_decide(cmd->kase, verdict, cmd->args[0], cmd->args[1], cmd_author(cmd), reason(cmd),
                      &decision, err);
    rc = cmd_commit(cmd, rc, err);
    return rc ? rc : report(cmd, decision, cmd->args, 2, err);
}

int cmd_same(struct cmd *cmd, struct err *err)
{
    return decide(cmd, VERDICT_SAME, err);
}

int cmd_different(struct cmd *cmd, struct err *err)
{
    return decide(cmd, VERDICT_DIFFERENT, err);
}

int cmd_unsure(struct cmd *cmd, struct err *err)
{
    return decide(cmd, VERDICT_UNSURE, err);
}

int cmd_undo(struct cmd *cmd, struct err *err)
{
    int64_t undone;
    int64_t decision;
    int rc = cmd_item(cmd, 0, &undone, NULL);

    if (rc)
        return err_set(err, rc, "\"%s\" is no decision; sanad names --decisions lists them",
                       cmd->args[0]);
    rc = names_ready(cmd->kase, err);
    if (!rc)
        rc = db_begin(case_db(cmd->kase), err);
    if (rc)
        return rc;
    rc = names_undo(cmd->kase, undone, cmd_author(cmd), reason(cmd), &decision, err);
    rc = cmd_commit(cmd, rc, err);
    return rc ? rc : report(cmd, decision, NULL, 0, err);
}
