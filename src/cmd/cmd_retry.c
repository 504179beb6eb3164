#include "cmd/run.h"

static int64_t failed_items(struct sanad_case *kase)
{
    struct ledger_sums sums;
    struct err ignored = {0}; /* run_finish counts again, and tells of it */

    return ledger_sum(kase, &sums, &ignored) ? 0 : sums.outcomes[OUTCOME_FAILED];
}

/* Whether it helped is what one wants to know first. */
static void tell_change(const struct ingest_progress *progress, int64_t count, int64_t before,
                        int64_t after)
{
    char number[COUNTED_MAX];
    char a[32];
    char b[32];

    printf("%s taken to be read again.", term_counted(count, "item was", "items were", number));
    printf(" Helped: %s; not helped: %s", term_count(progress->helped, a),
           term_count(progress->not_helped, b));
    if (progress->stayed)
        printf("; the text read before was better and stays: %s",
               term_count(progress->stayed, number));
    printf(".\nFailed before: %s; now: %s.\n", term_count(before, a), term_count(after, b));
}

static void tell_nothing(int reason)
{
    if (reason < 0)
        puts("No item has failed: there was nothing to read again.");
    else
        printf("No item has the reason %s: there was nothing to read again.\n",
               reason_word((enum reason)reason));
}

int cmd_retry(struct cmd *cmd, struct err *err)
{
    struct run run;
    int64_t count = 0;
    int reason;
    int rc = cmd_reason(cmd, &reason, err);

    if (!rc && reason < 0 && cmd_has(cmd, "password-file"))
        reason = REASON_PASSWORD; /* what else failed is no better for it */
    if (!rc)
        rc = run_start(&run, cmd, err);
    if (rc)
        return rc;
    int64_t before = failed_items(cmd->kase);
    rc = ingest_retry(cmd->kase, reason, 0, &run.options, &count, &run.progress, err);
    term_progress_clear(&run.term);
    if (!run.json && !count && !rc)
        tell_nothing(reason);
    else if (!run.json && (!rc || rc == ERR_INTERRUPTED))
        tell_change(&run.progress, count, before, failed_items(cmd->kase));
    return run_finish(&run, cmd, rc, err);
}
