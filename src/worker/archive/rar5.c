#include "worker/archive/rar5.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/bytes.h"
#include "worker/archive/rar5_parts.h"

static uint64_t take_number(struct cursor *cursor)
{
    uint64_t value = 0;

    for (int shift = 0; shift < 64; shift += 7) {
        if (cursor->at >= cursor->end)
            break;
        unsigned char byte = *cursor->at++;
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return value;
    }
    cursor->bad = true;
    return 0;
}

static const unsigned char *take_bytes(struct cursor *cursor, uint64_t len)
{
    static const unsigned char nothing[64];

    if (cursor->bad || len > (uint64_t)(cursor->end - cursor->at)) {
        cursor->bad = true;
        return nothing;
    }
    cursor->at += len;
    return cursor->at - len;
}

/* What says how the data is encrypted; the same in a file's extra field and in the crypt header,
 * but that the latter has no start value. */
static bool take_crypt(struct writer *writer, struct cursor *cursor, bool with_iv,
                       bool *ret_tweaked, struct cipher *cipher)
{
    uint64_t version = take_number(cursor);
    uint64_t flags = take_number(cursor);
    uint8_t kdf = *take_bytes(cursor, 1);
    const unsigned char *salt = take_bytes(cursor, RAR_SALT);

    if (with_iv)
        memcpy(cipher->iv, take_bytes(cursor, CIPHER_BLOCK), CIPHER_BLOCK);
    const unsigned char *check = flags & CRYPT_CHECK ? take_bytes(cursor, RAR_CHECK) : NULL;
    *ret_tweaked = (flags & CRYPT_TWEAKED) != 0;
    return version == 0 && !cursor->bad && rar_key_find(&writer->keys, salt, kdf, check, cipher);
}

static void keep_record(struct buf *out, const unsigned char *record, size_t len)
{
    rar5_put_number(out, len);
    (void)buf_append(out, record, len);
}

/* A copy of another file has no bytes of its own: it is told as a link to it. */
static void keep_link(struct buf *out, const unsigned char *record, size_t len)
{
    CLEANUP(cleanup_buf) struct buf link = {0};
    struct cursor cursor = {record, record + len, false};

    (void)take_number(&cursor);
    uint64_t kind = take_number(&cursor);
    buf_init(&link, HEADER_MAX);
    rar5_put_number(&link, EXTRA_LINK);
    rar5_put_number(&link, kind == LINK_COPY ? LINK_HARD : kind);
    (void)buf_append(&link, cursor.at, (size_t)(cursor.end - cursor.at));
    keep_record(out, (const unsigned char *)link.data, link.len);
}

static void take_extra(struct writer *writer, struct cursor cursor, struct file *file)
{
    while (cursor.at < cursor.end && !cursor.bad) {
        uint64_t len = take_number(&cursor);
        const unsigned char *record = take_bytes(&cursor, len);
        if (cursor.bad)
            return;
        struct cursor inner = {record, record + len, false};
        switch (take_number(&inner)) {
        case EXTRA_CRYPT:
            file->encrypted = true;
            file->locked = !take_crypt(writer, &inner, true, &file->tweaked, &file->cipher);
            break;
        case EXTRA_LINK:
            keep_link(&file->extra, record, (size_t)len);
            break;
        case EXTRA_TIME:
        case EXTRA_VERSION:
            keep_record(&file->extra, record, (size_t)len);
            break;
        default:
            break; /* hashes of what was encrypted, owners */
        }
    }
}

static void take_file(struct writer *writer, struct cursor *cursor, uint64_t extra_len,
                      struct file *file)
{
    file->flags = take_number(cursor);
    file->size = take_number(cursor);
    file->attributes = take_number(cursor);
    if (file->flags & FILE_TIME)
        file->mtime = le32_get(take_bytes(cursor, 4));
    if (file->flags & FILE_CRC)
        file->crc = le32_get(take_bytes(cursor, 4));
    file->method = take_number(cursor);
    file->system = take_number(cursor);
    file->name_len = (size_t)take_number(cursor);
    file->name = take_bytes(cursor, file->name_len);
    if (cursor->bad || extra_len > (uint64_t)(cursor->end - cursor->at)) {
        cursor->bad = true;
        return;
    }
    take_extra(writer, (struct cursor){cursor->end - extra_len, cursor->end, false}, file);
    if (file->tweaked)
        file->flags &= ~(uint64_t)FILE_CRC; /* its sum is mixed with the key */
}

static void file_release(struct file *file)
{
    buf_release(&file->extra);
    *file = (struct file){0};
}

static void add_part(struct writer *writer, const unsigned char *data, uint64_t len,
                     const struct cipher *cipher)
{
    if (writer->part_count == writer->part_space) {
        writer->part_space = writer->part_space ? 2 * writer->part_space : 8;
        writer->parts = mem_realloc(writer->parts, writer->part_space, sizeof(*writer->parts));
    }
    struct part *part = &writer->parts[writer->part_count];
    *part = (struct part){data, len, *cipher};
    /* a start value that is repeated means that the stream goes on over the volumes */
    const struct part *last = part - 1;
    if (writer->part_count && last->len >= CIPHER_BLOCK &&
        memcmp(writer->parts[0].cipher.iv, cipher->iv, CIPHER_BLOCK) == 0)
        memcpy(part->cipher.iv, last->data + last->len - CIPHER_BLOCK, CIPHER_BLOCK);
    writer->part_count++;
}

static void on_file(struct writer *writer, struct cursor *cursor, uint64_t flags,
                    uint64_t extra_len, const unsigned char *data, uint64_t len)
{
    struct file file = {0};

    buf_init(&file.extra, HEADER_MAX);
    take_file(writer, cursor, extra_len, &file);
    if (cursor->bad) {
        rar_fail(writer->rar, REASON_CORRUPT, "a file's header is damaged");
        file_release(&file);
        return;
    }
    if (flags & SPLIT_BEFORE && writer->open) {
        add_part(writer, data, len, &file.cipher);
        writer->file.crc = file.crc;
        file_release(&file);
    } else {
        rar5_write_file(writer);
        if (flags & SPLIT_BEFORE)
            rar_fail(writer->rar, REASON_MISSING_PART, "its first volume is not here");
        file_release(&writer->file);
        writer->file = file;
        writer->open = true;
        writer->part_count = 0;
        add_part(writer, data, len, &file.cipher);
    }
    if (!(flags & SPLIT_AFTER))
        rar5_write_file(writer);
}

/* The archive's comment is a stored file of its own kind. */
static void on_service(struct writer *writer, struct cursor *cursor, uint64_t extra_len,
                       const unsigned char *data, uint64_t len)
{
    struct file file = {0};

    buf_init(&file.extra, HEADER_MAX);
    take_file(writer, cursor, extra_len, &file);
    bool comment = !cursor->bad && file.name_len == 3 && memcmp(file.name, "CMT", 3) == 0;
    if (comment && !(file.method & METHOD_BITS) && len && len <= COMMENT_MAX && !file.locked &&
        !writer->rar->comment) {
        CLEANUP(cleanup_source) struct source *source = source_new();
        size_t size = file.size < len ? (size_t)file.size : (size_t)len;
        writer->rar->comment = mem_zalloc(1, size + 1);
        if (file.encrypted)
            (void)source_add_locked(source, data, (size_t)len, size, &file.cipher);
        else
            (void)source_add(source, data, size);
        (void)source_copy(source, 0, writer->rar->comment, size);
    }
    file_release(&file);
}

/* One header from `plain`, with its data behind it. */
static void on_block(struct writer *writer, struct cursor cursor, const unsigned char *data,
                     uint64_t left, uint64_t *ret_data, struct cipher *ret_cipher, bool *ret_crypt)
{
    enum block type = (enum block)take_number(&cursor);
    uint64_t flags = take_number(&cursor);
    uint64_t extra = flags & HAS_EXTRA ? take_number(&cursor) : 0;
    uint64_t len = flags & HAS_DATA ? take_number(&cursor) : 0;
    bool tweaked;

    *ret_data = len;
    if (len > left) {
        rar_fail(writer->rar, REASON_TRUNCATED, "the archive ends inside a file");
        len = left;
    }
    switch (type) {
    case BLOCK_MAIN:
        writer->solid = (take_number(&cursor) & MAIN_SOLID) != 0;
        if (!writer->rar->source)
            rar5_write_start(writer);
        break;
    case BLOCK_FILE:
        if (writer->rar->source)
            on_file(writer, &cursor, flags, extra, data, len);
        break;
    case BLOCK_SERVICE:
        on_service(writer, &cursor, extra, data, len);
        break;
    case BLOCK_CRYPT:
        *ret_crypt = true;
        if (!take_crypt(writer, &cursor, false, &tweaked, ret_cipher))
            rar_fail(writer->rar, REASON_PASSWORD, LOCKED_HINT);
        break;
    case BLOCK_END:
        writer->ended = true;
        writer->more = (take_number(&cursor) & END_MORE) != 0;
        break;
    default:
        break;
    }
}

/* The plain bytes of an encrypted header: a start value, then whole blocks. Returns how many bytes
 * stand in the archive, 0 when it is cut. */
static size_t decrypt_header(const unsigned char *at, uint64_t left, struct cipher *cipher,
                             struct buf *out)
{
    CLEANUP(cleanup_source) struct source *source = source_new();
    unsigned char start[CIPHER_BLOCK];

    if (left < 2 * CIPHER_BLOCK)
        return 0;
    memcpy(cipher->iv, at, CIPHER_BLOCK);
    size_t most = left - CIPHER_BLOCK < HEADER_MAX + 64 ? (size_t)(left - CIPHER_BLOCK)
                                                        : (size_t)HEADER_MAX + 64;
    most -= most % CIPHER_BLOCK;
    (void)source_add_locked(source, at + CIPHER_BLOCK, most, most, cipher);
    (void)source_copy(source, 0, start, sizeof(start));
    struct cursor cursor = {start + 4, start + sizeof(start), false};
    uint64_t len = take_number(&cursor) + (uint64_t)(cursor.at - start);
    buf_clear(out);
    if (cursor.bad || len > most)
        return 0;
    char *to = buf_reserve(out, (size_t)len);
    if (!to)
        return 0;
    out->len += source_copy(source, 0, to, (size_t)len);
    return CIPHER_BLOCK + (size_t)(len + CIPHER_BLOCK - 1) / CIPHER_BLOCK * CIPHER_BLOCK;
}

/* Takes one header at `at`. Returns how far to go on, 0 to stop. */
static uint64_t take_block(struct writer *writer, const unsigned char *at, uint64_t left,
                           bool *crypt, struct cipher *cipher, struct buf *plain)
{
    const unsigned char *head = at;
    uint64_t head_len = left;
    size_t stored = 0;

    if (*crypt) {
        stored = decrypt_header(at, left, cipher, plain);
        if (!stored) {
            rar_fail(writer->rar, REASON_TRUNCATED, "the archive ends inside a header");
            return 0;
        }
        head = (const unsigned char *)plain->data;
        head_len = plain->len;
    }
    struct cursor cursor = {head, head + head_len, false};
    uint32_t sum = le32_get(take_bytes(&cursor, 4));
    const unsigned char *summed = cursor.at;
    uint64_t len = take_number(&cursor);
    const unsigned char *body = take_bytes(&cursor, len);
    if (cursor.bad || !len || len > HEADER_MAX) {
        rar_fail(writer->rar, REASON_TRUNCATED, "the archive ends inside a header");
        return 0;
    }
    if ((uint32_t)crc32(0, summed, (uInt)(body + len - summed)) != sum) {
        rar_fail(writer->rar, REASON_CORRUPT, "a header is damaged");
        return 0;
    }
    uint64_t used = stored ? stored : (uint64_t)(body + len - at);
    uint64_t data = 0;
    on_block(writer, (struct cursor){body, body + len, false}, at + used, left - used, &data,
             cipher, crypt);
    return writer->ended || data > left - used ? 0 : used + data;
}

static void take_volume(struct writer *writer, const unsigned char *data, size_t len)
{
    CLEANUP(cleanup_buf) struct buf plain = {0};
    struct cipher cipher = {0};
    uint64_t at = SIGNATURE;
    bool crypt = false;

    writer->ended = writer->more = false;
    if (!rar5_is(data, len)) {
        rar_fail(writer->rar, REASON_CORRUPT, "a further volume is no RAR archive");
        return;
    }
    buf_init(&plain, HEADER_MAX + 64);
    while (at < len) {
        uint64_t step = take_block(writer, data + at, len - at, &crypt, &cipher, &plain);
        if (!step || writer->rar->reason == REASON_PASSWORD)
            break;
        at += step;
        /* names are borrowed from headers that were decrypted: told at once, or kept */
        if (crypt && writer->open) {
            writer->name_kept = mem_realloc(writer->name_kept, writer->file.name_len + 1, 1);
            memcpy(writer->name_kept, writer->file.name, writer->file.name_len);
            writer->file.name = writer->name_kept;
        }
    }
}

bool rar5_is(const unsigned char *data, size_t len)
{
    return len > SIGNATURE && memcmp(data, RAR5_MARK, SIGNATURE) == 0;
}

void rar5_open(const struct input *input, size_t from, struct rar *ret_rar)
{
    struct writer writer = {.rar = ret_rar, .keys.input = input};

    *ret_rar = (struct rar){0};
    buf_init(&writer.header, HEADER_MAX + 64);
    take_volume(&writer, input->data + from, input->len - from);
    for (size_t i = 0; i < input->volume_count && ret_rar->reason != REASON_PASSWORD; i++)
        take_volume(&writer, input->volumes[i].data, input->volumes[i].len);
    if (writer.more)
        rar_fail(ret_rar, REASON_MISSING_PART, "its next volume is not here");
    else if (!writer.ended)
        rar_fail(ret_rar, REASON_TRUNCATED, "the archive has no end");
    if (ret_rar->source)
        rar5_write_end(&writer);
    file_release(&writer.file);
    buf_release(&writer.header);
    free(writer.parts);
    free(writer.name_kept);
}
