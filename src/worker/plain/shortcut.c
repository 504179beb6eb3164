#include "worker/plain/shortcut.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "worker/plain/charset.h"

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

#define TRACKER 0xA0000003u /* the signature of its block */

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

static void say_time(struct shortcut *link, const char *key, size_t at)
{
    time_t seconds = (time_t)(le64_get(link->data + at) / 10000000) - 11644473600;
    struct tm tm;
    char text[32];

    if (seconds <= 0 || seconds > 4102444800 || !gmtime_r(&seconds, &tm))
        return;
    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
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
    emit_flow_end(emit);
    buf_release(&link.text);
    return verdict_by_words(emit);
}
