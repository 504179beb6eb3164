#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/archive/sevenzip_key.h"
#include "worker/archive/sevenzip_parts.h"

enum { FOLDERS_MAX = 100000 };

static const unsigned char AES[4] = {0x06, 0xF1, 0x07, 0x01};

static uint8_t take_byte(struct cursor *cursor)
{
    if (cursor->at >= cursor->end) {
        cursor->bad = true;
        return 0;
    }
    return *cursor->at++;
}

/* The first byte's leading ones say how many bytes follow. */
uint64_t sevenzip_take_number(struct cursor *cursor)
{
    uint8_t first = take_byte(cursor);
    uint64_t value = 0;

    for (int i = 0; i < 8; i++) {
        if (!(first & 0x80 >> i))
            return value | (uint64_t)(first & ((0x80 >> i) - 1)) << 8 * i;
        value |= (uint64_t)take_byte(cursor) << 8 * i;
    }
    return value;
}

void sevenzip_put_number(struct buf *out, uint64_t value)
{
    char bytes[9];

    bytes[0] = (char)0xFF;
    le64_put(bytes + 1, value);
    if (value < 0x80)
        (void)buf_append_char(out, (char)value);
    else
        (void)buf_append(out, bytes, sizeof(bytes));
}

static void take_bytes(struct cursor *cursor, void *out, size_t len)
{
    if (len > (size_t)(cursor->end - cursor->at)) {
        cursor->bad = true;
        return;
    }
    memcpy(out, cursor->at, len);
    cursor->at += len;
}

static bool expect(struct cursor *cursor, uint64_t id)
{
    if (sevenzip_take_number(cursor) != id)
        cursor->bad = true;
    return !cursor->bad;
}

/* Sums of some of `count` things; kept where `ret_crcs` wants them. */
static void take_digests(struct cursor *cursor, size_t count, struct folder *folders)
{
    CLEANUP(cleanup_free) bool *has = mem_zalloc(count + 1, sizeof(*has));
    bool all = take_byte(cursor) != 0;
    uint8_t bits = 0;

    for (size_t i = 0; i < count && !cursor->bad; i++) {
        if (!all && i % 8 == 0)
            bits = take_byte(cursor);
        has[i] = all || (bits & 0x80 >> i % 8);
    }
    for (size_t i = 0; i < count && !cursor->bad; i++) {
        char sum[4] = {0};
        if (has[i])
            take_bytes(cursor, sum, sizeof(sum));
        if (folders) {
            folders[i].has_crc = has[i];
            folders[i].crc = le32_get(sum);
        }
    }
}

static void take_pack_info(struct cursor *cursor, struct streams *streams)
{
    streams->pack_at = sevenzip_take_number(cursor);
    uint64_t count = sevenzip_take_number(cursor);
    if (count > FOLDERS_MAX) {
        cursor->bad = true;
        return;
    }
    streams->pack_count = (size_t)count;
    streams->pack_sizes = mem_zalloc(streams->pack_count + 1, sizeof(*streams->pack_sizes));
    uint64_t id;
    while ((id = sevenzip_take_number(cursor)) != ID_END && !cursor->bad) {
        if (id == ID_SIZE)
            for (size_t i = 0; i < streams->pack_count; i++)
                streams->pack_sizes[i] = sevenzip_take_number(cursor);
        else if (id == ID_CRC)
            take_digests(cursor, streams->pack_count, NULL);
        else
            cursor->bad = true;
    }
}

bool sevenzip_coder_is(const struct coder *coder, const unsigned char *id, size_t len)
{
    return coder->id_len == len && memcmp(coder->id, id, len) == 0;
}

static void take_coder(struct cursor *cursor, struct coder *coder)
{
    enum { ID_LEN = 15, COMPLEX = 16, PROPERTIES = 32, ALTERNATIVE = 128 };
    uint8_t flags = take_byte(cursor);

    coder->id_len = flags & ID_LEN;
    take_bytes(cursor, coder->id, coder->id_len);
    coder->in = coder->out = 1;
    if (flags & COMPLEX) {
        uint64_t in = sevenzip_take_number(cursor);
        uint64_t out = sevenzip_take_number(cursor);
        cursor->bad |= in > 8 || out != 1;
        coder->in = (unsigned)in;
    }
    if (flags & PROPERTIES) {
        uint64_t len = sevenzip_take_number(cursor);
        cursor->bad |= len > PROPERTIES_MAX;
        coder->properties_len = cursor->bad ? 0 : (size_t)len;
        take_bytes(cursor, coder->properties, coder->properties_len);
    }
    cursor->bad |= (flags & ALTERNATIVE) != 0;
}

static void take_folder(struct cursor *cursor, struct folder *folder)
{
    uint64_t count = sevenzip_take_number(cursor);
    size_t in_count = 0;

    cursor->bad |= count == 0 || count > CODERS_MAX;
    for (size_t i = 0; i < count && !cursor->bad; i++) {
        struct coder *coder = &folder->coders[folder->coder_count++];
        take_coder(cursor, coder);
        in_count += coder->in;
        folder->out_count += coder->out;
    }
    if (cursor->bad || in_count > STREAMS_MAX || in_count + 1 < folder->out_count) {
        cursor->bad = true;
        return;
    }
    folder->bind_count = folder->out_count - 1;
    for (size_t i = 0; i < folder->bind_count; i++) {
        uint64_t in = sevenzip_take_number(cursor);
        uint64_t out = sevenzip_take_number(cursor);
        cursor->bad |= in >= in_count || out >= folder->out_count;
        folder->binds[i] = (struct bind){(unsigned)in, (unsigned)out};
    }
    folder->packed_count = in_count - folder->bind_count;
    for (size_t i = 0; i < folder->packed_count && folder->packed_count > 1; i++) {
        uint64_t in = sevenzip_take_number(cursor);
        cursor->bad |= in >= in_count;
        folder->packed[i] = (unsigned)in;
    }
    for (unsigned in = 0; in < in_count && folder->packed_count == 1; in++) {
        bool bound = false;
        for (size_t i = 0; i < folder->bind_count; i++)
            bound |= folder->binds[i].in == in;
        if (!bound)
            folder->packed[0] = in;
    }
}

static void take_unpack_info(struct cursor *cursor, struct streams *streams)
{
    if (!expect(cursor, ID_FOLDER))
        return;
    uint64_t count = sevenzip_take_number(cursor);
    cursor->bad |= count > FOLDERS_MAX || count > (uint64_t)(cursor->end - cursor->at) ||
                   take_byte(cursor) != 0;
    if (cursor->bad)
        return;
    streams->folder_count = (size_t)count;
    streams->folders = mem_zalloc(streams->folder_count + 1, sizeof(*streams->folders));
    for (size_t i = 0; i < streams->folder_count && !cursor->bad; i++) {
        struct folder *folder = &streams->folders[i];
        take_folder(cursor, folder);
        bool locked = false;
        for (size_t c = 0; c < folder->coder_count; c++)
            locked |= sevenzip_coder_is(&folder->coders[c], AES, sizeof(AES));
        streams->locked |= locked;
        streams->open |= !locked;
    }
    if (cursor->bad || !expect(cursor, ID_UNPACK_SIZE))
        return;
    for (size_t i = 0; i < streams->folder_count; i++)
        for (size_t s = 0; s < streams->folders[i].out_count; s++)
            streams->folders[i].sizes[s] = sevenzip_take_number(cursor);
    uint64_t id;
    while ((id = sevenzip_take_number(cursor)) != ID_END && !cursor->bad) {
        if (id == ID_CRC)
            take_digests(cursor, streams->folder_count, streams->folders);
        else
            cursor->bad = true;
    }
}

void sevenzip_streams_release(struct streams *streams)
{
    free(streams->pack_sizes);
    free(streams->folders);
    *streams = (struct streams){0};
}

bool sevenzip_take_streams(struct cursor *cursor, struct streams *streams)
{
    if (expect(cursor, ID_PACK_INFO))
        take_pack_info(cursor, streams);
    if (!cursor->bad && expect(cursor, ID_UNPACK_INFO))
        take_unpack_info(cursor, streams);
    size_t packed = 0;
    for (size_t i = 0; i < streams->folder_count; i++)
        packed += streams->folders[i].packed_count;
    return !cursor->bad && packed == streams->pack_count;
}

/* ---- without the encryption ---- */

static unsigned lower(unsigned index, unsigned gone)
{
    return index > gone ? index - 1 : index;
}

/* Takes coder `at` (one stream in, one out) out of the chain: what read from it reads from outside.
 */
static bool remove_coder(struct folder *folder, size_t at, size_t packed)
{
    static const struct coder copy = {.id_len = 1, .in = 1, .out = 1};
    unsigned in = folder->packed[packed];
    size_t bind = 0;

    if (folder->coder_count == 1) {
        folder->coders[0] = copy;
        return true;
    }
    while (bind < folder->bind_count && folder->binds[bind].out != at)
        bind++;
    if (bind == folder->bind_count)
        return false;
    folder->packed[packed] = folder->binds[bind].in;
    memmove(folder->binds + bind, folder->binds + bind + 1,
            (folder->bind_count - bind - 1) * sizeof(*folder->binds));
    folder->bind_count--;
    memmove(folder->coders + at, folder->coders + at + 1,
            (folder->coder_count - at - 1) * sizeof(*folder->coders));
    memmove(folder->sizes + at, folder->sizes + at + 1,
            (folder->out_count - at - 1) * sizeof(*folder->sizes));
    folder->coder_count--;
    folder->out_count--;
    for (size_t i = 0; i < folder->bind_count; i++) {
        folder->binds[i].in = lower(folder->binds[i].in, in);
        folder->binds[i].out = lower(folder->binds[i].out, (unsigned)at);
    }
    for (size_t i = 0; i < folder->packed_count; i++)
        folder->packed[i] = lower(folder->packed[i], in);
    return true;
}

/* The coder that reads in-stream `in`. */
static size_t coder_of(const struct folder *folder, unsigned in)
{
    unsigned first = 0;

    for (size_t i = 0; i < folder->coder_count; i++) {
        if (in < first + folder->coders[i].in)
            return i;
        first += folder->coders[i].in;
    }
    return 0;
}

bool sevenzip_open_folder(struct streams *streams, struct folder *folder, const char *password,
                          const struct source *all, size_t *pack, uint64_t *at, struct source *out)
{
    for (size_t i = 0; i < folder->packed_count; i++, (*pack)++) {
        uint64_t size = streams->pack_sizes[*pack];
        const unsigned char *bytes = source_range(all, *at, size);
        size_t coder = coder_of(folder, folder->packed[i]);
        struct cipher cipher;

        if (!bytes && size)
            return false;
        *at += size;
        if (!sevenzip_coder_is(&folder->coders[coder], AES, sizeof(AES))) {
            if (!source_add(out, bytes, (size_t)size))
                return false;
            continue;
        }
        uint64_t plain = folder->sizes[coder];
        if (plain > size || size % CIPHER_BLOCK ||
            !sevenzip_key(password, folder->coders[coder].properties,
                          folder->coders[coder].properties_len, &cipher) ||
            !remove_coder(folder, coder, i) ||
            !source_add_locked(out, bytes, (size_t)size, (size_t)plain, &cipher))
            return false;
        streams->pack_sizes[*pack] = plain;
    }
    return true;
}

static void put_folder(struct buf *out, const struct folder *folder)
{
    sevenzip_put_number(out, folder->coder_count);
    for (size_t i = 0; i < folder->coder_count; i++) {
        const struct coder *coder = &folder->coders[i];
        bool complex = coder->in != 1;
        (void)buf_append_char(
            out, (char)(coder->id_len | (complex ? 16 : 0) | (coder->properties_len ? 32 : 0)));
        (void)buf_append(out, coder->id, coder->id_len);
        if (complex) {
            sevenzip_put_number(out, coder->in);
            sevenzip_put_number(out, coder->out);
        }
        if (coder->properties_len) {
            sevenzip_put_number(out, coder->properties_len);
            (void)buf_append(out, coder->properties, coder->properties_len);
        }
    }
    for (size_t i = 0; i < folder->bind_count; i++) {
        sevenzip_put_number(out, folder->binds[i].in);
        sevenzip_put_number(out, folder->binds[i].out);
    }
    for (size_t i = 0; i < folder->packed_count && folder->packed_count > 1; i++)
        sevenzip_put_number(out, folder->packed[i]);
}

void sevenzip_put_streams(struct buf *out, const struct streams *streams)
{
    char sum[4];

    sevenzip_put_number(out, ID_PACK_INFO);
    sevenzip_put_number(out, 0);
    sevenzip_put_number(out, streams->pack_count);
    sevenzip_put_number(out, ID_SIZE);
    for (size_t i = 0; i < streams->pack_count; i++)
        sevenzip_put_number(out, streams->pack_sizes[i]);
    sevenzip_put_number(out, ID_END);
    sevenzip_put_number(out, ID_UNPACK_INFO);
    sevenzip_put_number(out, ID_FOLDER);
    sevenzip_put_number(out, streams->folder_count);
    sevenzip_put_number(out, 0);
    for (size_t i = 0; i < streams->folder_count; i++)
        put_folder(out, &streams->folders[i]);
    sevenzip_put_number(out, ID_UNPACK_SIZE);
    for (size_t i = 0; i < streams->folder_count; i++)
        for (size_t s = 0; s < streams->folders[i].out_count; s++)
            sevenzip_put_number(out, streams->folders[i].sizes[s]);
    sevenzip_put_number(out, ID_CRC);
    sevenzip_put_number(out, 0);
    for (size_t i = 0; i < streams->folder_count; i += 8) {
        uint8_t bits = 0;
        for (size_t b = 0; b < 8 && i + b < streams->folder_count; b++)
            bits |= (uint8_t)(streams->folders[i + b].has_crc ? 0x80 >> b : 0);
        (void)buf_append_char(out, (char)bits);
    }
    for (size_t i = 0; i < streams->folder_count; i++) {
        le32_put(sum, streams->folders[i].crc);
        if (streams->folders[i].has_crc)
            (void)buf_append(out, sum, sizeof(sum));
    }
    sevenzip_put_number(out, ID_END);
}
