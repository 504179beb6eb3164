#include "fmt/xml.h"

#include <string.h>

#include "base/utf8.h"

static bool is_allowed(uint32_t rune)
{
    if (rune < ' ')
        return rune == '\t' || rune == '\n' || rune == '\r';
    return rune != 0xFFFE && rune != 0xFFFF;
}

static const char *reference(uint32_t rune)
{
    switch (rune) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void xml_text(struct buf *out, const char *text)
{
    size_t len = strlen(text);
    size_t at = 0;

    while (at < len) {
        uint32_t rune;
        at += utf8_decode(text + at, len - at, &rune);
        const char *written = reference(rune);
        if (written)
            buf_append_str(out, written);
        else
            buf_append_rune(out, is_allowed(rune) ? rune : UTF8_REPLACEMENT);
    }
}
