#include "worker/archive/program_facts.h"

#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "worker/plain/charset.h"

enum { HEAD = 6, STRINGS_MAX = 1000, TEXT_MAX = 256 << 10 };

static const char MARK[] = "S\0t\0r\0i\0n\0g\0F\0i\0l\0e\0I\0n\0f\0o\0\0";

/* A block: its length, that of its value in letters, a type, a name up to a zero, then, at the next
 * multiple of four, its value and the blocks inside. */
struct block {
    const unsigned char *name, *value, *end;
    size_t name_len, value_len;
};

static size_t wide_len(const unsigned char *from, const unsigned char *end)
{
    size_t len = 0;

    while ((size_t)(end - from) >= len + 2 && (from[len] || from[len + 1]))
        len += 2;
    return len;
}

/* `base` is what multiples of four are counted from. */
static bool take(const unsigned char **at, const unsigned char *end, const unsigned char *base,
                 struct block *ret)
{
    const unsigned char *p = *at;

    p += (4 - (size_t)(p - base) % 4) % 4;
    if (p >= end || (size_t)(end - p) < HEAD + 2)
        return false;
    size_t len = le16_get(p);
    if (len < HEAD + 2 || len > (size_t)(end - p))
        return false;
    *ret = (struct block){.name = p + HEAD, .end = p + len};
    ret->name_len = wide_len(ret->name, ret->end);
    size_t value = HEAD + ret->name_len + 2;
    value += (4 - ((size_t)(p - base) + value) % 4) % 4;
    ret->value = value < len ? p + value : ret->end;
    ret->value_len = (size_t)le16_get(p + 2) * 2;
    if (ret->value_len > (size_t)(ret->end - ret->value))
        ret->value_len = (size_t)(ret->end - ret->value);
    *at = ret->end;
    return true;
}

static void put_string(const struct block *string, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf text = {0};

    buf_init(&text, TEXT_MAX);
    (void)charset_to_utf8("UTF-16LE", string->name, string->name_len, &text);
    (void)buf_append_str(&text, ": ");
    (void)charset_to_utf8("UTF-16LE", string->value,
                          wide_len(string->value, string->value + string->value_len), &text);
    (void)buf_append_char(&text, '\n');
    emit_flow(emit, TEXT_MAIN, text.data, text.len);
}

void program_facts(const struct input *input, struct emit *emit)
{
    const unsigned char *mark = memmem(input->data, input->len, MARK, sizeof(MARK));
    struct block all, table, string;
    int count = 0;

    if (!mark || mark - input->data < HEAD)
        return;
    const unsigned char *base = mark - HEAD;
    const unsigned char *at = base;
    if (!take(&at, input->data + input->len, base, &all))
        return;
    for (const unsigned char *tables = all.value; take(&tables, all.end, base, &table);)
        for (const unsigned char *strings = table.value; take(&strings, table.end, base, &string);)
            if (string.value_len && count++ < STRINGS_MAX)
                put_string(&string, emit);
}
