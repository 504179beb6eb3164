#include "worker/office/sheet_facts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    SPANS_MAX = 60 << 10, /* bytes: a fact's value has the sheet's name too */
    SPAN_ROOM = 64,       /* bytes of a range */
    ROWS_MAX = 1 << 24,   /* more than any program has */
    COLUMNS_MAX = 1 << 15,
    LETTERS_MAX = 8,
};

static void spans_start(struct spans *spans, bool columns)
{
    *spans = (struct spans){.columns = columns};
    buf_init(&spans->text, SPANS_MAX + SPAN_ROOM);
}

/* "A" is 1, "AB" 28. */
static const char *letters(int64_t column, char out[LETTERS_MAX])
{
    char *at = out + LETTERS_MAX - 1;

    *at = '\0';
    for (; column > 0; column = (column - 1) / 26)
        *--at = (char)('A' + (column - 1) % 26);
    return at;
}

static void close_range(struct spans *spans)
{
    char from[LETTERS_MAX];
    char to[LETTERS_MAX];
    const char *comma = spans->text.len ? "," : "";

    if (spans->first == 0 || spans->cut)
        return;
    spans->cut = spans->text.len + SPAN_ROOM > SPANS_MAX;
    if (spans->cut)
        (void)buf_printf(&spans->text, "%s...", comma);
    else if (spans->columns)
        (void)buf_printf(&spans->text, "%s%s:%s", comma, letters(spans->first, from),
                         letters(spans->last, to));
    else
        (void)buf_printf(&spans->text, "%s%" PRId64 ":%" PRId64, comma, spans->first, spans->last);
    spans->first = 0;
}

static void spans_add(struct spans *spans, int64_t first, int64_t last, int64_t max)
{
    if (first < 0 || last < first || first >= max)
        return;
    last = last < max ? last : max - 1;
    if (spans->first && first == spans->last) {
        spans->last = last + 1;
        return;
    }
    close_range(spans);
    spans->first = first + 1;
    spans->last = last + 1;
}

static void spans_send(struct spans *spans, struct emit *emit, const char *key, const char *name)
{
    CLEANUP(cleanup_buf) struct buf value = {0};

    close_range(spans);
    if (spans->text.len) {
        buf_init(&value, META_VALUE_MAX);
        (void)buf_printf(&value, "%s!%s", name, spans->text.data);
        emit_meta(emit, key, value.data);
    }
    buf_release(&spans->text);
}

void sheet_facts_start(struct sheet_facts *facts, struct emit *emit, const char *name)
{
    emit_flow_label(emit, name, strlen(name));
    facts->first_run = emit->pages + emit->runs + 1;
    facts->gaps = false;
    snprintf(facts->name, sizeof(facts->name), "%s", emit->label);
    spans_start(&facts->lines, false);
    spans_start(&facts->hidden_rows, false);
    spans_start(&facts->hidden_columns, true);
}

void sheet_facts_line(struct sheet_facts *facts, int64_t row)
{
    spans_add(&facts->lines, row, row, ROWS_MAX);
}

void sheet_facts_hide_rows(struct sheet_facts *facts, int64_t first, int64_t last)
{
    spans_add(&facts->hidden_rows, first, last, ROWS_MAX);
}

void sheet_facts_hide_columns(struct sheet_facts *facts, int64_t first, int64_t last)
{
    spans_add(&facts->hidden_columns, first, last, COLUMNS_MAX);
}

void sheet_facts_end(struct sheet_facts *facts, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf value = {0};

    if (facts->first_run == 0)
        return;
    close_range(&facts->lines);
    buf_init(&value, META_VALUE_MAX);
    (void)buf_printf(&value, "%" PRIu32 " %s%s %s", facts->first_run, facts->gaps ? "~" : "",
                     facts->lines.text.data, facts->name);
    emit_meta(emit, "sheet-lines", value.data);
    buf_release(&facts->lines.text);
    spans_send(&facts->hidden_rows, emit, "hidden-rows", facts->name);
    spans_send(&facts->hidden_columns, emit, "hidden-columns", facts->name);
    emit_flow_label(emit, "", 0);
    facts->first_run = 0;
}
