#include "fmt/html.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

static bool is_control(uint32_t rune)
{
    return (rune < 0x20 && rune != '\t' && rune != '\n') || (rune >= 0x7F && rune <= 0x9F);
}

void html_text(struct buf *out, const char *text)
{
    size_t len = strlen(text);
    size_t at = 0;

    while (at < len) {
        uint32_t rune;
        at += utf8_decode(text + at, len - at, &rune);
        if (rune == '&')
            buf_append_str(out, "&amp;");
        else if (rune == '<')
            buf_append_str(out, "&lt;");
        else if (rune == '>')
            buf_append_str(out, "&gt;");
        else if (rune == '"')
            buf_append_str(out, "&quot;");
        else if (rune == '\'')
            buf_append_str(out, "&#39;");
        else
            buf_append_rune(out, is_control(rune) ? UTF8_REPLACEMENT : rune);
    }
}

void html_attr(struct buf *out, const char *name, const char *value)
{
    buf_printf(out, " %s=\"", name);
    html_text(out, value);
    buf_append_char(out, '"');
}
