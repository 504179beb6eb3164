#include "cmd/run.h"

int cmd_rebuild(struct cmd *cmd, struct err *err)
{
    struct run run;
    int rc = run_start(&run, cmd, err);

    if (rc)
        return rc;
    rc = ingest_rebuild(cmd->kase, cmd_has(cmd, "index") ? REBUILD_DERIVED : REBUILD_ALL,
                        &run.options, &run.progress, err);
    return run_finish(&run, cmd, rc, err);
}
