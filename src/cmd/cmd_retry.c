#include "cmd/run.h"

static int64_t failed_items(struct sanad_case *kase)
{
    struct ledger_sums sums;
    struct err ignored = {0}; /* run_finish counts again, and tells of it */

    return ledger_sum(kase, &sums, &ignored) ? 0 : sums.outcomes[OUTCOME_FAILED];
}

/* Whether it helped is what one wants to know first. */
static void tell_change(int64_t count, int64_t before, int64_t after)
{
    char number[COUNTED_MAX];
    char a[32];
    char b[32];

    printf("%s taken to be read again. Failed before: %s; now: %s.\n",
           term_counted(count, "item was", "items were", number), term_count(before, a),
           term_count(after, b));
}

int cmd_retry(struct cmd *cmd, struct err *err)
{
    const char *word = cmd_option(cmd, "reason");
    int reason = word ? reason_from_word(word) : -1;
    struct run run;
    int64_t count = 0;

    if (word && reason < 0)
        return err_set(err, ERR_USAGE, "there is no reason \"%s\"; sanad status shows those in use",
                       word);
    if (!word && cmd_option(cmd, "password-file"))
        reason = REASON_PASSWORD; /* what else failed is no better for it */
    int rc = run_start(&run, cmd, err);
    if (rc)
        return rc;
    int64_t before = failed_items(cmd->kase);
    rc = ingest_retry(cmd->kase, reason, &run.options, &count, &run.progress, err);
    term_progress_clear(&run.term);
    if (!run.json && !count && !rc)
        puts(word ? "No item has this reason: there was nothing to read again."
                  : "No item has failed: there was nothing to read again.");
    else if (!run.json && (!rc || rc == ERR_INTERRUPTED))
        tell_change(count, before, failed_items(cmd->kase));
    return run_finish(&run, cmd, rc, err);
}
