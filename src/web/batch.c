#include "web/batch.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "names/entities.h"

enum { SHOWN_MAX = 200 };

static const char byte_order[] = "\xef\xbb\xbf";

void batch_start(struct batch *batch, const char *text, size_t len)
{
    size_t lead = strlen(byte_order);

    *batch = (struct batch){.text = text, .len = len};
    if (len >= lead && memcmp(text, byte_order, lead) == 0)
        batch->at = lead;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* The next line without blanks around it; false at the end of the text. */
static bool take_line(struct batch *batch, const char **ret_line, size_t *ret_len)
{
    if (batch->at >= batch->len)
        return false;
    const char *line = batch->text + batch->at;
    const char *end = memchr(line, '\n', batch->len - batch->at);
    size_t len = end ? (size_t)(end - line) : batch->len - batch->at;

    batch->at += len + 1;
    batch->line++;
    while (len > 0 && is_blank(line[len - 1]))
        len--;
    for (; len > 0 && is_blank(*line); line++)
        len--;
    *ret_line = line;
    *ret_len = len;
    return true;
}

/* What can be shown of any bytes. */
static void show_term(const char *line, size_t len, char out[QUERY_BYTES_MAX + 1])
{
    CLEANUP(cleanup_buf) struct buf shown = {0};

    buf_init(&shown, QUERY_BYTES_MAX);
    (void)utf8_escape(line, len < SHOWN_MAX ? len : SHOWN_MAX, &shown);
    snprintf(out, QUERY_BYTES_MAX + 1, "%s", shown.data);
}

static const char *reason_of(const struct batch *batch, const char *line, size_t len)
{
    if (batch->terms > BATCH_LINES_MAX)
        return "a list has at most 10,000 terms";
    if (len > QUERY_BYTES_MAX)
        return "longer than 8,192 bytes";
    if (!utf8_valid(line, len) || memchr(line, '\0', len))
        return "not UTF-8";
    return NULL;
}

static void search_term(struct sanad_case *kase, struct batch_row *row)
{
    CLEANUP(cleanup_buf) struct buf wide = {0};
    struct used_names used = {0};
    struct err err = {0};

    buf_init(&wide, QUERY_BYTES_MAX);
    int rc = names_expand(kase, row->term, &wide, &used, &err);
    if (!rc)
        rc = search_count(kase, wide.data, &row->counts, &err);
    used_names_release(&used);
    if (rc)
        snprintf(row->reason, sizeof(row->reason), "%s", err.message);
}

bool batch_next(struct batch *batch, struct sanad_case *kase, struct batch_row *ret_row)
{
    const char *line;
    size_t len;

    do {
        if (!take_line(batch, &line, &len))
            return false;
    } while (len == 0);
    batch->terms++;
    const char *reason = reason_of(batch, line, len);
    *ret_row = (struct batch_row){.line = batch->line};
    if (reason) {
        show_term(line, len, ret_row->term);
        snprintf(ret_row->reason, sizeof(ret_row->reason), "%s", reason);
        return true;
    }
    memcpy(ret_row->term, line, len);
    ret_row->term[len] = '\0';
    search_term(kase, ret_row);
    return true;
}
