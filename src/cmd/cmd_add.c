#include "cmd/run.h"

int cmd_add(struct cmd *cmd, struct err *err)
{
    const char *source = cmd_option(cmd, "source");
    struct run run;
    int rc = run_start(&run, cmd, err);

    if (rc)
        return rc;
    rc = ingest_add(cmd->kase, cmd->args, cmd->arg_count, source ? source : "", &run.options,
                    &run.progress, err);
    return run_finish(&run, cmd, rc, err);
}
