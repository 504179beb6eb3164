#include <string.h>
#include <strings.h>

#include "base/bytes.h"
#include "worker/plain/charset.h"
#include "worker/tables/dbf.h"

enum {
    HEADER = 512,
    BLOCK = 512,
    MEMO_MAX = 1 << 20,
    TEXT_TYPE = 1, /* of a FoxPro block: not a picture */
};

static bool is_named(const char *name, const char *extension)
{
    const char *dot = strrchr(name, '.');

    return dot && strcasecmp(dot + 1, extension) == 0;
}

bool memo_is(const unsigned char *data, size_t len, const char *name)
{
    if (len <= HEADER)
        return false;
    if (is_named(name, "fpt"))
        return be16_get(data + 6) > 0 && le32_get(data + 8) == 0;
    return is_named(name, "dbt") && le32_get(data) > 0 && le32_get(data) <= len / 64 + 1;
}

static void put(struct emit *emit, const unsigned char *data, size_t len)
{
    CLEANUP(cleanup_buf) struct buf text = {0};

    if (len > MEMO_MAX)
        len = MEMO_MAX;
    buf_init(&text, (size_t)4 * MEMO_MAX);
    (void)charset_text(NULL, data, len, &text);
    emit_flow(emit, TEXT_MAIN, text.data, text.len);
    emit_flow_str(emit, TEXT_MAIN, "\n");
}

/* Blocks with a type and a length, both big-endian. */
static void read_foxpro(const struct input *input, struct emit *emit)
{
    size_t block = be16_get(input->data + 6);
    size_t at = HEADER;

    while (at + 8 <= input->len && !emit->stop) {
        size_t len = be32_get(input->data + at + 4);
        uint32_t type = be32_get(input->data + at);
        if (type > 2 || len > input->len - at - 8) {
            at += block;
            continue;
        }
        if (type == TEXT_TYPE && len)
            put(emit, input->data + at + 8, len);
        at += (len + 8 + block - 1) / block * block;
    }
}

/* dBASE IV: FF FF 08 00 and a length, in blocks; dBASE III: text up to 1A. */
static void read_dbase(const struct input *input, struct emit *emit)
{
    for (size_t at = BLOCK; at + 8 <= input->len && !emit->stop;) {
        const unsigned char *p = input->data + at;
        size_t left = input->len - at;
        size_t used = BLOCK;
        if (memcmp(p, "\xFF\xFF\x08\0", 4) == 0) {
            size_t len = le32_get(p + 4);
            if (len >= 8 && len <= left) {
                put(emit, p + 8, len - 8);
                used = len;
            }
        } else if (*p >= ' ' || *p == '\n' || *p == '\r' || *p == '\t') {
            const unsigned char *end = memchr(p, 0x1A, left);
            size_t len = end ? (size_t)(end - p) : left;
            len = strnlen((const char *)p, len);
            put(emit, p, len);
            used = len + 1;
        }
        at += (used + BLOCK - 1) / BLOCK * BLOCK;
    }
}

struct verdict memo_read(const struct input *input, struct emit *emit)
{
    if (!memo_is(input->data, input->len, input->name))
        return verdict_failed(REASON_CORRUPT, "its header makes no sense");
    if (is_named(input->name, "fpt"))
        read_foxpro(input, emit);
    else
        read_dbase(input, emit);
    return verdict_by_words(emit);
}
