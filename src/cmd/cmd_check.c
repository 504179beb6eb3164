#include <string.h>
#include <unistd.h>

#include "cmd/command.h"
#include "cmd/terminal.h"
#include "fmt/json.h"
#include "store/check.h"

struct checking {
    bool json;
    bool line;
};

static void on_fault(void *ctx, const char *text)
{
    struct checking *checking = ctx;
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct json_writer json;

    if (checking->line)
        fputs("\r\033[K", stderr);
    checking->line = false;
    if (!checking->json) {
        term_style(stdout, TERM_RED);
        fputs("damaged: ", stdout);
        term_style(stdout, 0);
        term_str(stdout, text);
        putchar('\n');
        return;
    }
    buf_init(&out, 64 << 10);
    json_start(&json, &out);
    json_open_object(&json, NULL);
    json_put_int(&json, "v", 1);
    json_put_str(&json, "fault", text);
    json_close_object(&json);
    json_end_line(&json);
    term_flush(&out);
}

static void on_progress(void *ctx, int64_t done, int64_t total)
{
    struct checking *checking = ctx;
    char a[32];
    char b[32];

    if (!isatty(STDERR_FILENO) || checking->json || (done % 64 && done != total))
        return;
    fprintf(stderr, "\r%s of %s originals verified\033[K", term_count(done, a),
            term_count(total, b));
    checking->line = done != total;
    if (!checking->line)
        fputs("\r\033[K", stderr);
}

static void print_lines(const struct check_report *report)
{
    char a[COUNTED_MAX];
    char b[32];

    printf("%s, ", term_counted(report->items, "item", "items", a));
    printf("%s (%s), ", term_counted(report->objects, "original", "originals", a),
           term_bytes(report->object_bytes, b));
    printf("%s, ", term_counted(report->pages, "stored text", "stored texts", a));
    printf("%s: ", term_counted(report->custody_rows, "entry of custody", "entries of custody", a));
    printf("%s\n", report->faults ? term_counted(report->faults, "fault", "faults", a) : "sound");
    if (report->faults)
        puts("Replace what is damaged from a copy of the case. An original is mended too when its\n"
             "file is added again from another folder.");
    if (report->unused)
        printf("%s to no item: left by an add that was interrupted, and harmless.\n",
               term_counted(report->unused, "sealed file belongs", "sealed files belong", a));
    if (report->waiting)
        printf("%s to be read: run the same sanad add again.\n",
               term_counted(report->waiting, "item waits", "items wait", a));
}

static void print_report(const struct check_report *report, const struct checking *checking)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct json_writer json;

    if (!checking->json) {
        print_lines(report);
        return;
    }
    buf_init(&out, 64 << 10);
    json_start(&json, &out);
    json_open_object(&json, NULL);
    json_put_int(&json, "v", 1);
    json_put_int(&json, "items", report->items);
    json_put_int(&json, "objects", report->objects);
    json_put_int(&json, "object_bytes", report->object_bytes);
    json_put_int(&json, "pages", report->pages);
    json_put_int(&json, "custody", report->custody_rows);
    json_put_int(&json, "unused", report->unused);
    json_put_int(&json, "waiting", report->waiting);
    json_put_int(&json, "faults", report->faults);
    json_close_object(&json);
    json_end_line(&json);
    term_flush(&out);
}

int cmd_check(struct cmd *cmd, struct err *err)
{
    CLEANUP(cleanup_passphrase) struct passphrase *passphrase = NULL;
    CLEANUP(cleanup_case) struct sanad_case *kase = NULL;
    struct checking checking = {.json = cmd_has(cmd, "json")};
    struct check_listener listener = {on_fault, on_progress, &checking};
    struct check_report report = {0};
    struct err cause = {0};

    int rc = cmd_passphrase(cmd, "Passphrase: ", false, &passphrase, err);
    /* What opening the database would already mend is looked at before. */
    if (!rc)
        rc = check_files(cmd->case_path, &report, &listener, err);
    if (!rc)
        rc = case_open(cmd->case_path, passphrase, CASE_READ, &kase, &cause);
    if (rc == ERR_CORRUPT) {
        report.faults++;
        on_fault(&checking, cause.message);
    } else if (rc) {
        return err_set(err, rc, "%s", cause.message);
    } else if ((rc = check_case(kase, &report, &listener, cmd_stop_flag(), err))) {
        return rc;
    }
    print_report(&report, &checking);
    return report.faults ? ERR_CORRUPT : 0;
}
