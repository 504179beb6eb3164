#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "cmd/command.h"
#include "fmt/json.h"
#include "names/match.h"

/* What the calls of a filter share. */
struct matching {
    struct names_model *model;
    struct scored_name *a, *b;
    struct buf out;
    bool json;
};

static void put_side(struct json_writer *json, const char *key, const struct scored_name *name,
                     const char *text, unsigned at, unsigned count)
{
    size_t len;
    const char *words = match_words(name, text, at, count, &len);

    if (words)
        json_put_str_len(json, key, words, len);
    else
        json_put_null(json, key);
}

static void print_json(struct matching *matching, const char *a, const char *b,
                       const struct match *match)
{
    struct json_writer json;

    json_start(&json, &matching->out);
    json_open_object(&json, NULL);
    json_put_int(&json, "v", 1);
    json_put_real(&json, "score", match_score(match), 4);
    json_put_str(&json, "a", a);
    json_put_str(&json, "b", b);
    json_open_array(&json, "reasons");
    for (size_t i = 0; i < match->reason_count; i++) {
        const struct match_why *reason = &match->reasons[i];
        json_open_object(&json, NULL);
        json_put_str(&json, "kind", why_name((enum why_kind)reason->kind));
        put_side(&json, "a", matching->a, a, reason->at_a, reason->count_a);
        put_side(&json, "b", matching->b, b, reason->at_b, reason->count_b);
        json_put_real(&json, "likeness", reason->likeness / 1000.0, 3);
        json_put_real(&json, "weight", reason->rarity / 100.0, 2);
        json_close_object(&json);
    }
    json_close_array(&json);
    json_close_object(&json);
    json_end_line(&json);
}

static void print_side(struct buf *out, const struct scored_name *name, const char *text,
                       unsigned at, unsigned count)
{
    size_t len;
    const char *words = match_words(name, text, at, count, &len);

    if (words)
        buf_append(out, words, len);
    else
        buf_append_char(out, '-');
}

/* A person reads the reasons; a filter's output is the score alone. */
static void print_plain(struct matching *matching, const char *a, const char *b,
                        const struct match *match, bool reasons)
{
    buf_printf(&matching->out, "%.4f\n", match_score(match));
    for (size_t i = 0; reasons && i < match->reason_count; i++) {
        const struct match_why *reason = &match->reasons[i];
        buf_printf(&matching->out, "%s\t", why_name((enum why_kind)reason->kind));
        print_side(&matching->out, matching->a, a, reason->at_a, reason->count_a);
        buf_append_char(&matching->out, '\t');
        print_side(&matching->out, matching->b, b, reason->at_b, reason->count_b);
        buf_printf(&matching->out, "\t%.3f\n", reason->likeness / 1000.0);
    }
}

static int match_one(struct matching *matching, const char *a, const char *b, bool reasons,
                     struct err *err)
{
    struct match match;

    scored_name_set(matching->model, a, strlen(a), matching->a);
    scored_name_set(matching->model, b, strlen(b), matching->b);
    names_match(matching->model, FIT_PAIR, matching->a, matching->b, &match);
    if (matching->json)
        print_json(matching, a, b, &match);
    else
        print_plain(matching, a, b, &match, reasons);
    if (matching->out.full)
        return err_set(err, ERR_LIMIT, "a name is too long to print");
    if (fwrite(matching->out.data, 1, matching->out.len, stdout) != matching->out.len)
        return err_set(err, ERR_IO, "cannot write the scores");
    buf_clear(&matching->out);
    return 0;
}

/* Two names a line, with a tab between them; what follows a second tab is not looked at. */
static int match_lines(struct matching *matching, struct err *err)
{
    CLEANUP(cleanup_free) char *line = NULL;
    size_t space = 0;
    ssize_t len;

    while ((len = getline(&line, &space, stdin)) >= 0) {
        if ((size_t)len > 1 << 20)
            return err_set(err, ERR_LIMIT, "a line is longer than 1 MiB");
        while (len && (line[len - 1] == '\n' || line[len - 1] == '\r'))
            line[--len] = 0;
        char *rest = line;
        const char *a = strsep(&rest, "\t");
        const char *b = rest ? strsep(&rest, "\t") : "";
        int rc = match_one(matching, a, b, false, err);
        if (rc)
            return rc;
    }
    return ferror(stdin) ? err_set(err, ERR_IO, "cannot read standard input") : 0;
}

int cmd_match(struct cmd *cmd, struct err *err)
{
    bool tsv = cmd_has(cmd, "tsv");
    struct matching matching = {.json = cmd_has(cmd, "json")};

    if (tsv == (cmd->arg_count == 2))
        return err_set(err, ERR_USAGE, "give two names, or --tsv and pairs on standard input");
    matching.model = names_model_new();
    matching.a = mem_alloc(sizeof *matching.a);
    matching.b = mem_alloc(sizeof *matching.b);
    buf_init(&matching.out, 8 << 20);
    int rc = tsv ? match_lines(&matching, err)
                 : match_one(&matching, cmd->args[0], cmd->args[1], true, err);
    buf_release(&matching.out);
    free(matching.a);
    free(matching.b);
    names_model_free(matching.model);
    return rc;
}
