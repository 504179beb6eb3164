#include "base/utf8.h"

#include <string.h>

size_t utf8_decode(const char *text, size_t len, uint32_t *ret_rune)
{
    const unsigned char *s = (const unsigned char *)text;
    uint32_t rune;
    uint32_t least;
    size_t need;

    if (s[0] < 0x80) {
        *ret_rune = s[0];
        return 1;
    }
    if (s[0] >= 0xC2 && s[0] <= 0xDF) {
        need = 2;
        rune = s[0] & 0x1F;
        least = 0x80;
    } else if ((s[0] & 0xF0) == 0xE0) {
        need = 3;
        rune = s[0] & 0x0F;
        least = 0x800;
    } else if (s[0] >= 0xF0 && s[0] <= 0xF4) {
        need = 4;
        rune = s[0] & 0x07;
        least = 0x10000;
    } else {
        *ret_rune = UTF8_REPLACEMENT;
        return 1;
    }
    *ret_rune = UTF8_REPLACEMENT;
    if (len < need)
        return 1;
    for (size_t i = 1; i < need; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return 1;
        rune = (rune << 6) | (s[i] & 0x3F);
    }
    if (rune < least || rune > 0x10FFFF || (rune >= 0xD800 && rune <= 0xDFFF))
        return 1;
    *ret_rune = rune;
    return need;
}

size_t utf8_encode(uint32_t rune, char out[4])
{
    if (rune > 0x10FFFF || (rune >= 0xD800 && rune <= 0xDFFF))
        rune = UTF8_REPLACEMENT;
    if (rune < 0x80) {
        out[0] = (char)rune;
        return 1;
    }
    if (rune < 0x800) {
        out[0] = (char)(0xC0 | (rune >> 6));
        out[1] = (char)(0x80 | (rune & 0x3F));
        return 2;
    }
    if (rune < 0x10000) {
        out[0] = (char)(0xE0 | (rune >> 12));
        out[1] = (char)(0x80 | ((rune >> 6) & 0x3F));
        out[2] = (char)(0x80 | (rune & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | (rune >> 18));
    out[1] = (char)(0x80 | ((rune >> 12) & 0x3F));
    out[2] = (char)(0x80 | ((rune >> 6) & 0x3F));
    out[3] = (char)(0x80 | (rune & 0x3F));
    return 4;
}

/* Length of the run of ASCII at the start, eight bytes at a time. */
static size_t ascii_run(const char *text, size_t len)
{
    size_t at = 0;

    while (at + 8 <= len) {
        uint64_t word;
        memcpy(&word, text + at, 8);
        if (word & 0x8080808080808080u)
            break;
        at += 8;
    }
    while (at < len && !((unsigned char)text[at] & 0x80))
        at++;
    return at;
}

bool utf8_valid(const char *text, size_t len)
{
    size_t at = 0;

    while ((at += ascii_run(text + at, len - at)) < len) {
        uint32_t rune;
        size_t step = utf8_decode(text + at, len - at, &rune);
        if (step == 1)
            return false;
        at += step;
    }
    return true;
}

size_t utf8_prefix(const char *text, size_t len, size_t max)
{
    if (len <= max)
        return len;
    while (max > 0 && ((unsigned char)text[max] & 0xC0) == 0x80)
        max--;
    return max;
}

size_t utf8_count(const char *text, size_t len)
{
    size_t count = 0;

    for (size_t at = 0; at < len; count++) {
        uint32_t rune;
        at += utf8_decode(text + at, len - at, &rune);
    }
    return count;
}

bool utf8_escape(const char *name, size_t len, struct buf *out)
{
    bool escaped = false;

    for (size_t at = 0; at < len;) {
        uint32_t rune;
        size_t step = utf8_decode(name + at, len - at, &rune);
        bool bad = (step == 1 && (unsigned char)name[at] >= 0x80) || rune == 0;
        if (bad)
            (void)buf_printf(out, "\\x%02x", (unsigned char)name[at]);
        else
            (void)buf_append(out, name + at, step);
        escaped |= bad;
        at += step;
    }
    return escaped;
}

bool utf16_join(uint32_t unit, uint32_t *high, uint32_t *ret_rune)
{
    uint32_t first = *high;

    *high = 0;
    if (unit >= 0xD800 && unit < 0xDC00) {
        *high = unit;
        return false;
    }
    if (first && unit >= 0xDC00 && unit < 0xE000)
        unit = 0x10000 + ((first & 0x3FF) << 10) + (unit & 0x3FF);
    *ret_rune = unit;
    return true;
}
