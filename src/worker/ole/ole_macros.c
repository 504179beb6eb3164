#include "worker/ole/ole_macros.h"

#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/plain/codepage.h"

enum {
    SIGNATURE = 1,
    CHUNK = 4096,
    RECORD_CODEPAGE = 0x0003,
    RECORD_VERSION = 0x0009,
    RECORD_NAME = 0x0019,
    RECORD_STREAM = 0x001A,
    RECORD_OFFSET = 0x0031,
    RECORD_MODULE_END = 0x002B,
};

/* Copies an earlier run of the chunk; the split of its 16 bits depends on how much came before. */
static bool copy(struct buf *out, size_t chunk_start, unsigned token)
{
    size_t made = out->len - chunk_start;
    unsigned bits = 4;

    while (((size_t)1 << bits) < made && bits < 12)
        bits++;
    unsigned length_mask = 0xFFFFU >> bits;
    size_t length = (token & length_mask) + 3;
    size_t offset = (token >> (16 - bits)) + 1;
    if (offset > made)
        return false;
    for (size_t i = 0; i < length; i++)
        if (buf_append_char(out, out->data[out->len - offset]))
            return false;
    return true;
}

static bool expand_chunk(const unsigned char *data, size_t len, struct buf *out)
{
    size_t start = out->len;

    for (size_t at = 0; at < len;) {
        unsigned flags = data[at++];
        for (unsigned bit = 0; bit < 8 && at < len; bit++) {
            if (!(flags >> bit & 1)) {
                if (buf_append_char(out, (char)data[at++]))
                    return false;
                continue;
            }
            if (len - at < 2 || !copy(out, start, le16_get(data + at)))
                return false;
            at += 2;
        }
    }
    return true;
}

bool ole_macros_expand(const unsigned char *data, size_t len, struct buf *out)
{
    size_t at = 1;

    if (len < 3 || data[0] != SIGNATURE)
        return false;
    while (len - at >= 2) {
        unsigned header = le16_get(data + at);
        size_t size = (header & 0xFFF) + 1;
        at += 2;
        if (size > len - at)
            size = len - at;
        if (header & 0x8000) {
            if (!expand_chunk(data + at, size, out))
                return out->len > 0;
        } else {
            (void)buf_append(out, data + at, size < CHUNK ? size : CHUNK);
        }
        at += size;
    }
    return true;
}

static void send_module(const struct cfb *cfb, const struct cfb_entry *vba, const char *name,
                        const char *stream, uint32_t offset, unsigned codepage, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    CLEANUP(cleanup_buf) struct buf source = {0};
    CLEANUP(cleanup_buf) struct buf text = {0};
    char file[256];

    buf_init(&bytes, MACRO_BYTES_MAX);
    buf_init(&source, MACRO_BYTES_MAX);
    buf_init(&text, (size_t)MACRO_BYTES_MAX * 3);
    (void)cfb_read(cfb, cfb_child(vba, stream), &bytes);
    if (offset >= bytes.len ||
        !ole_macros_expand((const unsigned char *)bytes.data + offset, bytes.len - offset, &source))
        return;
    (void)codepage_text(codepage, source.data, source.len, &text);
    snprintf(file, sizeof(file), "macros/%s.bas", name);
    emit_child(emit, file, strlen(file), "text/plain", INT64_MIN);
    emit_child_data(emit, text.data, text.len);
    emit_child_end(emit, REASON_NONE, "");
}

struct directory {
    const struct cfb *cfb;
    const struct cfb_entry *vba;
    struct emit *emit;
    unsigned codepage, modules;
    struct buf name, stream;
    uint32_t offset;
};

static void on_record(struct directory *directory, unsigned id, const unsigned char *data,
                      size_t len)
{
    switch (id) {
    case RECORD_CODEPAGE:
        directory->codepage = len >= 2 ? le16_get(data) : CODEPAGE_WESTERN;
        break;
    case RECORD_NAME:
        buf_clear(&directory->name);
        (void)codepage_text(directory->codepage, data, len, &directory->name);
        break;
    case RECORD_STREAM:
        buf_clear(&directory->stream);
        (void)codepage_text(directory->codepage, data, len, &directory->stream);
        break;
    case RECORD_OFFSET:
        directory->offset = len >= 4 ? le32_get(data) : 0;
        break;
    case RECORD_MODULE_END:
        if (directory->modules++ < MACRO_MODULES_MAX && !directory->emit->stop)
            send_module(directory->cfb, directory->vba, directory->name.data,
                        directory->stream.data, directory->offset, directory->codepage,
                        directory->emit);
        break;
    default:
        break;
    }
}

/* [MS-OVBA] 2.3.4.2: records of an identifier, a size and bytes; one lies about its size. */
static void read_directory(struct directory *directory, const unsigned char *data, size_t len)
{
    for (size_t at = 0; len - at >= 6;) {
        unsigned id = le16_get(data + at);
        size_t size = id == RECORD_VERSION ? 6 : le32_get(data + at + 2);
        at += 6;
        if (size > len - at)
            return;
        on_record(directory, id, data + at, size);
        at += size;
    }
}

void ole_macros_send(const struct cfb *cfb, const struct cfb_entry *storage, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    CLEANUP(cleanup_buf) struct buf records = {0};
    struct directory directory = {
        .cfb = cfb, .vba = cfb_child(storage, "VBA"), .emit = emit, .codepage = CODEPAGE_WESTERN};

    if (!directory.vba)
        return;
    emit_meta(emit, "macros", "yes");
    buf_init(&bytes, MACRO_BYTES_MAX);
    buf_init(&records, MACRO_BYTES_MAX);
    buf_init(&directory.name, 4096);
    buf_init(&directory.stream, 4096);
    (void)cfb_read(cfb, cfb_child(directory.vba, "dir"), &bytes);
    if (ole_macros_expand((const unsigned char *)bytes.data, bytes.len, &records))
        read_directory(&directory, (const unsigned char *)records.data, records.len);
    if (directory.modules == 0)
        emit_warning(emit, REASON_CORRUPT, "it has macros whose source cannot be read");
    buf_release(&directory.name);
    buf_release(&directory.stream);
}
