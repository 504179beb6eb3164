#include "worker/csv.h"

#include <string.h>

#include "worker/charset.h"

enum {
    SAMPLE_BYTES = 64 << 10,
    SAMPLE_LINES = 64,
    QUOTED_LINES_MAX = 1000, /* a quote that is still open after so many lines was none */
    ROW_BYTES_MAX = 1 << 20,
    TABLE_TEXT_MAX = 192 << 20, /* bytes of UTF-8 */
};

/* A table being read. `at` walks over the text. */
struct table {
    const char *text;
    size_t len;
    size_t at;
    char separator;
    struct buf row;
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
}

struct verdict csv_read(const struct input *input, struct emit *emit)
{
    const char *charset = charset_detect(input->data, input->len);
    CLEANUP(cleanup_buf) struct buf text = {0};
    struct table table = {.emit = emit};

    if (!charset)
        return verdict_empty(REASON_UNSUPPORTED, "the bytes are not text in any known encoding");
    emit_meta(emit, "charset", charset);
    buf_init(&text, TABLE_TEXT_MAX);
    if (charset_to_utf8(charset, input->data, input->len, &text))
        emit_warning(emit, REASON_LIMIT_SIZE, "only the first %d MiB of the table were read",
                     TABLE_TEXT_MAX >> 20);
    table.text = text.data;
    table.len = text.len;
    table.separator = find_separator(text.data, text.len);
    buf_init(&table.row, ROW_BYTES_MAX);
    while (table.at < table.len && !emit->stop)
        take_row(&table);
    buf_release(&table.row);
    emit_flow_end(emit);
    return verdict_by_words(emit);
}
