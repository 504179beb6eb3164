#include "cmd/run.h"

int cmd_retry(struct cmd *cmd, struct err *err)
{
    const char *word = cmd_option(cmd, "reason");
    int reason = word ? reason_from_word(word) : -1;
    struct run run;
    int64_t count = 0;
    char number[COUNTED_MAX];

    if (word && reason < 0)
        return err_set(err, ERR_USAGE, "there is no reason \"%s\"; sanad status shows those in use",
                       word);
    if (!word && cmd_option(cmd, "password-file"))
        reason = REASON_PASSWORD; /* what else failed is no better for it */
    int rc = run_start(&run, cmd, err);
    if (rc)
        return rc;
    rc = ingest_retry(cmd->kase, reason, &run.options, &count, &run.progress, err);
    term_progress_clear(&run.term);
    if (!run.json && !count && !rc)
        puts(word ? "No item has this reason: there was nothing to read again."
                  : "No item has failed: there was nothing to read again.");
    else if (!run.json && (!rc || rc == ERR_INTERRUPTED))
        printf("%s taken to be read again.\n",
               term_counted(count, "item was", "items were", number));
    return run_finish(&run, cmd, rc, err);
}
