#include "worker/office/art.h"

#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "base/bytes.h"
#include "worker/office/record.h"
#include "worker/ooxml/ooxml_metro.h"
#include "worker/plain/codepage.h"

enum {
    STORE_ENTRY = 0xF007,
    STORE_ENTRY_BYTES = 36,
    FIRST_BLIP = 0xF018,
    LAST_BLIP = 0xF117,
    PROPERTIES = 0xF00B,
    PROPERTIES_2 = 0xF121,
    PROPERTIES_3 = 0xF122,
    METAFILE_HEADER = 34,
    COMPLEX = 0x8000,
    DESCRIPTION = 0x0381,
    WORD_ART = 0x00C0,
    METRO = 0x03A9,
    INFLATE_BYTES = 64 << 10,
};

static const struct {
    unsigned type;
    const char *suffix, *mime;
    bool metafile;
} BLIPS[] = {
    {0xF01A, "emf", "image/emf", true},     {0xF01B, "wmf", "image/wmf", true},
    {0xF01C, "pict", "image/x-pict", true}, {0xF01D, "jpg", "image/jpeg", false},
    {0xF01E, "png", "image/png", false},    {0xF01F, "bmp", "image/bmp", false},
    {0xF029, "tif", "image/tiff", false},   {0xF02A, "jpg", "image/jpeg", false},
};

static enum reason send_inflated(struct emit *emit, const unsigned char *data, size_t len)
{
    z_stream stream = {.next_in = (Bytef *)data, .avail_in = (uInt)len};
    unsigned char out[INFLATE_BYTES];
    uint64_t total = 0;
    int status = Z_OK;

    if (inflateInit(&stream) != Z_OK)
        return REASON_CORRUPT;
    while (status == Z_OK && total <= ART_EXPANDED && !emit->stop) {
        stream.next_out = out;
        stream.avail_out = sizeof(out);
        status = inflate(&stream, Z_NO_FLUSH);
        emit_child_data(emit, out, sizeof(out) - stream.avail_out);
        total += sizeof(out) - stream.avail_out;
    }
    inflateEnd(&stream);
    if (total > ART_EXPANDED)
        return REASON_LIMIT_SIZE;
    return status == Z_STREAM_END ? REASON_NONE : REASON_CORRUPT;
}

/* A bitmap of Windows without its file header. */
static void send_bmp_header(const unsigned char *data, size_t len, struct emit *emit)
{
    unsigned char header[14] = {'B', 'M'};
    uint32_t info = len >= 40 ? le32_get(data) : 0;
    uint32_t colours = len >= 40 ? le32_get(data + 32) : 0;

    if (info < 12 || info > 256)
        return;
    if (colours == 0 && le16_get(data + 14) <= 8)
        colours = UINT32_C(1) << le16_get(data + 14);
    le32_put(header + 2, (uint32_t)(len + sizeof(header)));
    le32_put(header + 10, (uint32_t)sizeof(header) + info + (colours <= 256 ? 4 * colours : 0));
    emit_child_data(emit, header, sizeof(header));
}

static void send_blip(struct art *art, const struct record *record)
{
    size_t kind = 0;
    char name[32];

    while (kind < ARRAY_LEN(BLIPS) && BLIPS[kind].type != record->type)
        kind++;
    if (kind == ARRAY_LEN(BLIPS) || art->emit->stop)
        return;
    /* one or two identifiers of 16 bytes: an odd instance has two */
    size_t skip = record->instance & 1 ? 32 : 16;
    skip += BLIPS[kind].metafile ? METAFILE_HEADER : 1;
    if (record->len <= skip)
        return;
    const unsigned char *data = record->data + skip;
    size_t len = record->len - skip;
    enum reason reason = REASON_NONE;
    snprintf(name, sizeof(name), "image%u.%s", ++art->pictures, BLIPS[kind].suffix);
    emit_child(art->emit, name, strlen(name), BLIPS[kind].mime, INT64_MIN);
    if (record->type == 0xF01F)
        send_bmp_header(data, len, art->emit);
    if (BLIPS[kind].metafile && data[-2] == 0)
        reason = send_inflated(art->emit, data, len);
    else
        emit_child_data(art->emit, data, len);
    emit_child_end(art->emit, reason, reason ? "its bytes could not be expanded" : "");
}

/* An entry of the picture store: its picture follows it, or stands in another stream. */
static void send_entry(struct art *art, const struct record *entry)
{
    struct record blip;

    if (entry->len < STORE_ENTRY_BYTES)
        return;
    size_t at = STORE_ENTRY_BYTES + (size_t)entry->data[33];
    if (record_next(entry->data, entry->len, &at, &blip) && blip.type >= FIRST_BLIP) {
        send_blip(art, &blip);
        return;
    }
    at = le32_get(entry->data + 28);
    if (art->delayed && at < art->delayed_len &&
        record_next(art->delayed, art->delayed_len, &at, &blip))
        send_blip(art, &blip);
}

static void walk_pictures(struct art *art, const unsigned char *data, size_t len, unsigned depth)
{
    struct record record;

    for (size_t at = 0;
         depth < ART_DEPTH && !art->emit->stop && record_next(data, len, &at, &record);) {
        if (record.type == STORE_ENTRY)
            send_entry(art, &record);
        else if (record.type >= FIRST_BLIP && record.type <= LAST_BLIP &&
                 !record_is_container(&record))
            send_blip(art, &record);
        else if (record_is_container(&record))
            walk_pictures(art, record.data, record.len, depth + 1);
    }
}

void art_pictures(struct art *art, const unsigned char *data, size_t len)
{
    walk_pictures(art, data, len, 0);
}

/* Properties of six bytes each; the bytes of complex ones follow them all, in their order. */
static void put_properties(const struct record *record, struct buf *out)
{
    size_t values = (size_t)6 * record->instance;

    for (size_t i = 0; i < record->instance && 6 * i + 6 <= record->len; i++) {
        unsigned id = le16_get(record->data + 6 * i);
        size_t len = le32_get(record->data + 6 * i + 2);
        if (!(id & COMPLEX))
            continue;
        if (values > record->len || len > record->len - values)
            return;
        unsigned kind = id & 0x3FFF;
        if ((kind == DESCRIPTION || kind == WORD_ART) && len >= 4) {
            size_t text = len & ~(size_t)1;
            while (text >= 2 && le16_get(record->data + values + text - 2) == 0)
                text -= 2;
            (void)codepage_text(CODEPAGE_UTF16, record->data + values, text, out);
            (void)buf_append_char(out, '\n');
        } else if (kind == METRO) {
            ooxml_metro_text(record->data + values, len, out);
        }
        values += len;
    }
}

static void walk_texts(const unsigned char *data, size_t len, unsigned depth, struct buf *out)
{
    struct record record;

    for (size_t at = 0; depth < ART_DEPTH && record_next(data, len, &at, &record);) {
        if (record.type == PROPERTIES || record.type == PROPERTIES_2 || record.type == PROPERTIES_3)
            put_properties(&record, out);
        else if (record_is_container(&record))
            walk_texts(record.data, record.len, depth + 1, out);
    }
}

void art_texts(const unsigned char *data, size_t len, struct buf *out)
{
    walk_texts(data, len, 0, out);
}
