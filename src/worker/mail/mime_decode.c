#include "worker/mail/mime_decode.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

enum mime_encoding mime_encoding_of(const char *name)
{
    name += strspn(name, " \t\"");
    if (strncasecmp(name, "base64", 6) == 0)
        return ENCODING_BASE64;
    if (strncasecmp(name, "quoted-printable", 16) == 0)
        return ENCODING_QUOTED;
    if (strncasecmp(name, "x-uu", 4) == 0 || strncasecmp(name, "uu", 2) == 0)
        return ENCODING_UU;
    return ENCODING_NONE;
}

int mime_hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+' || c == '-')
        return 62;
    return c == '/' || c == '_' ? 63 : -1;
}

void mime_decode_base64(const char *data, size_t len, struct buf *out)
{
    uint32_t bits = 0;
    unsigned count = 0;

    if (!buf_reserve(out, len / 4 * 3 + 3))
        return;
    for (size_t i = 0; i < len; i++) {
        int digit = base64_digit(data[i]);
        if (data[i] == '=') {
            bits = count = 0; /* bytes may follow: encoders append */
            continue;
        }
        if (digit < 0)
            continue;
        bits = bits << 6 | (uint32_t)digit;
        count += 6;
        if (count >= 8) {
            count -= 8;
            out->data[out->len++] = (char)(bits >> count);
        }
    }
    out->data[out->len] = '\0';
}

/* Where white space before the line's end starts, or the end: it is no part of quoted-printable. */
static size_t soft_break(const char *data, size_t len, size_t at)
{
    size_t end = at;

    while (end < len && (data[end] == ' ' || data[end] == '\t' || data[end] == '\r'))
        end++;
    return end == len || data[end] == '\n' ? end + 1 : 0;
}

void mime_decode_quoted(const char *data, size_t len, int in_word, struct buf *out)
{
    for (size_t at = 0; at < len;) {
        size_t plain = at;
        while (at < len && data[at] != '=' && data[at] != '_')
            at++;
        (void)buf_append(out, data + plain, at - plain);
        if (at == len)
            break;
        if (data[at] == '_') {
            (void)buf_append_char(out, in_word ? ' ' : '_');
            at++;
            continue;
        }
        int high = at + 2 < len ? mime_hex(data[at + 1]) : -1;
        int low = at + 2 < len ? mime_hex(data[at + 2]) : -1;
        size_t next = in_word ? 0 : soft_break(data, len, at + 1);
        if (high >= 0 && low >= 0) {
            (void)buf_append_char(out, (char)(high << 4 | low));
            at += 3;
        } else if (next) {
            at = next;
        } else {
            (void)buf_append_char(out, '=');
            at++;
        }
    }
}

static void uu_line(const char *line, size_t len, struct buf *out)
{
    size_t count = len ? ((size_t)(unsigned char)line[0] - 32) & 63 : 0;
    uint32_t bits = 0;
    unsigned have = 0;

    for (size_t i = 1; i < len && count; i++) {
        bits = bits << 6 | (((uint32_t)(unsigned char)line[i] - 32) & 63);
        have += 6;
        if (have >= 8) {
            have -= 8;
            count--;
            (void)buf_append_char(out, (char)(bits >> have));
        }
    }
}

static void decode_uu(const char *data, size_t len, struct buf *out)
{
    for (size_t at = 0; at < len;) {
        const char *newline = memchr(data + at, '\n', len - at);
        size_t line = newline ? (size_t)(newline - data) - at : len - at;
        size_t text = line && data[at + line - 1] == '\r' ? line - 1 : line;
        if (text == 3 && memcmp(data + at, "end", 3) == 0)
            return;
        if (text < 6 || memcmp(data + at, "begin ", 6) != 0)
            uu_line(data + at, text, out);
        at += line + 1;
    }
}

void mime_decode(enum mime_encoding encoding, const char *data, size_t len, struct buf *out)
{
    switch (encoding) {
    case ENCODING_BASE64:
        mime_decode_base64(data, len, out);
        break;
    case ENCODING_QUOTED:
        mime_decode_quoted(data, len, 0, out);
        break;
    case ENCODING_UU:
        decode_uu(data, len, out);
        break;
    case ENCODING_NONE:
        (void)buf_append(out, data, len);
        break;
    }
}
