/* sanad search CASE --batch FILE: a list of terms, how much each finds. */
#include "cmd/cmd_batch.h"

#include <fcntl.h>
#include <string.h>

#include "base/buf.h"
#include "base/io.h"
#include "cmd/terminal.h"
#include "fmt/csv.h"
#include "fmt/json.h"
#include "web/batch.h"

enum { LIST_BYTES_MAX = 96 << 20, LINE_BYTES_MAX = 128 << 10 };

struct output {
    struct buf out;
    struct json_writer json;
    struct csv_writer csv;
    int64_t bad;
};

static void put_json(struct output *output, const struct batch_row *row)
{
    struct json_writer *json = &output->json;

    json_open_object(json, NULL);
    json_put_int(json, "v", 1);
    json_put_int(json, "line", row->line);
    json_put_str(json, "term", row->term);
    if (row->reason[0]) {
        json_put_str(json, "reason", row->reason);
    } else {
        json_put_int(json, "documents", row->counts.documents);
        json_put_int(json, "pages", row->counts.pages);
        json_put_bool(json, "as_words", row->counts.as_words);
        json_put_str(json, "note", row->counts.note[0] ? row->counts.note : NULL);
    }
    json_close_object(json);
    json_end_line(json);
}

static void put_csv(struct output *output, const struct batch_row *row)
{
    struct csv_writer *csv = &output->csv;

    csv_int(csv, row->line);
    csv_text(csv, row->term);
    if (row->reason[0]) {
        csv_text(csv, "");
        csv_text(csv, "");
    } else {
        csv_int(csv, row->counts.documents);
        csv_int(csv, row->counts.pages);
    }
    csv_text(csv, row->reason[0] ? row->reason : row->counts.note);
    csv_end_row(csv);
}

static void csv_head(struct output *output)
{
    static const char *const names[] = {"line", "term", "documents", "pages", "note"};

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        csv_text(&output->csv, names[i]);
    csv_end_row(&output->csv);
}

static void print_line(const struct batch_row *row)
{
    if (row->reason[0])
        printf("%9s %9s  ", "-", "-");
    else
        printf("%9lld %9lld  ", (long long)row->counts.documents, (long long)row->counts.pages);
    term_str(stdout, row->term);
    if (row->reason[0] || row->counts.note[0]) {
        fputs("  (", stdout);
        term_str(stdout, row->reason[0] ? row->reason : row->counts.note);
        putchar(')');
    }
    putchar('\n');
}

int batch_run(struct cmd *cmd, const char *name, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf list = {0};
    CLEANUP(cleanup_free) struct batch_row *row = mem_zalloc(1, sizeof *row);
    const volatile int *stop = cmd_stop_flag();
    bool csv = cmd_has(cmd, "csv");
    struct output output = {0};
    struct batch batch;

    buf_init(&list, LIST_BYTES_MAX);
    int rc = io_read_file(AT_FDCWD, strcmp(name, "-") == 0 ? "/dev/stdin" : name, &list, err);
    if (rc)
        return rc;
    buf_init(&output.out, LINE_BYTES_MAX);
    json_start(&output.json, &output.out);
    csv_start(&output.csv, &output.out);
    if (csv)
        csv_head(&output);
    batch_start(&batch, list.data, list.len);
    while (!*stop && batch_next(&batch, cmd->kase, row)) {
        if (csv)
            put_csv(&output, row);
        else if (cmd_has(cmd, "json"))
            put_json(&output, row);
        else
            print_line(row);
        if (output.out.len > 0)
            term_flush(&output.out);
        output.bad += row->reason[0] != '\0';
    }
    term_flush(&output.out);
    buf_release(&output.out);
    if (output.bad > 0)
        (void)fprintf(stderr, "sanad: %lld of %lld lines could not be searched\n",
                      (long long)output.bad, (long long)batch.terms);
    return *stop ? err_set(err, ERR_INTERRUPTED, "stopped; the lines above are complete") : 0;
}
