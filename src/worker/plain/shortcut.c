#include "worker/plain/shortcut.h"

#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "base/bytes.h"
#include "worker/plain/charset.h"
#include "worker/windows_time.h"

enum {
    HEADER = 76,
    FLAGS_AT = 20,
    HAS_TARGET = 1,
    HAS_INFO = 2,
    FIRST_STRING = 4, /* name, relative path, working folder, arguments, icon: a bit each */
    STRINGS = 5,
    IS_UNICODE = 0x80,
    TEXT_MAX = 64 << 10,
};

#define LONG_NAME 0xBEEF0004u /* the signature of a step's long name */
#define TRACKER 0xA0000003u   /* the signature of its block */

struct shortcut {
    const unsigned char *data;
    size_t len;
    struct emit *emit;
    struct buf text;
};

static void put(struct shortcut *link, const char *charset, const unsigned char *data, size_t len)
{
    buf_clear(&link->text);
    if (charset)
        (void)charset_to_utf8(charset, data, len, &link->text);
    else
        (void)charset_text(NULL, data, len, &link->text);
    emit_flow(link->emit, TEXT_MAIN, link->text.data, strlen(link->text.data));
    emit_flow_str(link->emit, TEXT_MAIN, "\n");
}

/* A string of bytes up to a zero. */
static void put_at(struct shortcut *link, size_t at, size_t end)
{
    if (at < end && end <= link->len && link->data[at])
        put(link, NULL, link->data + at, strnlen((const char *)link->data + at, end - at));
}

static void put_wide_at(struct shortcut *link, size_t at, size_t end)
{
    size_t len = 0;

    if (end > link->len)
        return;
    while (at + len + 2 <= end && (link->data[at + len] || link->data[at + len + 1]))
        len += 2;
    if (len)
        put(link, "UTF-16LE", link->data + at, len);
}

/* Where the target is: on a volume with a label, or on a share; paths in bytes and in Unicode. */
static void read_info(struct shortcut *link, size_t at, size_t size)
{
    enum { LOCAL = 1, SHARE = 2 };
    const unsigned char *p = link->data + at;
    size_t end = at + size;

    if (size < 28)
        return;
    uint32_t flags = le32_get(p + 8);
    uint32_t volume = le32_get(p + 12);
    uint32_t share = le32_get(p + 20);
    bool wide = le32_get(p + 4) >= 0x24 && size >= 36;
    if (flags & LOCAL) {
        if (volume < size && size - volume >= 16)
            put_at(link, at + volume + le32_get(p + volume + 12) % size, end);
        if (wide)
            put_wide_at(link, at + le32_get(p + 28) % size, end);
        else
            put_at(link, at + le32_get(p + 16) % size, end);
    }
    if ((flags & SHARE) && share < size && size - share >= 20)
        put_at(link, at + share + le32_get(p + share + 8) % size, end);
    put_at(link, at + le32_get(p + 24) % size, end);
}

/* A step on the way to the target: a drive, or a folder or file with its short name and, in a block
 * behind it that is of another length in each version of Windows, its long one. */
static void put_step(const unsigned char *item, size_t size, struct buf *out)
{
    enum { DRIVE = 0x2F, ENTRY = 0x30, KIND_BITS = 0x70, SHORT_AT = 14, WIDE = 4 };
    static const struct {
        unsigned since, at;
    } LONG_NAMES[] = {{9, 46}, {8, 42}, {7, 38}, {3, 20}};
    size_t block = size > 24 ? le16_get(item + size - 2) : 0;
    size_t len = 0;

    if (item[2] == DRIVE) {
        (void)charset_text(NULL, item + 3, strnlen((const char *)item + 3, size - 3), out);
        return;
    }
    if ((item[2] & KIND_BITS) != ENTRY || size <= SHORT_AT)
        return;
    if (out->len && out->data[out->len - 1] != '\\')
        (void)buf_append_char(out, '\\');
    if (block >= SHORT_AT && block + 8 <= size && le32_get(item + block + 4) == LONG_NAME)
        for (size_t i = 0; i < ARRAY_LEN(LONG_NAMES); i++) {
            size_t at = block + LONG_NAMES[i].at;
            if (le16_get(item + block + 2) < LONG_NAMES[i].since || at >= size)
                continue;
            while (at + len + 2 <= size && (item[at + len] || item[at + len + 1]))
                len += 2;
            (void)charset_to_utf8("UTF-16LE", item + at, len, out);
            return;
        }
    if (item[2] & WIDE) {
        while (SHORT_AT + len + 2 <= size && (item[SHORT_AT + len] || item[SHORT_AT + len + 1]))
            len += 2;
        (void)charset_to_utf8("UTF-16LE", item + SHORT_AT, len, out);
    } else {
        (void)charset_text(NULL, item + SHORT_AT,
                           strnlen((const char *)item + SHORT_AT, size - SHORT_AT), out);
    }
}

/* The target as a chain of steps, for links that do not tell its path. */
static void read_steps(struct shortcut *link, size_t at, size_t len)
{
    CLEANUP(cleanup_buf) struct buf path = {0};
    size_t end = len < link->len - at ? at + len : link->len;

    buf_init(&path, (size_t)4 * TEXT_MAX);
    while (at + 3 <= end) {
        size_t size = le16_get(link->data + at);
        if (size < 3 || size > end - at)
            break;
        put_step(link->data + at, size, &path);
        at += size;
    }
    if (!path.len)
        return;
    emit_flow(link->emit, TEXT_MAIN, path.data, path.len);
    emit_flow_str(link->emit, TEXT_MAIN, "\n");
}

static void say_time(struct shortcut *link, const char *key, size_t at)
{
    char text[WINDOWS_TIME_SPACE];

    if (windows_time_text(le64_get(link->data + at), text))
        emit_meta(link->emit, key, text);
}

/* The last blocks: a tracker names the machine on which the target was. */
static void read_blocks(struct shortcut *link, size_t at)
{
    enum { BLOCKS_MAX = 100, MACHINE_AT = 16, MACHINE_LEN = 16 };

    for (int i = 0; i < BLOCKS_MAX && at <= link->len && link->len - at >= 8; i++) {
        size_t size = le32_get(link->data + at);
        if (size < 8 || size > link->len - at)
            return;
        const unsigned char *p = link->data + at;
        if (le32_get(p + 4) == TRACKER && size >= MACHINE_AT + MACHINE_LEN)
            emit_meta_len(link->emit, "machine", (const char *)p + MACHINE_AT,
                          strnlen((const char *)p + MACHINE_AT, MACHINE_LEN));
        at += size;
    }
}

static size_t read_strings(struct shortcut *link, size_t at, uint32_t flags)
{
    bool wide = (flags & IS_UNICODE) != 0;

    for (unsigned i = 0; i < STRINGS && at + 2 <= link->len; i++) {
        if (!(flags & FIRST_STRING << i))
            continue;
        size_t len = (size_t)le16_get(link->data + at) * (wide ? 2 : 1);
        at += 2;
        if (len > link->len - at)
            return link->len;
        if (len)
            put(link, wide ? "UTF-16LE" : NULL, link->data + at, len);
        at += len;
    }
    return at;
}

struct verdict shortcut_read(const struct input *input, struct emit *emit)
{
    struct shortcut link = {.data = input->data, .len = input->len, .emit = emit};
    size_t at = HEADER;

    if (input->len < HEADER)
        return verdict_failed(REASON_TRUNCATED, "it ends in its header");
    uint32_t flags = le32_get(input->data + FLAGS_AT);
    buf_init(&link.text, (size_t)4 * TEXT_MAX);
    say_time(&link, "date", 28);
    say_time(&link, "modified", 44);
    if ((flags & HAS_TARGET) && !(flags & HAS_INFO) && input->len - at >= 2)
        read_steps(&link, at + 2, le16_get(input->data + at));
    if ((flags & HAS_TARGET) && input->len - at >= 2)
        at += 2 + (size_t)le16_get(input->data + at);
    if ((flags & HAS_INFO) && at <= input->len && input->len - at >= 4) {
        size_t size = le32_get(input->data + at);
        if (size > input->len - at)
            size = input->len - at;
        read_info(&link, at, size);
        at += size;
    }
    if (at <= input->len)
        read_blocks(&link, read_strings(&link, at, flags));
    buf_release(&link.text);
    return verdict_by_words(emit);
}
