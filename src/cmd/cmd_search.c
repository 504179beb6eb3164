#include <string.h>

#include "cmd/cmd_batch.h"
#include "cmd/command.h"
#include "cmd/names_out.h"
#include "cmd/terminal.h"
#include "fmt/json.h"
#include "search/search.h"
#include "web/meant.h"
#include "web/names_json.h"

enum { HIT_BYTES_MAX = 256 << 10, DAY_LEN = 10 };

static int join_query(struct cmd *cmd, struct buf *query, struct err *err)
{
    for (size_t i = 0; i < cmd->arg_count; i++)
        if ((i && buf_append_char(query, ' ')) || buf_append_str(query, cmd->args[i]))
            return err_set(err, ERR_LIMIT, "a query has at most %d bytes", QUERY_BYTES_MAX);
    return 0;
}

static const char *sort_at(int place)
{
    static const char *const words[] = {[SORT_RELEVANCE] = "relevance",
                                        [SORT_DATE] = "date",
                                        [SORT_DATE_DESC] = "newest",
                                        [SORT_PATH] = "path"};

    return words[place];
}

static int parse_sort(struct cmd *cmd, enum search_sort *ret_sort, struct err *err)
{
    int place;
    int rc = cmd_word(cmd, "sort", sort_at, SORT_PATH + 1, SORT_RELEVANCE, &place, err);

    *ret_sort = (enum search_sort)place;
    return rc;
}

/* ---- for programs ---- */

static void put_hit(struct json_writer *json, const struct hit *hit)
{
    json_open_object(json, NULL);
    json_put_int(json, "v", 1);
    json_put_int(json, "item", hit->item);
    json_put_int(json, "page", hit->page);
    json_put_int(json, "pages", hit->pages);
    json_put_str(json, "path", hit->path);
    json_put_str(json, "name", hit->name);
    json_put_str(json, "title", hit->title);
    json_put_str(json, "label", hit->label && hit->label[0] ? hit->label : NULL);
    json_put_str(json, "type", hit->type);
    json_put_str(json, "lang", hit->lang);
    json_put_str(json, "date", hit->date && hit->date[0] ? hit->date : NULL);
    json_put_str(json, "date_source", hit->date_source[0] ? hit->date_source : NULL);
    json_put_bool(json, "ocr", hit->ocr);
    json_put_real(json, "score", hit->score, 4);
    json_put_str(json, "snippet", hit->snippet);
    json_open_array(json, "marks");
    for (uint32_t i = 0; i < hit->mark_count; i++) {
        json_open_array(json, NULL);
        json_put_int(json, NULL, hit->marks[i].at);
        json_put_int(json, NULL, hit->marks[i].at + hit->marks[i].len);
        json_close_array(json);
    }
    json_close_array(json);
    json_open_array(json, "misread");
    for (uint32_t i = 0; i < hit->mark_count; i++)
        if (hit->marks[i].misread)
            json_put_int(json, NULL, i);
    json_close_array(json);
    json_close_object(json);
    json_end_line(json);
}

static void print_json(const struct search_result *result, const struct used_names *used)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct json_writer json;

    buf_init(&out, HIT_BYTES_MAX);
    json_start(&json, &out);
    for (size_t i = 0; i < result->count; i++) {
        put_hit(&json, &result->hits[i]);
        term_flush(&out);
    }
    json_open_object(&json, NULL);
    json_put_int(&json, "v", 1);
    json_put_int(&json, "total", result->total);
    json_put_int(&json, "pages", result->pages);
    json_put_real(&json, "ms", result->ms, 3);
    json_put_bool(&json, "as_words", result->as_words);
    json_put_int(&json, "undated", result->undated);
    json_put_str(&json, "note", result->note[0] ? result->note : NULL);
    if (used->count)
        used_names_put(&json, used);
    json_close_object(&json);
    json_end_line(&json);
    term_flush(&out);
}

/* ---- for people ---- */

static void print_snippet(const struct hit *hit)
{
    size_t at = 0;

    fputs("     ", stdout);
    for (uint32_t i = 0; i < hit->mark_count; i++) {
        term_text(stdout, hit->snippet + at, hit->marks[i].at - at);
        term_style(stdout, TERM_BOLD);
        term_text(stdout, hit->snippet + hit->marks[i].at, hit->marks[i].len);
        term_style(stdout, 0);
        at = hit->marks[i].at + hit->marks[i].len;
    }
    term_str(stdout, hit->snippet + at);
    putchar('\n');
}

static void print_hit(const struct hit *hit)
{
    term_style(stdout, TERM_GREEN);
    printf("%lld", (long long)hit->item);
    term_style(stdout, 0);
    fputs("  ", stdout);
    term_str(stdout, hit->path);
    if (hit->page > 1 || hit->pages > 1) {
        term_gap(stdout, hit->path);
        printf("p. %u", hit->page);
    }
    if (hit->pages > 1)
        printf(" (and %u more)", hit->pages - 1);
    if (hit->date && hit->date[0]) { /* the day: hours are for the document itself */
        term_gap(stdout, hit->path);
        term_text(stdout, hit->date, strnlen(hit->date, DAY_LEN));
    } else {
        fputs("  undated", stdout);
    }
    if (hit->ocr)
        fputs(hit->misread ? "  [OCR, perhaps misread]" : "  [OCR]", stdout);
    putchar('\n');
    if (hit->label && hit->label[0]) {
        fputs("     ", stdout);
        term_style(stdout, TERM_BOLD);
        term_str(stdout, hit->label);
        term_style(stdout, 0);
        putchar('\n');
    }
    if (hit->snippet && hit->snippet[0])
        print_snippet(hit);
}

static void print_lines(const struct search_result *result, const struct search_request *request)
{
    char a[COUNTED_MAX];
    char b[COUNTED_MAX];

    for (size_t i = 0; i < result->count; i++)
        print_hit(&result->hits[i]);
    if (result->note[0]) {
        term_str(stdout, result->note);
        putchar('\n');
    }
    if (result->undated)
        printf("%s left out for want of a date; date:none finds them.\n",
               term_counted(result->undated, "document", "documents", a));
    if (!result->total) {
        puts(result->note[0] ? "Nothing found."
                             : "Nothing found. Fewer words, a star (minist*) or a tilde (minster~) "
                               "find more.");
        return;
    }
    printf("%s%s, ", result->count ? "\n" : "",
           term_counted(result->total, "document", "documents", a));
    if (result->pages) /* filters alone choose documents */
        printf("%s, ", term_counted(result->pages, "page", "pages", b));
    printf("%.1f ms", result->ms);
    if (request->offset + result->count < (uint64_t)result->total)
        printf("; more with --offset %zu", request->offset + result->count);
    putchar('\n');
}

/* For a question that finds little. */
static int print_meant(struct cmd *cmd, const char *query, const struct search_result *result,
                       struct err *err)
{
    CLEANUP(cleanup_buf) struct buf meant = {0};
    char counted[COUNTED_MAX];
    int64_t documents;

    buf_init(&meant, QUERY_BYTES_MAX);
    int rc = query_meant(cmd->kase, query, result->total, &meant, &documents, err);
    if (rc || !documents)
        return rc;
    printf("Without its small words it finds %s: ",
           term_counted(documents, "document", "documents", counted));
    term_str(stdout, meant.data);
    putchar('\n');
    return 0;
}

/* Searches with every name:"..." widened to the spellings of whom it means. */
static int search(struct cmd *cmd, struct search_request *request, const char *query,
                  struct err *err)
{
    CLEANUP(cleanup_search_result) struct search_result *result = NULL;
    CLEANUP(cleanup_buf) struct buf wide = {0};
    struct used_names used = {0};

    buf_init(&wide, QUERY_BYTES_MAX);
    int rc = names_expand(cmd->kase, query, &wide, &used, err);
    request->query = wide.data;
    if (!rc)
        rc = search_run(cmd->kase, request, &result, err);
    if (!rc && cmd_has(cmd, "json")) {
        print_json(result, &used);
    } else if (!rc) {
        used_names_print(&used);
        print_lines(result, request);
        if (!request->offset)
            rc = print_meant(cmd, query, result, err);
    }
    used_names_release(&used);
    return rc;
}

int cmd_search(struct cmd *cmd, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf query = {0};
    struct search_request request = {.snippets = true};
    int64_t limit;
    int64_t offset;

    if (cmd_has(cmd, "batch") != (cmd->arg_count == 0))
        return err_set(err, ERR_USAGE, "give a query, or a list of them with --batch");
    if (cmd_has(cmd, "batch"))
        return batch_run(cmd, cmd_option(cmd, "batch"), err);
    buf_init(&query, QUERY_BYTES_MAX);
    int rc = join_query(cmd, &query, err);
    if (!rc)
        rc = cmd_number(cmd, "limit", 0, 100000, 10, &limit, err);
    if (!rc)
        rc = cmd_number(cmd, "offset", 0, UINT32_MAX, 0, &offset, err);
    if (!rc)
        rc = parse_sort(cmd, &request.sort, err);
    if (rc)
        return rc;
    request.limit = (uint32_t)limit;
    request.offset = (uint32_t)offset;
    return search(cmd, &request, query.data, err);
}
