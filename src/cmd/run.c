#include "cmd/run.h"

#include <string.h>
#include <sys/resource.h>

#include "cmd/sums.h"

static void on_progress(void *ctx, const struct ingest_progress *progress)
{
    struct run *run = ctx;

    term_progress_show(&run->term, progress);
}

/* A failure is told when it happens: a person may be able to do something about it meanwhile. */
static void on_item(void *ctx, int64_t item, const char *path, const struct reading *reading)
{
    struct run *run = ctx;
    CLEANUP(cleanup_buf) struct buf line = {0};
    struct json_writer json;

    if (!run->json)
        return;
    buf_init(&line, 256 << 10);
    json_start(&json, &line);
    json_open_object(&json, NULL);
    json_put_int(&json, "v", 1);
    json_put_str(&json, "event", "item");
    json_put_int(&json, "item", item);
    json_put_str(&json, "path", path);
    json_put_str(&json, "outcome", outcome_word(reading->outcome));
    json_put_str(&json, "reason", reason_word(reading->reason));
    json_put_str(&json, "detail", reading->detail);
    json_close_object(&json);
    json_end_line(&json);
    term_flush(&line);
}

enum { NICE = 5 };

/* Reading takes hours and nobody waits for its next document: whoever reads in the room meanwhile
 * comes first. Who was started with less stays there. */
static void give_way(void)
{
    if (getpriority(PRIO_PROCESS, 0) < NICE)
        (void)setpriority(PRIO_PROCESS, 0, NICE);
}

int run_start(struct run *run, struct cmd *cmd, struct err *err)
{
    int64_t jobs;
    int64_t memory;
    const char *langs = cmd_option(cmd, "langs");
    int rc = cmd_number(cmd, "jobs", 1, 64, 0, &jobs, err);

    *run = (struct run){.json = cmd_has(cmd, "json")};
    run->term.json = run->json;
    if (!rc)
        rc = cmd_number(cmd, "memory", 64, 65536, 0, &memory, err);
    if (!rc && cmd_option(cmd, "password-file"))
        rc = password_list_load(cmd_option(cmd, "password-file"), &run->passwords, err);
    if (!rc)
        rc = cmd_langs(langs ? langs : "eng,fas,ara", run->langs, sizeof(run->langs), err);
    /* What nobody asked for may be missing: then the ledger says so where it is needed. */
    if (!rc && langs)
        rc = cmd_langs_check(run->langs, err);
    if (rc) {
        password_list_free(run->passwords);
        return rc;
    }
    run->options = (struct ingest_options){
        .derivers = command_derivers,
        .langs = run->langs,
        .ocr = !cmd_has(cmd, "no-ocr"),
        .jobs = (int)jobs,
        .memory_mib = (uint32_t)memory,
        .passwords_fd = run->passwords ? password_list_fd(run->passwords) : 0,
        .stop = cmd_stop_flag(),
        .progress = on_progress,
        .item = on_item,
        .ctx = run};
    give_way();
    return 0;
}

static int print_json_sums(struct cmd *cmd, const struct run *run, int rc, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf line = {0};
    struct ledger_sums sums;
    struct json_writer json;
    int failed = ledger_sum(cmd->kase, &sums, err);

    if (failed)
        return failed;
    buf_init(&line, 64 << 10);
    json_start(&json, &line);
    json_open_object(&json, NULL);
    json_put_int(&json, "v", 1);
    json_put_str(&json, "event", rc ? "stopped" : "done");
    json_put_int(&json, "elapsed_ms", run->progress.elapsed_ms);
    json_put_int(&json, "files_known", run->progress.files_known);
    json_put_bool(&json, "case_left_out", run->progress.case_left_out);
    json_put_int(&json, "helped", run->progress.helped);
    json_put_int(&json, "not_helped", run->progress.not_helped);
    json_put_int(&json, "stayed", run->progress.stayed);
    sums_put(&json, &sums);
    json_close_object(&json);
    json_end_line(&json);
    term_flush(&line);
    return rc;
}

int run_finish(struct run *run, struct cmd *cmd, int rc, struct err *err)
{
    char b[32];
    char c[COUNTED_MAX];

    password_list_free(run->passwords);
    run->passwords = NULL;
    term_progress_clear(&run->term);
    if (rc && rc != ERR_INTERRUPTED)
        return rc;
    if (run->json)
        return print_json_sums(cmd, run, rc, err);
    printf("%s after %s", rc ? "Stopped" : "Done", term_duration(run->progress.elapsed_ms, b));
    if (run->progress.files_known)
        printf("; %s unchanged since %s added",
               term_counted(run->progress.files_known, "file is", "files are", c),
               run->progress.files_known == 1 ? "it was" : "they were");
    puts(".");
    if (run->progress.case_left_out)
        puts("The case itself lies in what was added: it was left out.");
    putchar('\n');
    int failed = sums_print(cmd->kase, err);
    if (!rc && !failed)
        failed = next_print(cmd->kase, cmd->case_path, err);
    if (rc == ERR_INTERRUPTED && err) {
        err_clear(err);
        return err_set(err, ERR_INTERRUPTED,
                       "stopped. Nothing is lost: the same command goes on where this one stopped");
    }
    return failed ? failed : rc;
}
