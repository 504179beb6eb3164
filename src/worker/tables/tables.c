#include "worker/tables/tables.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

void tables_init(struct tables *tables, struct emit *emit)
{
    *tables = (struct tables){.emit = emit, .text_left = TABLES_TEXT_MAX};
    buf_init(&tables->page, PAGE_TEXT_MAX);
}

void tables_release(struct tables *tables)
{
    buf_release(&tables->page);
}

static void send_page(struct tables *tables)
{
    struct page_head head = {.method = PAGE_TEXT, .confidence = CONFIDENCE_NONE};

    if (tables->page.len == 0)
        return;
    memcpy(head.label, tables->label, sizeof(head.label));
    emit_page(tables->emit, &head, tables->page.data, tables->page.len, NULL, 0);
    buf_clear(&tables->page);
}

void table_begin(struct tables *tables, const char *name)
{
    size_t len = utf8_prefix(name, strlen(name), sizeof(tables->label) - 1);

    memcpy(tables->label, name, len);
    tables->label[len] = '\0';
    tables->rows = 0;
    tables->in_row = false;
    tables->count++;
    emit_meta(tables->emit, "table", name);
    (void)buf_printf(&tables->page, "%.1024s\n", name);
}

void table_cell(struct tables *tables, const char *text, size_t len)
{
    if (tables->in_row)
        (void)buf_append_char(&tables->page, '\t');
    tables->in_row = true;
    if (len > TABLE_CELL_MAX) {
        len = utf8_prefix(text, len, TABLE_CELL_MAX);
        tables->cut_cells++;
    }
    char *to = buf_reserve(&tables->page, len);
    if (!to) { /* many long fields in a row: it goes on on another page */
        send_page(tables);
        to = buf_reserve(&tables->page, len);
    }
    for (size_t i = 0; i < len; i++)
        to[i] = text[i] == '\t' || text[i] == '\n' || text[i] == '\r' ? ' ' : text[i];
    tables->page.len += len;
}

/* Julian days to a date: Fliegel and Van Flandern, Communications of the ACM 11 (1968). */
void table_cell_time(struct tables *tables, int64_t julian_day, int64_t milliseconds)
{
    enum { FIRST_DAY = 1721426, LAST_DAY = 5373484 };
    char text[64] = "";
    int64_t l = julian_day + 68569;
    int64_t n = 4 * l / 146097;

    l -= (146097 * n + 3) / 4;
    int64_t i = 4000 * (l + 1) / 1461001;
    l = l - 1461 * i / 4 + 31;
    int64_t j = 80 * l / 2447;
    int64_t day = l - 2447 * j / 80;
    l = j / 11;
    int64_t seconds = (milliseconds + 500) / 1000;
    if (julian_day < FIRST_DAY || julian_day > LAST_DAY || seconds < 0 || seconds > 86400)
        text[0] = '\0';
    else if (seconds == 0)
        snprintf(text, sizeof(text), "%04d-%02d-%02d", (int)(100 * (n - 49) + i + l),
                 (int)(j + 2 - 12 * l), (int)day);
    else
        snprintf(text, sizeof(text), "%04d-%02d-%02d %02d:%02d:%02d", (int)(100 * (n - 49) + i + l),
                 (int)(j + 2 - 12 * l), (int)day, (int)(seconds / 3600), (int)(seconds / 60 % 60),
                 (int)(seconds % 60));
    table_cell(tables, text, strlen(text));
}

bool table_row(struct tables *tables)
{
    tables->in_row = false;
    tables->rows++;
    (void)buf_append_char(&tables->page, '\n');
    if (tables->page.len < TABLE_PAGE_BYTES)
        return !tables->emit->stop;
    size_t len = tables->page.len;
    tables->text_left -= len < tables->text_left ? len : tables->text_left;
    send_page(tables);
    return tables->text_left > 0 && !tables->emit->stop;
}

void table_end(struct tables *tables, int64_t total, bool cut)
{
    uint64_t rows = tables->rows ? tables->rows - 1 : 0;

    if (tables->in_row)
        (void)table_row(tables);
    send_page(tables);
    if (!cut || tables->cut[0])
        return;
    if (total >= 0)
        snprintf(tables->cut, sizeof(tables->cut),
                 "the first %" PRIu64 " rows of %" PRId64 " of table %s were read", rows, total,
                 tables->label);
    else
        snprintf(tables->cut, sizeof(tables->cut),
                 "the first %" PRIu64 " rows of table %s were read", rows, tables->label);
}

struct verdict tables_verdict(const struct tables *tables)
{
    struct verdict verdict = verdict_by_words(tables->emit);

    if (tables->cut_cells)
        emit_warning(tables->emit, REASON_LIMIT_SIZE, "%u fields were cut at %d KiB",
                     tables->cut_cells, TABLE_CELL_MAX >> 10);
    if (tables->cut[0] && verdict.outcome != OUTCOME_EMPTY) {
        verdict.reason = REASON_LIMIT_SIZE;
        snprintf(verdict.detail, sizeof(verdict.detail), "%s", tables->cut);
    }
    return verdict;
}
