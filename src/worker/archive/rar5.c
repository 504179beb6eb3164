#include "worker/archive/rar5.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "worker/archive/rar_key.h"

enum {
    SIGNATURE = 8,
    HEADER_MAX = 2 << 20,
    COMMENT_MAX = 64 << 10,
};

enum block { BLOCK_MAIN = 1, BLOCK_FILE = 2, BLOCK_SERVICE = 3, BLOCK_CRYPT = 4, BLOCK_END = 5 };
enum { HAS_EXTRA = 1, HAS_DATA = 2, SPLIT_BEFORE = 8, SPLIT_AFTER = 16 };
enum { MAIN_VOLUME = 1, MAIN_NUMBER = 2, MAIN_SOLID = 4, END_MORE = 1 };
enum { FILE_FOLDER = 1, FILE_TIME = 2, FILE_CRC = 4, FILE_NO_SIZE = 8, METHOD_BITS = 7 << 7 };
enum { EXTRA_CRYPT = 1, EXTRA_HASH = 2, EXTRA_TIME = 3, EXTRA_VERSION = 4, EXTRA_LINK = 5 };
enum { LINK_HARD = 4, LINK_COPY = 5, CRYPT_CHECK = 1, CRYPT_TWEAKED = 2 };

static const unsigned char MARK[SIGNATURE] = {'R', 'a', 'r', '!', 0x1A, 7, 1, 0};

/* Bytes to be read in order; `bad` once they end too early. */
struct cursor {
    const unsigned char *at, *end;
    bool bad;
};

/* A file as its headers tell; in volumes, one header after the other. */
struct file {
    uint64_t flags, size, attributes, method, system;
    uint32_t mtime, crc;
    const unsigned char *name;
    size_t name_len;
    struct buf extra; /* what is kept of it */
    bool locked, encrypted, tweaked;
    struct cipher cipher;
};

struct writer {
    struct rar5 *rar5;
    struct rar_keys keys;
    struct buf header; /* being written */
    struct file file;  /* the one whose parts are being collected */
    bool open;
    struct part {
        const unsigned char *data;
        uint64_t len;
        struct cipher cipher;
    } * parts;
    size_t part_count, part_space;
    unsigned char *name_kept; /* of the open file, when its header was encrypted */
    bool solid, ended, more;
};

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

static void put_number(struct buf *out, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        (void)buf_append_char(out, (char)(value | 0x80));
    (void)buf_append_char(out, (char)value);
}

static void fail(struct rar5 *rar5, enum reason reason, const char *detail)
{
    if (rar5->reason == REASON_NONE) {
        rar5->reason = reason;
        rar5->detail = detail;
    }
}

/* ---- writing ---- */

/* A header of `body`, with its sum and length in front. */
static void write_header(struct writer *writer, const struct buf *body)
{
    struct buf *out = &writer->header;
    char sum[4] = {0};

    buf_clear(out);
    (void)buf_append(out, sum, 4);
    put_number(out, body->len);
    (void)buf_append(out, body->data, body->len);
    le32_put(out->data, (uint32_t)crc32(0, (const Bytef *)out->data + 4, (uInt)(out->len - 4)));
    (void)source_add_copy(writer->rar5->source, out->data, out->len);
}

static void note_header(struct rar5 *rar5, bool locked)
{
    if (rar5->count == rar5->space) {
        rar5->space = rar5->space ? 2 * rar5->space : 64;
        rar5->locked = mem_realloc(rar5->locked, rar5->space, sizeof(*rar5->locked));
    }
    rar5->locked[rar5->count++] = locked;
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
        (void)source_add_locked(source, part->data, (size_t)here, &part->cipher);
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
            (void)source_add_locked(writer->rar5->source, part->data, (size_t)here, &part->cipher);
        else
            (void)source_add(writer->rar5->source, part->data, (size_t)here);
        len -= here;
    }
}

static void write_file(struct writer *writer)
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
    put_number(&body, BLOCK_FILE);
    put_number(&body, HAS_DATA | (file->extra.len ? HAS_EXTRA : 0));
    if (file->extra.len)
        put_number(&body, file->extra.len);
    put_number(&body, len);
    put_number(&body, file->flags);
    put_number(&body, file->size);
    put_number(&body, file->attributes);
    char four[4];
    le32_put(four, file->mtime);
    if (file->flags & FILE_TIME)
        (void)buf_append(&body, four, 4);
    le32_put(four, file->crc);
    if (file->flags & FILE_CRC)
        (void)buf_append(&body, four, 4);
    put_number(&body, file->method);
    put_number(&body, file->system);
    put_number(&body, file->name_len);
    (void)buf_append(&body, file->name, file->name_len);
    (void)buf_append(&body, file->extra.data, file->extra.len);
    write_header(writer, &body);
    write_parts(writer, len);
    note_header(writer->rar5, file->locked);
}

static void write_start(struct writer *writer)
{
    CLEANUP(cleanup_buf) struct buf body = {0};

    writer->rar5->source = source_new();
    (void)source_add(writer->rar5->source, MARK, SIGNATURE);
    buf_init(&body, 64);
    put_number(&body, BLOCK_MAIN);
    put_number(&body, 0);
    put_number(&body, writer->solid ? MAIN_SOLID : 0);
    write_header(writer, &body);
}

static void write_end(struct writer *writer)
{
    CLEANUP(cleanup_buf) struct buf body = {0};

    write_file(writer);
    buf_init(&body, 64);
    put_number(&body, BLOCK_END);
    put_number(&body, 0);
    put_number(&body, 0);
    write_header(writer, &body);
}

/* ---- reading ---- */

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
    put_number(out, len);
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
    put_number(&link, EXTRA_LINK);
    put_number(&link, kind == LINK_COPY ? LINK_HARD : kind);
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
        fail(writer->rar5, REASON_CORRUPT, "a file's header is damaged");
        file_release(&file);
        return;
    }
    if (flags & SPLIT_BEFORE && writer->open) {
        add_part(writer, data, len, &file.cipher);
        writer->file.crc = file.crc;
        file_release(&file);
    } else {
        write_file(writer);
        if (flags & SPLIT_BEFORE)
            fail(writer->rar5, REASON_MISSING_PART, "its first volume is not here");
        file_release(&writer->file);
        writer->file = file;
        writer->open = true;
        writer->part_count = 0;
        add_part(writer, data, len, &file.cipher);
    }
    if (!(flags & SPLIT_AFTER))
        write_file(writer);
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
        !writer->rar5->comment) {
        CLEANUP(cleanup_source) struct source *source = source_new();
        size_t size = file.size < len ? (size_t)file.size : (size_t)len;
        writer->rar5->comment = mem_zalloc(1, size + 1);
        if (file.encrypted)
            (void)source_add_locked(source, data, size, &file.cipher);
        else
            (void)source_add(source, data, size);
        (void)source_copy(source, 0, writer->rar5->comment, size);
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
        fail(writer->rar5, REASON_TRUNCATED, "the archive ends inside a file");
        len = left;
    }
    switch (type) {
    case BLOCK_MAIN:
        writer->solid = (take_number(&cursor) & MAIN_SOLID) != 0;
        if (!writer->rar5->source)
            write_start(writer);
        break;
    case BLOCK_FILE:
        if (writer->rar5->source)
            on_file(writer, &cursor, flags, extra, data, len);
        break;
    case BLOCK_SERVICE:
        on_service(writer, &cursor, extra, data, len);
        break;
    case BLOCK_CRYPT:
        *ret_crypt = true;
        if (!take_crypt(writer, &cursor, false, &tweaked, ret_cipher))
            fail(writer->rar5, REASON_PASSWORD, LOCKED_HINT);
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
    (void)source_add_locked(source, at + CIPHER_BLOCK, most, cipher);
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
            fail(writer->rar5, REASON_TRUNCATED, "the archive ends inside a header");
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
        fail(writer->rar5, REASON_TRUNCATED, "the archive ends inside a header");
        return 0;
    }
    if ((uint32_t)crc32(0, summed, (uInt)(body + len - summed)) != sum) {
        fail(writer->rar5, REASON_CORRUPT, "a header is damaged");
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
        fail(writer->rar5, REASON_CORRUPT, "a further volume is no RAR archive");
        return;
    }
    buf_init(&plain, HEADER_MAX + 64);
    while (at < len) {
        uint64_t step = take_block(writer, data + at, len - at, &crypt, &cipher, &plain);
        if (!step || writer->rar5->reason == REASON_PASSWORD)
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
    return len > SIGNATURE && memcmp(data, MARK, SIGNATURE) == 0;
}

void rar5_open(const struct input *input, size_t from, struct rar5 *ret_rar5)
{
    struct writer writer = {.rar5 = ret_rar5, .keys.input = input};

    *ret_rar5 = (struct rar5){0};
    buf_init(&writer.header, HEADER_MAX + 64);
    take_volume(&writer, input->data + from, input->len - from);
    for (size_t i = 0; i < input->volume_count && ret_rar5->reason != REASON_PASSWORD; i++)
        take_volume(&writer, input->volumes[i].data, input->volumes[i].len);
    if (writer.more)
        fail(ret_rar5, REASON_MISSING_PART, "its next volume is not here");
    else if (!writer.ended)
        fail(ret_rar5, REASON_TRUNCATED, "the archive has no end");
    if (ret_rar5->source)
        write_end(&writer);
    file_release(&writer.file);
    buf_release(&writer.header);
    free(writer.parts);
    free(writer.name_kept);
}

void rar5_release(struct rar5 *rar5)
{
    source_free(rar5->source);
    free(rar5->locked);
    free(rar5->comment);
    *rar5 = (struct rar5){0};
}
