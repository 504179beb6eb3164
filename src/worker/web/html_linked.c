#include "worker/web/html_linked.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "worker/mail/mime_decode.h"

enum { LEVELS = 64, KEY_BYTES = 32, VALUE_BYTES = 1024, AUTHORS_MAX = 8 };

static const struct {
    const char *key, *name;
} KINDS[] = {
    {"headline", "ld:headline"},
    {"datePublished", "ld:datepublished"},
    {"dateModified", "ld:datemodified"},
};

struct scan {
    const char *at, *end;
    char keys[LEVELS][KEY_BYTES]; /* of the objects around, the innermost last */
    size_t depth;
    bool told[ARRAY_LEN(KINDS)];
    unsigned authors;
    html_linked_fn *fn;
    void *ctx;
};

static uint32_t four_digits(struct scan *scan)
{
    uint32_t value = 0;

    for (int i = 0; i < 4 && scan->at < scan->end; i++, scan->at++) {
        int digit = mime_hex(*scan->at);
        if (digit < 0)
            return 0xFFFD;
        value = value << 4 | (uint32_t)digit;
    }
    return value;
}

static void take_escape(struct scan *scan, struct buf *out)
{
    static const char FROM[] = "nrtbf";
    char c = *scan->at++;
    const char *known = memchr(FROM, c, sizeof(FROM) - 1);

    if (c != 'u') {
        (void)buf_append_char(out, known ? ' ' : c);
        return;
    }
    uint32_t rune = four_digits(scan);
    if (rune >= 0xD800 && rune < 0xDC00 && scan->end - scan->at >= 6 && scan->at[0] == '\\' &&
        scan->at[1] == 'u') {
        scan->at += 2;
        uint32_t low = four_digits(scan);
        rune = 0x10000 + ((rune - 0xD800) << 10) + ((low - 0xDC00) & 0x3FF);
    }
    (void)buf_append_rune(out, rune ? rune : ' ');
}

/* A string, from behind its first quotation mark. */
static void take_string(struct scan *scan, struct buf *out)
{
    buf_clear(out);
    while (scan->at < scan->end && *scan->at != '"') {
        char c = *scan->at++;
        if (c == '\\' && scan->at < scan->end)
            take_escape(scan, out);
        else
            (void)buf_append_char(out, c);
    }
    scan->at += scan->at < scan->end;
}

static bool is_key(struct scan *scan)
{
    while (scan->at < scan->end && strchr(" \t\r\n", *scan->at) && *scan->at)
        scan->at++;
    return scan->at < scan->end && *scan->at == ':';
}

static void tell(struct scan *scan, const char *value)
{
    const char *key = scan->keys[scan->depth];
    const char *above = scan->depth ? scan->keys[scan->depth - 1] : "";

    for (size_t i = 0; i < ARRAY_LEN(KINDS); i++) {
        if (scan->told[i] || strcmp(key, KINDS[i].key) != 0)
            continue;
        scan->told[i] = true;
        scan->fn(scan->ctx, KINDS[i].name, value);
    }
    bool author =
        strcmp(key, "author") == 0 || (strcmp(key, "name") == 0 && strcmp(above, "author") == 0);
    if (author && scan->authors < AUTHORS_MAX) {
        scan->authors++;
        scan->fn(scan->ctx, "ld:author", value);
    }
}

void html_linked_read(const char *json, size_t len, html_linked_fn *fn, void *ctx)
{
    struct scan scan = {.at = json, .end = json + len, .fn = fn, .ctx = ctx};
    CLEANUP(cleanup_buf) struct buf text = {0};

    buf_init(&text, VALUE_BYTES);
    while (scan.at < scan.end) {
        char c = *scan.at++;
        if (c == '"') {
            take_string(&scan, &text);
            if (!is_key(&scan)) {
                tell(&scan, text.data);
                continue;
            }
            size_t n = text.len < KEY_BYTES ? text.len : 0;
            memcpy(scan.keys[scan.depth], text.data, n);
            scan.keys[scan.depth][n] = '\0';
        } else if (c == '{' && scan.depth + 1 < LEVELS) {
            scan.keys[++scan.depth][0] = '\0';
        } else if (c == '}' && scan.depth) {
            scan.depth--;
        }
    }
}
