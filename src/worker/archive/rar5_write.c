#include <string.h>
#include <zlib.h>

#include "base/bytes.h"
#include "worker/archive/rar5_parts.h"

void rar5_put_number(struct buf *out, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        (void)buf_append_char(out, (char)(value | 0x80));
    (void)buf_append_char(out, (char)value);
}

/* A header of `body`, with its sum and length in front. */
static void write_header(struct writer *writer, const struct buf *body)
{
    struct buf *out = &writer->header;
    char sum[4] = {0};

    buf_clear(out);
    (void)buf_append(out, sum, 4);
    rar5_put_number(out, body->len);
    (void)buf_append(out, body->data, body->len);
    le32_put(out->data, (uint32_t)crc32(0, (const Bytef *)out->data + 4, (uInt)(out->len - 4)));
    (void)source_add_copy(writer->rar->source, out->data, out->len);
}

/* The bytes of a stored file end with the file, those of a packed one with their last block. */
static uint64_t write_parts_len(const struct writer *writer)
{
    uint64_t len = 0;

    for (size_t i = 0; i < writer->part_count; i++)
        len += writer->parts[i].len;
    bool stored = (writer->file.method & METHOD_BITS) == 0;
    return stored && !(writer->file.flags & FILE_NO_SIZE) && writer->file.size < len
               ? writer->file.size
               : len;
}

/* Encrypted data is filled up to whole blocks of the cipher, behind the last block of packed data,
 * which says that it is the last. What is behind it the library would take for another. */
static uint64_t packed_len(struct source *source, uint64_t len)
{
    enum { LAST = 0x40 };
    uint64_t at = 0;
    unsigned char head[5];

    while (source_copy(source, at, head, sizeof(head)) >= 3) {
        unsigned bytes = (head[0] >> 3 & 3) + 1;
        uint32_t size = head[2] | (bytes > 1 ? (uint32_t)head[3] << 8 : 0) |
                        (bytes > 2 ? (uint32_t)head[4] << 16 : 0);
        at += 2 + bytes + size;
        if (head[0] & LAST || bytes > 3)
            break;
    }
    return at < len ? at : len;
}

static uint64_t encrypted_len(const struct writer *writer, uint64_t len)
{
    CLEANUP(cleanup_source) struct source *source = source_new();
    uint64_t left = len;

    for (size_t i = 0; i < writer->part_count && left; i++) {
        const struct part *part = &writer->parts[i];
        uint64_t here = part->len < left ? part->len : left;
        (void)source_add_locked(source, part->data, (size_t)part->len, (size_t)here, &part->cipher);
        left -= here;
    }
    return packed_len(source, len);
}

static void write_parts(struct writer *writer, uint64_t len)
{
    for (size_t i = 0; i < writer->part_count && len; i++) {
        const struct part *part = &writer->parts[i];
        uint64_t here = part->len < len ? part->len : len;
        if (writer->file.encrypted)
            (void)source_add_locked(writer->rar->source, part->data, (size_t)part->len,
                                    (size_t)here, &part->cipher);
        else
            (void)source_add(writer->rar->source, part->data, (size_t)here);
        len -= here;
    }
}

void rar5_write_file(struct writer *writer)
{
    CLEANUP(cleanup_buf) struct buf body = {0};
    struct file *file = &writer->file;

    if (!writer->open)
        return;
    writer->open = false;
    if (file->locked || file->size == 0) { /* libarchive looks for blocks in an empty file too */
        writer->part_count = 0;
        file->method &= ~(uint64_t)METHOD_BITS;
        file->size = 0;
        file->flags &= ~(uint64_t)FILE_CRC;
    }
    uint64_t len = write_parts_len(writer);
    if (file->encrypted && file->method & METHOD_BITS)
        len = encrypted_len(writer, len);
    buf_init(&body, HEADER_MAX);
    rar5_put_number(&body, BLOCK_FILE);
    rar5_put_number(&body, HAS_DATA | (file->extra.len ? HAS_EXTRA : 0));
    if (file->extra.len)
        rar5_put_number(&body, file->extra.len);
    rar5_put_number(&body, len);
    rar5_put_number(&body, file->flags);
    rar5_put_number(&body, file->size);
    rar5_put_number(&body, file->attributes);
    char four[4];
    le32_put(four, file->mtime);
    if (file->flags & FILE_TIME)
        (void)buf_append(&body, four, 4);
    le32_put(four, file->crc);
    if (file->flags & FILE_CRC)
        (void)buf_append(&body, four, 4);
    rar5_put_number(&body, file->method);
    rar5_put_number(&body, file->system);
    rar5_put_number(&body, file->name_len);
    (void)buf_append(&body, file->name, file->name_len);
    (void)buf_append(&body, file->extra.data, file->extra.len);
    write_header(writer, &body);
    write_parts(writer, len);
    rar_note(writer->rar, file->locked ? SEAL_LOCKED : SEAL_NONE);
}

void rar5_write_start(struct writer *writer)
{
    CLEANUP(cleanup_buf) struct buf body = {0};

    writer->rar->source = source_new();
    (void)source_add(writer->rar->source, RAR5_MARK, SIGNATURE);
    buf_init(&body, 64);
    rar5_put_number(&body, BLOCK_MAIN);
    rar5_put_number(&body, 0);
    rar5_put_number(&body, writer->solid ? MAIN_SOLID : 0);
    write_header(writer, &body);
}

void rar5_write_end(struct writer *writer)
{
    CLEANUP(cleanup_buf) struct buf body = {0};

    rar5_write_file(writer);
    buf_init(&body, 64);
    rar5_put_number(&body, BLOCK_END);
    rar5_put_number(&body, 0);
    rar5_put_number(&body, 0);
    write_header(writer, &body);
}
