/*
 * FLAC (RFC 9639) and Ogg (RFC 3533) with Vorbis, Opus (RFC 7845), Speex, Theora, FLAC: their
 * comments, pictures and length.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bytes.h"
#include "worker/mail/mime_decode.h"
#include "worker/media/media.h"

enum {
    COMMENTS_MAX = 10000,
    PACKET_MAX = 64 << 20,
    STREAMS_MAX = 8,
    PAGE_HEAD = 27,
    HEAD_PACKETS = 3, /* those that may hold comments */
};

/* Kind, MIME type, description, four numbers, picture; each with its length. */
static void flac_picture(struct media *media, const unsigned char *data, size_t len)
{
    size_t at = 4;

    for (int i = 0; i < 2; i++) {
        if (at + 4 > len || be32_get(data + at) > len - at - 4)
            return;
        at += 4 + be32_get(data + at);
    }
    at += 16;
    if (at + 4 > len || be32_get(data + at) > len - at - 4)
        return;
    const unsigned char *picture = data + at + 4;
    size_t size = be32_get(data + at);
    media_child(media, size && picture[0] == 0x89 ? "cover.png" : "cover.jpg", "", picture, size);
}

/* A picture as a comment's value: base64 of a FLAC block. */
static void take_base64(struct media *media, const char *text, size_t len)
{
    CLEANUP(cleanup_buf) struct buf out = {0};

    buf_init(&out, PACKET_MAX);
    mime_decode_base64(text, strnlen(text, len), &out);
    flac_picture(media, (const unsigned char *)out.data, out.len);
}

/* Vorbis comments: a vendor's name and "KEY=value" pairs. */
static void vorbis_facts(struct media *media, const unsigned char *data, size_t len)
{
    static const char PICTURE[] = "METADATA_BLOCK_PICTURE=";

    if (len < 8 || le32_get(data) > len - 8)
        return;
    size_t at = 4 + (size_t)le32_get(data);
    facts_add(&media->facts, "software", (const char *)data + 4, at - 4);
    uint32_t count = le32_get(data + at);
    at += 4;
    for (uint32_t i = 0; i < count && i < COMMENTS_MAX && len - at >= 4; i++) {
        size_t size = le32_get(data + at);
        at += 4;
        if (size > len - at)
            return;
        const char *text = (const char *)data + at;
        const char *equals = memchr(text, '=', size);
        if (size > sizeof(PICTURE) && strncasecmp(text, PICTURE, sizeof(PICTURE) - 1) == 0) {
            take_base64(media, text + sizeof(PICTURE) - 1, size - sizeof(PICTURE) + 1);
        } else if (equals) {
            CLEANUP(cleanup_free) char *name = mem_strndup(text, (size_t)(equals - text));
            media_tag(media, name, equals + 1, size - (size_t)(equals + 1 - text));
        }
        at += size;
    }
}

static void take_stream_info(struct media *media, const unsigned char *p, size_t len)
{
    char text[32];

    if (len < 18)
        return;
    uint32_t hertz = be32_get(p + 10) >> 12;
    uint64_t samples = (uint64_t)(p[13] & 15) << 32 | be32_get(p + 14);
    if (hertz == 0)
        return;
    snprintf(text, sizeof(text), "FLAC %u Hz", hertz);
    facts_add_str(&media->facts, "sound", text);
    media->seconds = (double)samples / hertz;
}

bool media_flac(struct media *media)
{
    enum { INFO = 0, COMMENT = 4, PICTURE = 6, LAST = 0x80, BLOCKS_MAX = 10000 };
    size_t at = id3_length(media->data, media->len);

    if (media->len - at < 8 || memcmp(media->data + at, "fLaC", 4) != 0)
        return false;
    (void)id3_facts(media, media->data, at);
    at += 4;
    for (int i = 0; i < BLOCKS_MAX && media->len - at >= 4; i++) {
        const unsigned char *p = media->data + at;
        size_t size = (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
        if (size > media->len - at - 4)
            break;
        if ((p[0] & 0x7F) == INFO)
            take_stream_info(media, p + 4, size);
        else if ((p[0] & 0x7F) == COMMENT)
            vorbis_facts(media, p + 4, size);
        else if ((p[0] & 0x7F) == PICTURE)
            flac_picture(media, p + 4, size);
        at += 4 + size;
        if (p[0] & LAST)
            break;
    }
    return true;
}

/* A logical stream of an Ogg file. */
struct stream {
    uint32_t serial;
    struct buf packet;
    int packets;
    uint32_t hertz;
    uint64_t last;
    uint16_t skip; /* samples before the start, of Opus */
};

static bool begins(const struct buf *packet, const char *with, size_t len)
{
    return packet->len >= len && memcmp(packet->data, with, len) == 0;
}

static void take_head(struct media *media, struct stream *stream)
{
    const unsigned char *p = (const unsigned char *)stream->packet.data;
    const char *kind = NULL;

    if (begins(&stream->packet, "\1vorbis", 7) && stream->packet.len >= 16) {
        stream->hertz = le32_get(p + 12);
        kind = "Vorbis";
    } else if (begins(&stream->packet, "OpusHead", 8) && stream->packet.len >= 19) {
        stream->hertz = 48000;
        stream->skip = le16_get(p + 10);
        kind = "Opus";
    } else if (begins(&stream->packet, "Speex   ", 8) && stream->packet.len >= 40) {
        stream->hertz = le32_get(p + 36);
        kind = "Speex";
    } else if (begins(&stream->packet,
                      "\x7F"
                      "FLAC",
                      5) &&
               stream->packet.len >= 13 + 4 + 34) {
        take_stream_info(media, p + 17, 34);
    } else if (begins(&stream->packet, "\x80theora", 7)) {
        media->film = true;
        facts_add_str(&media->facts, "picture", "Theora");
    }
    if (kind) {
        char text[48];
        snprintf(text, sizeof(text), "%s %u Hz", kind, stream->hertz);
        facts_add_str(&media->facts, "sound", text);
    }
}

static void take_packet(struct media *media, struct stream *stream)
{
    static const struct {
        const char *begins;
        uint8_t len;
    } comments[] = {{"\3vorbis", 7}, {"OpusTags", 8}, {"\x81theora", 7}};
    const unsigned char *p = (const unsigned char *)stream->packet.data;

    if (stream->packets == 0)
        take_head(media, stream);
    for (size_t i = 0; i < ARRAY_LEN(comments); i++)
        if (begins(&stream->packet, comments[i].begins, comments[i].len))
            vorbis_facts(media, p + comments[i].len, stream->packet.len - comments[i].len);
    if (stream->packet.len > 4 && stream->packets == 1 && (p[0] & 0x7F) == 4)
        vorbis_facts(media, p + 4, stream->packet.len - 4); /* FLAC in Ogg */
    stream->packets++;
    buf_clear(&stream->packet);
}

static struct stream *stream_of(struct stream *streams, uint32_t serial)
{
    for (int i = 0; i < STREAMS_MAX; i++) {
        if (!streams[i].packet.data) {
            buf_init(&streams[i].packet, PACKET_MAX);
            streams[i].serial = serial;
        }
        if (streams[i].serial == serial)
            return &streams[i];
    }
    return NULL;
}

/* A page: segments, of which those shorter than 255 bytes end a packet. */
static void take_page(struct media *media, struct stream *stream, const unsigned char *page,
                      const unsigned char *body, size_t left)
{
    uint64_t granule = le64_get(page + 6);

    if (granule != UINT64_MAX)
        stream->last = granule;
    for (unsigned i = 0; i < page[26] && stream->packets < HEAD_PACKETS; i++) {
        size_t size = page[PAGE_HEAD + i];
        if (size > left)
            return;
        (void)buf_append(&stream->packet, body, size);
        body += size;
        left -= size;
        if (size < 255)
            take_packet(media, stream);
    }
}

bool media_ogg(struct media *media)
{
    struct stream streams[STREAMS_MAX] = {0};
    size_t at = 0;

    if (media->len < PAGE_HEAD || memcmp(media->data, "OggS", 4) != 0)
        return false;
    while (media->len - at >= PAGE_HEAD) {
        const unsigned char *page = media->data + at;
        if (memcmp(page, "OggS", 4) != 0)
            break;
        size_t head = PAGE_HEAD + (size_t)page[26];
        size_t size = 0;
        if (head > media->len - at)
            break;
        for (unsigned i = 0; i < page[26]; i++)
            size += page[PAGE_HEAD + i];
        struct stream *stream = stream_of(streams, le32_get(page + 14));
        if (stream)
            take_page(media, stream, page, page + head, media->len - at - head);
        if (size > media->len - at - head)
            break;
        at += head + size;
    }
    for (int i = 0; i < STREAMS_MAX; i++) {
        struct stream *stream = &streams[i];
        if (stream->hertz && stream->last > stream->skip && !(media->seconds > 0))
            media->seconds = (double)(stream->last - stream->skip) / stream->hertz;
        buf_release(&stream->packet);
    }
    return true;
}
