#include "worker/tables/csv.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "worker/plain/charset.h"

enum {
    SAMPLE_BYTES = 64 << 10,
    SAMPLE_LINES = 64,
    QUOTED_LINES_MAX = 1000, /* a quote that is still open after so many lines was none */
    ROW_BYTES_MAX = 1 << 20,
    TABLE_TEXT_MAX = 256 << 20, /* bytes of UTF-8 that are read */
    CONVERTED_MAX = 128 << 20,  /* of a table in another encoding, which is converted in memory */
};

/* A table being read. `at` walks over the text. */
struct table {
    const char *text;
    size_t len;
    size_t at;
    char separator;
    struct buf row;
    uint64_t rows;
    struct emit *emit;
};

/* How steady a separator is: lines that have as many of it as the first line, less those that
 * have not; nothing when the first line has none. */
static int steadiness(const char *text, size_t len, char separator)
{
    int first = -1;
    int score = 0;
    size_t at = 0;

    for (int line = 0; line < SAMPLE_LINES && at < len; line++) {
        bool quoted = false;
        int count = 0;
        for (; at < len && (quoted || text[at] != '\n'); at++) {
            if (text[at] == '"')
                quoted = !quoted;
            count += text[at] == separator && !quoted;
        }
        at++;
        if (first < 0)
            first = count;
        score += count == first ? 2 : -1;
    }
    return first > 0 ? score * 8 + (first < 8 ? first : 8) : 0;
}

static char find_separator(const char *text, size_t len)
{
    static const char CANDIDATES[] = ",;\t|";
    char best = ',';
    int best_score = 0;

    if (len > SAMPLE_BYTES)
        len = SAMPLE_BYTES;
    for (const char *c = CANDIDATES; *c; c++) {
        int score = steadiness(text, len, *c);
        if (score > best_score) {
            best_score = score;
            best = *c;
        }
    }
    return best;
}

/* The end of a quoted field that starts at text[at] == '"': the position of its closing quote, or
 * `at` when there is none within reach, and the quote is an ordinary character. */
static size_t closing_quote(const struct table *table, size_t at)
{
    int lines = 0;

    for (size_t i = at + 1; i < table->len && lines < QUOTED_LINES_MAX; i++) {
        if (table->text[i] == '\n')
            lines++;
        if (table->text[i] != '"')
            continue;
        if (i + 1 < table->len && table->text[i + 1] == '"')
            i++;
        else
            return i;
    }
    return at;
}

/* A row that has grown too long is sent in pieces, which the flow joins again. */
static void put_raw(struct table *table, char c)
{
    if (table->row.len == ROW_BYTES_MAX) {
        emit_flow(table->emit, TEXT_MAIN, table->row.data, table->row.len);
        buf_clear(&table->row);
    }
    (void)buf_append_char(&table->row, c);
}

static void put(struct table *table, char c)
{
    put_raw(table, c == '\t' || c == '\n' || c == '\r' ? ' ' : c);
}

static void take_quoted(struct table *table, size_t close)
{
    for (table->at++; table->at < close; table->at++) {
        put(table, table->text[table->at]);
        if (table->text[table->at] == '"')
            table->at++; /* the second of a pair */
    }
    table->at = close + 1;
}

/* Takes one field into the row and stops at what ends it. */
static void take_field(struct table *table)
{
    const char *text = table->text;

    if (table->at < table->len && text[table->at] == '"') {
        size_t close = closing_quote(table, table->at);
        if (close > table->at)
            take_quoted(table, close);
    }
    for (; table->at < table->len && text[table->at] != table->separator && text[table->at] != '\n';
         table->at++)
        if (text[table->at] != '\r' || table->at + 1 >= table->len || text[table->at + 1] != '\n')
            put(table, text[table->at]);
}

static void take_row(struct table *table)
{
    bool more = true;

    buf_clear(&table->row);
    while (more) {
        take_field(table);
        more = table->at < table->len && table->text[table->at] == table->separator;
        table->at++;
        put_raw(table, more ? '\t' : '\n');
    }
    emit_flow(table->emit, TEXT_MAIN, table->row.data, table->row.len);
    table->rows++;
}

/* The text of the table: UTF-8 where it lies, anything else converted. `ret_cut`: not all of it. */
static void take_text(struct table *table, const struct input *input, const char *charset,
                      struct buf *converted, bool *ret_cut)
{
    static const char MARK[] = "\xEF\xBB\xBF";
    size_t mark = sizeof(MARK) - 1;

    if (strcmp(charset, "UTF-8") == 0) {
        if (input->len < mark || memcmp(input->data, MARK, mark) != 0)
            mark = 0;
        table->text = (const char *)input->data + mark;
        table->len = input->len - mark;
        *ret_cut = table->len > TABLE_TEXT_MAX;
        if (*ret_cut)
            table->len = TABLE_TEXT_MAX;
        return;
    }
    buf_init(converted, CONVERTED_MAX);
    *ret_cut = charset_to_utf8(charset, input->data, input->len, converted) != 0;
    table->text = converted->data;
    table->len = converted->len;
}

static uint64_t count_lines(const struct input *input)
{
    const unsigned char *end = input->data + input->len;
    uint64_t lines = 0;

    for (const unsigned char *at = input->data; (at = memchr(at, '\n', (size_t)(end - at))) != NULL;
         at++)
        lines++;
    return lines;
}

static struct verdict conclude(const struct table *table, const struct input *input, bool cut)
{
    struct verdict verdict = verdict_by_words(table->emit);

    if ((!cut && !table->emit->stop) || verdict.outcome != OUTCOME_TEXT)
        return verdict;
    verdict.reason = REASON_LIMIT_SIZE;
    snprintf(verdict.detail, sizeof(verdict.detail),
             "the first %" PRIu64 " rows of about %" PRIu64 " were read", table->rows,
             count_lines(input));
    return verdict;
}

struct verdict csv_read(const struct input *input, struct emit *emit)
{
    const char *charset = charset_detect(input->data, input->len);
    CLEANUP(cleanup_buf) struct buf converted = {0};
    struct table table = {.emit = emit};
    bool cut;

    if (!charset)
        return verdict_empty(REASON_UNSUPPORTED, "the bytes are not text in any known encoding");
    emit_meta(emit, "charset", charset);
    take_text(&table, input, charset, &converted, &cut);
    table.separator = find_separator(table.text, table.len);
    buf_init(&table.row, ROW_BYTES_MAX);
    while (table.at < table.len && !emit->stop)
        take_row(&table);
    buf_release(&table.row);
    return conclude(&table, input, cut);
}
