#include "fmt/json.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"

void json_start(struct json_writer *json, struct buf *out)
{
    *json = (struct json_writer){.out = out};
}

/* Whether a character may stand in a string as it is. */
static bool is_plain(uint32_t rune)
{
    return rune >= 0x20 && rune != '"' && rune != '\\' && (rune < 0x7F || rune > 0x9F);
}

static void put_escape(struct buf *out, uint32_t rune)
{
    switch (rune) {
    case '"':
        buf_append_str(out, "\\\"");
        return;
    case '\\':
        buf_append_str(out, "\\\\");
        return;
    case '\n':
        buf_append_str(out, "\\n");
        return;
    case '\t':
        buf_append_str(out, "\\t");
        return;
    default:
        buf_printf(out, "\\u%04x", (unsigned)rune);
    }
}

static void put_string(struct buf *out, const char *text, size_t len)
{
    size_t from = 0; /* start of the run that is copied as it is */
    size_t at = 0;

    buf_append_char(out, '"');
    while (at < len) {
        uint32_t rune;
        size_t size = utf8_decode(text + at, len - at, &rune);
        bool broken = rune == UTF8_REPLACEMENT && size == 1;
        if (broken || !is_plain(rune)) {
            buf_append(out, text + from, at - from);
            if (broken)
                buf_append_rune(out, UTF8_REPLACEMENT);
            else
                put_escape(out, rune);
            from = at + size;
        }
        at += size;
    }
    buf_append(out, text + from, at - from);
    buf_append_char(out, '"');
}

/* The comma before a value, and its key. */
static void begin_value(struct json_writer *json, const char *key)
{
    if (json->depth > 0) {
        bool *filled = &json->filled[json->depth - 1];
        if (*filled)
            buf_append_char(json->out, ',');
        *filled = true;
    }
    if (key != NULL) {
        put_string(json->out, key, strlen(key));
        buf_append_char(json->out, ':');
    }
}

static void open_container(struct json_writer *json, const char *key, char bracket)
{
    begin_value(json, key);
    BUG_IF(json->depth == JSON_DEPTH_MAX);
    json->filled[json->depth++] = false;
    buf_append_char(json->out, bracket);
}

static void close_container(struct json_writer *json, char bracket)
{
    BUG_IF(json->depth == 0);
    json->depth--;
    buf_append_char(json->out, bracket);
}

void json_open_object(struct json_writer *json, const char *key)
{
    open_container(json, key, '{');
}

void json_close_object(struct json_writer *json)
{
    close_container(json, '}');
}

void json_open_array(struct json_writer *json, const char *key)
{
    open_container(json, key, '[');
}

void json_close_array(struct json_writer *json)
{
    close_container(json, ']');
}

void json_put_str_len(struct json_writer *json, const char *key, const char *text, size_t len)
{
    begin_value(json, key);
    put_string(json->out, text, len);
}

void json_put_str(struct json_writer *json, const char *key, const char *text)
{
    if (text == NULL)
        json_put_null(json, key);
    else
        json_put_str_len(json, key, text, strlen(text));
}

void json_put_int(struct json_writer *json, const char *key, int64_t value)
{
    begin_value(json, key);
    buf_printf(json->out, "%" PRId64, value);
}

void json_put_real(struct json_writer *json, const char *key, double value, int decimals)
{
    if (!isfinite(value)) {
        json_put_null(json, key);
        return;
    }
    begin_value(json, key);
    buf_printf(json->out, "%.*f", decimals, value);
}

void json_put_bool(struct json_writer *json, const char *key, bool value)
{
    begin_value(json, key);
    buf_append_str(json->out, value ? "true" : "false");
}

void json_put_null(struct json_writer *json, const char *key)
{
    begin_value(json, key);
    buf_append_str(json->out, "null");
}

void json_end_line(struct json_writer *json)
{
    BUG_IF(json->depth != 0);
    buf_append_char(json->out, '\n');
}
