#include "worker/outlook/mapi_field.h"

#include <ctype.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"

enum { WORD_BYTES = 42, LINE_CHARS = 76 };

static bool is_plain(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] < ' ' || (unsigned char)text[i] > '~')
            return false;
    return memmem(text, len, "=?", 2) == NULL;
}

void field_base64_word(struct buf *out, const unsigned char *data, size_t len)
{
    static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < len; i += 3) {
        unsigned left = len - i < 3 ? (unsigned)(len - i) : 3;
        unsigned bits = (unsigned)data[i] << 16 | (left > 1 ? (unsigned)data[i + 1] << 8 : 0) |
                        (left > 2 ? data[i + 2] : 0);
        char four[4] = {DIGITS[bits >> 18], DIGITS[bits >> 12 & 63],
                        left > 1 ? DIGITS[bits >> 6 & 63] : '=',
                        left > 2 ? DIGITS[bits & 63] : '='};
        (void)buf_append(out, four, sizeof(four));
    }
}

void field_base64(struct buf *out, const unsigned char *data, size_t len)
{
    field_base64_word(out, data, len);
    (void)buf_append_str(out, "\r\n");
}

/* Text as encoded words, each of whole characters. */
static void put_words(struct buf *out, const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        size_t n = utf8_prefix(text + at, len - at, WORD_BYTES);
        if (n == 0)
            n = len - at < WORD_BYTES ? len - at : WORD_BYTES;
        if (at > 0)
            (void)buf_append_str(out, "\r\n ");
        (void)buf_append_str(out, "=?utf-8?B?");
        field_base64_word(out, (const unsigned char *)text + at, n);
        (void)buf_append_str(out, "?=");
        at += n;
    }
}

/* Breaks, tabs and what cannot be seen become single spaces; none at either end. */
static void one_line(const char *text, size_t len, struct buf *out)
{
    bool space = false;

    buf_init(out, len + 1);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c <= ' ' || c == 0x7F) {
            space = out->len > 0;
            continue;
        }
        if (space)
            (void)buf_append_char(out, ' ');
        space = false;
        (void)buf_append_char(out, (char)c);
    }
}

/* Long ASCII values are folded at spaces. */
static void put_folded(struct buf *out, const char *text, size_t len, size_t column)
{
    for (size_t at = 0; at < len;) {
        const char *space = memchr(text + at + 1, ' ', len - at - 1);
        size_t n = space ? (size_t)(space - text) - at : len - at;
        if (at > 0 && column + n > LINE_CHARS) {
            (void)buf_append_str(out, "\r\n");
            column = 0;
        }
        (void)buf_append(out, text + at, n);
        column += n;
        at += n;
    }
}

void field_text(struct buf *out, const char *name, const char *text, size_t len)
{
    CLEANUP(cleanup_buf) struct buf line = {0};

    one_line(text, len, &line);
    if (!line.len)
        return;
    (void)buf_printf(out, "%s: ", name);
    if (is_plain(line.data, line.len))
        put_folded(out, line.data, line.len, strlen(name) + 2);
    else
        put_words(out, line.data, line.len);
    (void)buf_append_str(out, "\r\n");
}

static void put_quoted(struct buf *out, const char *text, size_t len)
{
    (void)buf_append_char(out, '"');
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '"' || text[i] == '\\')
            (void)buf_append_char(out, '\\');
        (void)buf_append_char(out, text[i]);
    }
    (void)buf_append_char(out, '"');
}

void field_address(struct buf *list, const char *name, const char *address)
{
    CLEANUP(cleanup_buf) struct buf line = {0};
    CLEANUP(cleanup_buf) struct buf clean = {0};

    one_line(name, strlen(name), &line);
    one_line(address, strlen(address), &clean);
    if (!line.len && !clean.len)
        return;
    bool is_address = !clean.len && strchr(line.data, '@') && !strchr(line.data, ' ');
    const char *where = is_address ? line.data : clean.data;
    if (list->len)
        (void)buf_append_str(list, ",\r\n ");
    if (line.len && strcmp(line.data, where) != 0) {
        if (is_plain(line.data, line.len))
            put_quoted(list, line.data, line.len);
        else
            put_words(list, line.data, line.len);
        (void)buf_append_char(list, ' ');
    }
    if (*where)
        (void)buf_printf(list, "<%s>", where);
}

void field_date(struct buf *out, int64_t seconds)
{
    static const char *const DAYS[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const MONTHS[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t when = (time_t)seconds;
    struct tm tm;

    if (!gmtime_r(&when, &tm))
        return;
    (void)buf_printf(out, "Date: %s, %02d %s %04d %02d:%02d:%02d +0000\r\n", DAYS[tm.tm_wday],
                     tm.tm_mday, MONTHS[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min,
                     tm.tm_sec);
}

void field_parameter(struct buf *out, const char *key, const char *value, size_t len)
{
    if (is_plain(value, len)) {
        (void)buf_printf(out, ";\r\n %s=", key);
        put_quoted(out, value, len);
        return;
    }
    (void)buf_printf(out, ";\r\n %s*=utf-8''", key);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)value[i];
        if (isalnum(c) || (c && strchr("-._~", c)))
            (void)buf_append_char(out, (char)c);
        else
            (void)buf_printf(out, "%%%02X", c);
    }
}
