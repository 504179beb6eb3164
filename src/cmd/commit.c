#include "cmd/command.h"

int cmd_commit(struct cmd *cmd, int rc, struct err *err)
{
    if (!rc)
        rc = case_commit(cmd->kase, err);
    if (rc)
        db_rollback(case_db(cmd->kase));
    return rc;
}
