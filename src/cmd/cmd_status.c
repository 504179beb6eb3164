#include "cmd/command.h"
#include "cmd/sums.h"
#include "cmd/terminal.h"

int cmd_status(struct cmd *cmd, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf line = {0};
    struct ledger_sums sums;
    struct json_writer json;

    if (!cmd_has(cmd, "json"))
        return sums_print(cmd->kase, err);
    int rc = ledger_sum(cmd->kase, &sums, err);
    if (rc)
        return rc;
    buf_init(&line, 64 << 10);
    json_start(&json, &line);
    json_open_object(&json, NULL);
    json_put_int(&json, "v", 1);
    sums_put(&json, &sums);
    json_close_object(&json);
    json_end_line(&json);
    term_flush(&line);
    return 0;
}
