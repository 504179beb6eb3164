#include "worker/archive/sevenzip.h"

#include <archive.h>
#include <archive_entry.h>
#include <lzma.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "worker/archive/sevenzip_parts.h"

enum {
    START = 32,
    HEADER_MAX = 64 << 20,
    NESTED_MAX = 4,
};

static const unsigned char SIGNATURE[6] = {'7', 'z', 0xBC, 0xAF, 0x27, 0x1C};
static const unsigned char LZMA[3] = {3, 1, 1};

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
    } else if (sevenzip_coder_is(coder, LZMA, sizeof(LZMA))) {
        made = unpack_lzma(coder, from, len, to, (size_t)size);
    }
    out->len += made;
    return made == size && (!folder->has_crc || crc32(0, to, (uInt)size) == folder->crc);
}

/* A packed header with its encryption, if it has one, opened. */
static bool decode_header(struct cursor cursor, const char *password, const struct source *all,
                          bool *ret_locked, struct buf *out)
{
    CLEANUP(sevenzip_streams_release) struct streams streams = {0};
    CLEANUP(cleanup_source) struct source *packed = source_new();
    size_t pack = 0;

    if (!sevenzip_take_streams(&cursor, &streams) || streams.folder_count != 1)
        return false;
    *ret_locked |= streams.locked;
    uint64_t at = START + streams.pack_at;
    return (password || !streams.locked) &&
           sevenzip_open_folder(&streams, &streams.folders[0], password, all, &pack, &at, packed) &&
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
        uint64_t id = sevenzip_take_number(&cursor);
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
    CLEANUP(sevenzip_streams_release) struct streams streams = {0};
    CLEANUP(cleanup_buf) struct buf made = {0};
    struct source *body = source_new();
    char start[START] = {0};
    size_t pack = 0;

    if (sevenzip_take_number(&cursor) != ID_MAIN_STREAMS ||
        !sevenzip_take_streams(&cursor, &streams)) {
        source_free(body);
        return NULL;
    }
    *ret_locked |= streams.locked;
    *ret_open |= streams.open;
    uint64_t at = START + streams.pack_at;
    bool good = password != NULL;
    (void)source_add_copy(body, start, sizeof(start));
    for (size_t i = 0; i < streams.folder_count && good; i++)
        good = sevenzip_open_folder(&streams, &streams.folders[i], password, all, &pack, &at, body);
    if (!good) {
        source_free(body);
        return NULL;
    }
    buf_init(&made, HEADER_MAX + (16 << 20));
    sevenzip_put_number(&made, ID_HEADER);
    sevenzip_put_number(&made, ID_MAIN_STREAMS);
    sevenzip_put_streams(&made, &streams);
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
