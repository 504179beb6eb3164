#include "worker/archive/sevenzip.h"

#include <archive.h>
#include <archive_entry.h>
#include <lzma.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "worker/archive/sevenzip_key.h"

enum {
    START = 32,
    HEADER_MAX = 64 << 20,
    FOLDERS_MAX = 100000,
    CODERS_MAX = 16,
    STREAMS_MAX = 32,
    PROPERTIES_MAX = 64,
    NESTED_MAX = 4,
};

enum { /* 7zFormat.txt, "Property IDs" */
       ID_END = 0,
       ID_HEADER = 1,
       ID_MAIN_STREAMS = 4,
       ID_PACK_INFO = 6,
       ID_UNPACK_INFO = 7,
       ID_SIZE = 9,
       ID_CRC = 10,
       ID_FOLDER = 11,
       ID_UNPACK_SIZE = 12,
       ID_ENCODED_HEADER = 23,
};

static const unsigned char SIGNATURE[6] = {'7', 'z', 0xBC, 0xAF, 0x27, 0x1C};
static const unsigned char AES[4] = {0x06, 0xF1, 0x07, 0x01};
static const unsigned char LZMA[3] = {3, 1, 1};

struct coder {
    unsigned char id[16];
    unsigned char properties[PROPERTIES_MAX];
    size_t id_len, properties_len;
    unsigned in, out; /* streams */
};

struct bind {
    unsigned in, out;
};

struct folder {
    struct coder coders[CODERS_MAX];
    struct bind binds[STREAMS_MAX];
    unsigned packed[STREAMS_MAX]; /* in-streams that come from outside */
    uint64_t sizes[STREAMS_MAX];  /* of out-streams */
    size_t coder_count, bind_count, packed_count, out_count;
    bool has_crc;
    uint32_t crc;
};

struct streams {
    uint64_t pack_at;
    uint64_t *pack_sizes;
    size_t pack_count;
    struct folder *folders;
    size_t folder_count;
    bool locked; /* some folder is encrypted */
    bool open;   /* some folder is not */
};

struct cursor {
    const unsigned char *at, *end;
    bool bad;
};

static uint8_t take_byte(struct cursor *cursor)
{
    if (cursor->at >= cursor->end) {
        cursor->bad = true;
        return 0;
    }
    return *cursor->at++;
}

/* The first byte's leading ones say how many bytes follow. */
static uint64_t take_number(struct cursor *cursor)
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

static void put_number(struct buf *out, uint64_t value)
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
    if (take_number(cursor) != id)
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
    streams->pack_at = take_number(cursor);
    uint64_t count = take_number(cursor);
    if (count > FOLDERS_MAX) {
        cursor->bad = true;
        return;
    }
    streams->pack_count = (size_t)count;
    streams->pack_sizes = mem_zalloc(streams->pack_count + 1, sizeof(*streams->pack_sizes));
    uint64_t id;
    while ((id = take_number(cursor)) != ID_END && !cursor->bad) {
        if (id == ID_SIZE)
            for (size_t i = 0; i < streams->pack_count; i++)
                streams->pack_sizes[i] = take_number(cursor);
        else if (id == ID_CRC)
            take_digests(cursor, streams->pack_count, NULL);
        else
            cursor->bad = true;
    }
}

static bool coder_is(const struct coder *coder, const unsigned char *id, size_t len)
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
        uint64_t in = take_number(cursor);
        uint64_t out = take_number(cursor);
        cursor->bad |= in > 8 || out != 1;
        coder->in = (unsigned)in;
    }
    if (flags & PROPERTIES) {
        uint64_t len = take_number(cursor);
        cursor->bad |= len > PROPERTIES_MAX;
        coder->properties_len = cursor->bad ? 0 : (size_t)len;
        take_bytes(cursor, coder->properties, coder->properties_len);
    }
    cursor->bad |= (flags & ALTERNATIVE) != 0;
}

static void take_folder(struct cursor *cursor, struct folder *folder)
{
    uint64_t count = take_number(cursor);
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
        uint64_t in = take_number(cursor);
        uint64_t out = take_number(cursor);
        cursor->bad |= in >= in_count || out >= folder->out_count;
        folder->binds[i] = (struct bind){(unsigned)in, (unsigned)out};
    }
    folder->packed_count = in_count - folder->bind_count;
    for (size_t i = 0; i < folder->packed_count && folder->packed_count > 1; i++) {
        uint64_t in = take_number(cursor);
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
    uint64_t count = take_number(cursor);
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
            locked |= coder_is(&folder->coders[c], AES, sizeof(AES));
        streams->locked |= locked;
        streams->open |= !locked;
    }
    if (cursor->bad || !expect(cursor, ID_UNPACK_SIZE))
        return;
    for (size_t i = 0; i < streams->folder_count; i++)
        for (size_t s = 0; s < streams->folders[i].out_count; s++)
            streams->folders[i].sizes[s] = take_number(cursor);
    uint64_t id;
    while ((id = take_number(cursor)) != ID_END && !cursor->bad) {
        if (id == ID_CRC)
            take_digests(cursor, streams->folder_count, streams->folders);
        else
            cursor->bad = true;
    }
}

static void streams_release(struct streams *streams)
{
    free(streams->pack_sizes);
    free(streams->folders);
    *streams = (struct streams){0};
}

/* Pack and unpack information; the cursor stands behind them then. */
static bool take_streams(struct cursor *cursor, struct streams *streams)
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

/* Adds a folder's packed streams to `out`, decrypted where they were encrypted, and makes the
 * folder one that is not. *pack and *at go on behind them. */
static bool open_folder(struct streams *streams, struct folder *folder, const char *password,
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
        if (!coder_is(&folder->coders[coder], AES, sizeof(AES))) {
            if (!source_add(out, bytes, (size_t)size))
                return false;
            continue;
        }
        uint64_t plain = folder->sizes[coder];
        if (plain > size || size % CIPHER_BLOCK ||
            !sevenzip_key(password, folder->coders[coder].properties,
                          folder->coders[coder].properties_len, &cipher) ||
            !remove_coder(folder, coder, i) ||
            !source_add_locked(out, bytes, (size_t)plain, &cipher))
            return false;
        streams->pack_sizes[*pack] = plain;
    }
    return true;
}

static void put_folder(struct buf *out, const struct folder *folder)
{
    put_number(out, folder->coder_count);
    for (size_t i = 0; i < folder->coder_count; i++) {
        const struct coder *coder = &folder->coders[i];
        bool complex = coder->in != 1;
        (void)buf_append_char(
            out, (char)(coder->id_len | (complex ? 16 : 0) | (coder->properties_len ? 32 : 0)));
        (void)buf_append(out, coder->id, coder->id_len);
        if (complex) {
            put_number(out, coder->in);
            put_number(out, coder->out);
        }
        if (coder->properties_len) {
            put_number(out, coder->properties_len);
            (void)buf_append(out, coder->properties, coder->properties_len);
        }
    }
    for (size_t i = 0; i < folder->bind_count; i++) {
        put_number(out, folder->binds[i].in);
        put_number(out, folder->binds[i].out);
    }
    for (size_t i = 0; i < folder->packed_count && folder->packed_count > 1; i++)
        put_number(out, folder->packed[i]);
}

static void put_streams(struct buf *out, const struct streams *streams)
{
    char sum[4];

    put_number(out, ID_PACK_INFO);
    put_number(out, 0);
    put_number(out, streams->pack_count);
    put_number(out, ID_SIZE);
    for (size_t i = 0; i < streams->pack_count; i++)
        put_number(out, streams->pack_sizes[i]);
    put_number(out, ID_END);
    put_number(out, ID_UNPACK_INFO);
    put_number(out, ID_FOLDER);
    put_number(out, streams->folder_count);
    put_number(out, 0);
    for (size_t i = 0; i < streams->folder_count; i++)
        put_folder(out, &streams->folders[i]);
    put_number(out, ID_UNPACK_SIZE);
    for (size_t i = 0; i < streams->folder_count; i++)
        for (size_t s = 0; s < streams->folders[i].out_count; s++)
            put_number(out, streams->folders[i].sizes[s]);
    put_number(out, ID_CRC);
    put_number(out, 0);
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
    put_number(out, ID_END);
}

/* ---- the header ---- */

/* LZMA without an end mark: done when `size` bytes are there. */
static size_t unpack_lzma(const struct coder *coder, const uint8_t *from, size_t len, uint8_t *to,
                          size_t size)
{
    lzma_filter filters[2] = {{.id = LZMA_FILTER_LZMA1}, {.id = LZMA_VLI_UNKNOWN}};
    lzma_stream stream = LZMA_STREAM_INIT;

    if (lzma_properties_decode(&filters[0], NULL, coder->properties, coder->properties_len) !=
        LZMA_OK)
        return 0;
    if (lzma_raw_decoder(&stream, filters) == LZMA_OK) {
        stream.next_in = from;
        stream.avail_in = len;
        stream.next_out = to;
        stream.avail_out = size;
        while (lzma_code(&stream, LZMA_RUN) == LZMA_OK && stream.avail_out && stream.avail_in)
            ;
    }
    free(filters[0].options);
    size_t made = stream.next_out ? (size_t)(stream.next_out - to) : 0;
    lzma_end(&stream);
    return made;
}

/* Unpacks what `packed` holds by the only coder left, LZMA or none. */
static bool unpack_header(const struct folder *folder, struct source *packed, struct buf *out)
{
    const struct coder *coder = &folder->coders[0];
    uint64_t size = folder->sizes[0];
    size_t made = 0;

    if (folder->coder_count != 1 || !size || size > HEADER_MAX || source_len(packed) > HEADER_MAX)
        return false;
    CLEANUP(cleanup_free) uint8_t *from = mem_alloc((size_t)source_len(packed) + 1);
    size_t len = source_copy(packed, 0, from, (size_t)source_len(packed));
    buf_clear(out);
    uint8_t *to = (uint8_t *)buf_reserve(out, (size_t)size);
    if (!to)
        return false;
    if (coder->id_len == 1 && coder->id[0] == 0) {
        made = len < size ? len : (size_t)size;
        memcpy(to, from, made);
    } else if (coder_is(coder, LZMA, sizeof(LZMA))) {
        made = unpack_lzma(coder, from, len, to, (size_t)size);
    }
    out->len += made;
    return made == size && (!folder->has_crc || crc32(0, to, (uInt)size) == folder->crc);
}

/* A packed header with its encryption, if it has one, opened. */
static bool decode_header(struct cursor cursor, const char *password, const struct source *all,
                          bool *ret_locked, struct buf *out)
{
    CLEANUP(streams_release) struct streams streams = {0};
    CLEANUP(cleanup_source) struct source *packed = source_new();
    size_t pack = 0;

    if (!take_streams(&cursor, &streams) || streams.folder_count != 1)
        return false;
    *ret_locked |= streams.locked;
    uint64_t at = START + streams.pack_at;
    return (password || !streams.locked) &&
           open_folder(&streams, &streams.folders[0], password, all, &pack, &at, packed) &&
           unpack_header(&streams.folders[0], packed, out);
}

/* The plain header, with a password where one is needed. */
static bool load_header(const struct source *all, const char *password, bool *ret_locked,
                        struct buf *header)
{
    const unsigned char *start = source_range(all, 0, START);
    CLEANUP(cleanup_buf) struct buf next = {0};

    if (!start || memcmp(start, SIGNATURE, sizeof(SIGNATURE)) != 0)
        return false;
    uint64_t at = le64_get(start + 12);
    uint64_t len = le64_get(start + 20);
    const unsigned char *bytes = at < UINT64_MAX - START && len && len <= HEADER_MAX
                                     ? source_range(all, START + at, len)
                                     : NULL;
    if (!bytes || buf_append(header, bytes, (size_t)len))
        return false;
    buf_init(&next, HEADER_MAX);
    for (int i = 0; i < NESTED_MAX; i++) {
        const unsigned char *head = (const unsigned char *)header->data;
        struct cursor cursor = {head, head + header->len, false};
        uint64_t id = take_number(&cursor);
        if (id == ID_HEADER)
            return true;
        if (id != ID_ENCODED_HEADER || !decode_header(cursor, password, all, ret_locked, &next))
            return false;
        buf_clear(header);
        if (buf_append(header, next.data, next.len))
            return false;
    }
    return false;
}

/* The new archive: start, packed streams, header. */
static struct source *write_archive(const struct source *all, const char *password,
                                    const struct buf *header, bool *ret_locked, bool *ret_open)
{
    const unsigned char *head = (const unsigned char *)header->data;
    struct cursor cursor = {head + 1, head + header->len, false};
    CLEANUP(streams_release) struct streams streams = {0};
    CLEANUP(cleanup_buf) struct buf made = {0};
    struct source *body = source_new();
    char start[START] = {0};
    size_t pack = 0;

    if (take_number(&cursor) != ID_MAIN_STREAMS || !take_streams(&cursor, &streams)) {
        source_free(body);
        return NULL;
    }
    *ret_locked |= streams.locked;
    *ret_open |= streams.open;
    uint64_t at = START + streams.pack_at;
    bool good = password != NULL;
    (void)source_add_copy(body, start, sizeof(start));
    for (size_t i = 0; i < streams.folder_count && good; i++)
        good = open_folder(&streams, &streams.folders[i], password, all, &pack, &at, body);
    if (!good) {
        source_free(body);
        return NULL;
    }
    buf_init(&made, HEADER_MAX + (16 << 20));
    put_number(&made, ID_HEADER);
    put_number(&made, ID_MAIN_STREAMS);
    put_streams(&made, &streams);
    (void)buf_append(&made, cursor.at, (size_t)(cursor.end - cursor.at));
    memcpy(start, SIGNATURE, sizeof(SIGNATURE));
    start[7] = 4;
    le64_put(start + 12, source_len(body) - START);
    le64_put(start + 20, made.len);
    le32_put(start + 28, (uint32_t)crc32(0, (const Bytef *)made.data, (uInt)made.len));
    le32_put(start + 8, (uint32_t)crc32(0, (const Bytef *)start + 12, 20));
    source_replace(body, 0, start, sizeof(start));
    (void)source_add_copy(body, made.data, made.len);
    return body;
}

/* ---- passwords ---- */

/* Whether the files come out with the right sums, as far as is worth looking: a wrong key makes
 * rubbish. */
static bool files_read(const struct source *made)
{
    enum { ENOUGH = 64 << 20 };
    CLEANUP(cleanup_source) struct source *source = source_copy_of(made);
    struct archive *archive = archive_read_new();
    struct archive_entry *entry;
    size_t sum = 0;

    archive_read_support_format_7zip(archive);
    int status = source_open(source, archive);
    while (status == ARCHIVE_OK && sum < ENOUGH &&
           (status = archive_read_next_header(archive, &entry)) == ARCHIVE_OK) {
        const void *block;
        size_t len;
        la_int64_t at;
        while (sum < ENOUGH &&
               (status = archive_read_data_block(archive, &block, &len, &at)) == ARCHIVE_OK)
            sum += len;
        status = status == ARCHIVE_EOF ? ARCHIVE_OK : status;
    }
    archive_read_free(archive);
    return status == ARCHIVE_OK || status == ARCHIVE_EOF;
}

enum sevenzip_state sevenzip_open(const struct input *input, const struct source *all,
                                  struct source **ret_source)
{
    bool header_locked = false;
    bool data_locked = false;
    bool data_open = false;
    size_t tries = input->password_count ? input->password_count : 1;

    for (size_t i = 0; i < tries; i++) {
        CLEANUP(cleanup_buf) struct buf header = {0};
        const char *password = input->password_count ? input->passwords[i] : NULL;
        buf_init(&header, HEADER_MAX);
        if (!load_header(all, password, &header_locked, &header)) {
            if (!header_locked)
                return SEVENZIP_PLAIN;
            continue;
        }
        struct source *made = write_archive(all, password, &header, &data_locked, &data_open);
        if (!header_locked && !data_locked) {
            source_free(made);
            return SEVENZIP_PLAIN;
        }
        if (made && (header_locked || files_read(made))) {
            *ret_source = made;
            return SEVENZIP_OPENED;
        }
        source_free(made);
    }
    if (header_locked)
        return SEVENZIP_LOCKED;
    return data_open ? SEVENZIP_PARTLY : SEVENZIP_CLOSED;
}
