#include "worker/mail/content_line.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "worker/plain/charset.h"
#include "worker/mail/mime_decode.h"
#include "worker/mail/mime_field.h"

void content_lines_init(struct content_lines *lines, const struct input *input)
{
    *lines = (struct content_lines){0};
    buf_init(&lines->text, (size_t)4 * CONTENT_LINE_MAX);
    (void)charset_text(NULL, input->data, input->len, &lines->text);
}

void content_lines_release(struct content_lines *lines)
{
    buf_release(&lines->text);
}

void content_line_init(struct content_line *line)
{
    line->name[0] = '\0';
    buf_init(&line->parameters, 65536);
    buf_init(&line->value, CONTENT_LINE_MAX);
}

void content_line_release(struct content_line *line)
{
    buf_release(&line->parameters);
    buf_release(&line->value);
}

/* Appends the physical line at `at` without its end; returns where the next one starts. */
static size_t take_line(const struct buf *text, size_t at, struct buf *out)
{
    const char *newline = memchr(text->data + at, '\n', text->len - at);
    size_t end = newline ? (size_t)(newline - text->data) : text->len;
    size_t len = end - at;

    while (len && text->data[at + len - 1] == '\r')
        len--;
    (void)buf_append(out, text->data + at, len);
    return end + (newline != NULL);
}

static bool is_quoted_printable(const char *line, size_t len)
{
    const char *colon = memchr(line, ':', len);

    return colon && memmem(line, (size_t)(colon - line), "QUOTED-PRINTABLE", 16);
}

/* A line with those that continue it: they start with white space, or, in quoted-printable, follow
 * an equals sign. */
static void take_folded(struct content_lines *lines, struct buf *out)
{
    const struct buf *text = &lines->text;

    lines->at = take_line(text, lines->at, out);
    bool quoted = is_quoted_printable(out->data, out->len);
    while (lines->at < text->len) {
        char c = text->data[lines->at];
        if (c == ' ' || c == '\t') {
            lines->at = take_line(text, lines->at + 1, out);
        } else if (quoted && out->len && out->data[out->len - 1] == '=') {
            out->data[--out->len] = '\0';
            lines->at = take_line(text, lines->at, out);
        } else {
            return;
        }
    }
}

/* Where the value starts: behind the first colon that is not quoted. */
static size_t find_value(const struct buf *whole)
{
    bool quoted = false;

    for (size_t i = 0; i < whole->len; i++) {
        if (whole->data[i] == '"')
            quoted = !quoted;
        else if (whole->data[i] == ':' && !quoted)
            return i + 1;
    }
    return 0;
}

static void read_name(struct content_line *line, const char *text, size_t len)
{
    const char *dot = memchr(text, '.', len);
    size_t start = dot ? (size_t)(dot + 1 - text) : 0;
    size_t n = 0;

    for (size_t i = start; i < len && n < CONTENT_NAME_MAX - 1; i++)
        line->name[n++] = (char)toupper((unsigned char)text[i]);
    line->name[n] = '\0';
}

static void read_value(struct content_line *line, const char *value, size_t len)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    CLEANUP(cleanup_buf) struct buf charset = {0};

    if (!content_has(line, "QUOTED-PRINTABLE")) {
        (void)buf_append(&line->value, value, len);
        return;
    }
    buf_init(&bytes, len + 1);
    buf_init(&charset, 64);
    mime_decode_quoted(value, len, 0, &bytes);
    (void)content_parameter(line, "CHARSET", &charset);
    mime_text(charset.data, bytes.data, bytes.len, &line->value);
}

bool content_lines_next(struct content_lines *lines, struct content_line *line)
{
    CLEANUP(cleanup_buf) struct buf whole = {0};

    buf_init(&whole, (size_t)2 * CONTENT_LINE_MAX);
    while (lines->at < lines->text.len) {
        buf_clear(&whole);
        take_folded(lines, &whole);
        size_t value = find_value(&whole);
        if (!value)
            continue;
        size_t head = value - 1;
        const char *semicolon = memchr(whole.data, ';', head);
        size_t name = semicolon ? (size_t)(semicolon - whole.data) : head;
        buf_clear(&line->parameters);
        buf_clear(&line->value);
        read_name(line, whole.data, name);
        (void)buf_append(&line->parameters, whole.data + name, head - name);
        read_value(line, whole.data + value, whole.len - value);
        if (line->name[0])
            return true;
    }
    return false;
}

bool content_parameter(const struct content_line *line, const char *name, struct buf *out)
{
    return mime_parameter(line->parameters.data, line->parameters.len, name, out);
}

bool content_has(const struct content_line *line, const char *word)
{
    size_t n = strlen(word);
    const char *text = line->parameters.data;

    for (size_t i = 0; i + n <= line->parameters.len; i++) {
        bool starts = i && strchr(";=,\"", text[i - 1]);
        bool ends = i + n == line->parameters.len || strchr(";=,\"", text[i + n]);
        if (starts && ends && strncasecmp(text + i, word, n) == 0)
            return true;
    }
    return false;
}

bool content_is_binary(const struct content_line *line)
{
    return content_has(line, "BASE64") || content_has(line, "B") || content_has(line, "BINARY") ||
           (strncasecmp(line->value.data, "data:", 5) == 0 &&
            strstr(line->value.data, ";base64,") != NULL);
}

void content_unescape(const struct buf *value, char separator, struct buf *out)
{
    size_t start = out->len;
    bool owed = false;

    for (size_t i = 0; i < value->len; i++) {
        char c = value->data[i];
        if (separator && c == ';') {
            owed = true;
            continue;
        }
        if (owed && out->len > start) {
            (void)buf_append_char(out, separator);
            (void)buf_append_char(out, ' ');
        }
        owed = false;
        if (c == '\\' && i + 1 < value->len) {
            c = value->data[++i];
            c = c == 'n' || c == 'N' ? '\n' : c;
        }
        (void)buf_append_char(out, c);
    }
}
