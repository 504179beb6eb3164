#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/io.h"
#include "cmd/command.h"
#include "fmt/json.h"
#include "names/index.h"

enum { LIST_BYTES_MAX = 2000000000 };

struct ranking {
    struct names_index *index;
    struct ranked ranked[RANK_TOP_MAX];
    size_t top;
    bool json;
    struct buf out;
};

static double score_of(const struct ranked *ranked)
{
    struct match match = {.log_odds = ranked->log_odds};

    return match_score(&match);
}

static void print_hit(struct ranking *ranking, size_t query, size_t rank)
{
    const struct ranked *hit = &ranking->ranked[rank];
    struct json_writer json;
    size_t len;

    if (!ranking->json) {
        buf_printf(&ranking->out, "%zu\t%zu\t%zu\t%.6f\n", query, rank + 1, (size_t)hit->number + 1,
                   score_of(hit));
        return;
    }
    const char *name = names_index_peek(ranking->index, hit->number, &len);
    json_start(&json, &ranking->out);
    json_open_object(&json, NULL);
    json_put_int(&json, "v", 1);
    json_put_int(&json, "query", (int64_t)query);
    json_put_int(&json, "rank", (int64_t)rank + 1);
    json_put_int(&json, "line", (int64_t)hit->number + 1);
    json_put_str_len(&json, "name", name, len);
    json_put_real(&json, "score", score_of(hit), 6);
    json_close_object(&json);
    json_end_line(&json);
}

static int rank_lines(struct ranking *ranking, struct err *err)
{
    CLEANUP(cleanup_free) char *line = NULL;
    size_t space = 0;
    size_t number = 0;
    ssize_t len;

    while ((len = getline(&line, &space, stdin)) >= 0) {
        while (len && (line[len - 1] == '\n' || line[len - 1] == '\r'))
            len--;
        number++;
        size_t count =
            names_index_rank(ranking->index, line, (size_t)len, ranking->top, ranking->ranked);
        for (size_t i = 0; i < count; i++)
            print_hit(ranking, number, i);
        if (ranking->out.full ||
            fwrite(ranking->out.data, 1, ranking->out.len, stdout) != ranking->out.len)
            return err_set(err, ERR_IO, "cannot write the ranking");
        buf_clear(&ranking->out);
    }
    return ferror(stdin) ? err_set(err, ERR_IO, "cannot read standard input") : 0;
}

int cmd_rank(struct cmd *cmd, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf names = {0};
    const char *path = cmd_option(cmd, "names");
    int64_t top;
    int rc = cmd_number(cmd, "top", 1, RANK_TOP_MAX, 10, &top, err);

    if (rc)
        return rc;
    if (!path)
        return err_set(err, ERR_USAGE, "say which names to rank: --names FILE, a name a line");
    buf_init(&names, LIST_BYTES_MAX);
    rc = io_read_file(AT_FDCWD, path, &names, err);
    if (rc)
        return rc;
    struct names_model *model = names_model_new();
    struct ranking *ranking = mem_zalloc(1, sizeof *ranking);
    ranking->top = (size_t)top;
    ranking->json = cmd_has(cmd, "json");
    buf_init(&ranking->out, 64 << 20);
    rc = names_index_new(model, names.data, names.len, &ranking->index, err);
    if (!rc)
        rc = rank_lines(ranking, err);
    names_index_free(ranking->index);
    buf_release(&ranking->out);
    free(ranking);
    names_model_free(model);
    return rc;
}
