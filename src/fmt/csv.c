#include "fmt/csv.h"

#include <inttypes.h>
#include <string.h>

#include "base/utf8.h"

void csv_start(struct csv_writer *csv, struct buf *out)
{
    *csv = (struct csv_writer){.out = out};
}

static void begin_field(struct csv_writer *csv)
{
    if (csv->in_row)
        buf_append_char(csv->out, ',');
    csv->in_row = true;
}

static bool is_formula(const char *text)
{
    return text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL;
}

static void put_text(struct buf *out, const char *text, size_t len)
{
    size_t at = 0;

    while (at < len) {
        uint32_t rune;
        at += utf8_decode(text + at, len - at, &rune);
        if (rune == '"')
            buf_append_char(out, '"');
        buf_append_rune(out, rune);
    }
}

void csv_text(struct csv_writer *csv, const char *text)
{
    begin_field(csv);
    if (text == NULL)
        return;
    bool quoted = strpbrk(text, ",\"\r\n") != NULL;
    if (quoted)
        buf_append_char(csv->out, '"');
    if (is_formula(text))
        buf_append_char(csv->out, '\'');
    put_text(csv->out, text, strlen(text));
    if (quoted)
        buf_append_char(csv->out, '"');
}

void csv_int(struct csv_writer *csv, int64_t value)
{
    begin_field(csv);
    buf_printf(csv->out, "%" PRId64, value);
}

void csv_end_row(struct csv_writer *csv)
{
    buf_append_str(csv->out, "\r\n");
    csv->in_row = false;
}
