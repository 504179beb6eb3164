/*
 * ID3 1 and 2.2 to 2.4 (id3.org), and MPEG audio (ISO/IEC 11172-3), whose files they tag.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/plain/charset.h"
#include "worker/media/media.h"

enum {
    HEAD = 10,
    V1_BYTES = 128,
    FRAMES_MAX = 10000,
    FRAME_TEXT_MAX = 1 << 20,
    SYNC_WITHIN = 64 << 10,
};

static const struct {
    const char *frame, *old, *name;
} FRAMES[] = {
    {"TIT2", "TT2", "title"},     {"TIT1", "TT1", "title"},     {"TIT3", "TT3", "subtitle"},
    {"TPE1", "TP1", "artist"},    {"TPE2", "TP2", "artist"},    {"TPE3", "TP3", "artist"},
    {"TCOM", "TCM", "composer"},  {"TEXT", "TXT", "artist"},    {"TALB", "TAL", "album"},
    {"TRCK", "TRK", "track"},     {"TCON", "TCO", "genre"},     {"TCOP", "TCR", "copyright"},
    {"TPUB", "TPB", "publisher"}, {"TENC", "TEN", "encodedby"}, {"TSSE", "TSS", "encoder"},
    {"TDRC", "", "date"},         {"TYER", "TYE", "year"},      {"TDRL", "", "date"},
    {"TDEN", "", "date"},         {"TLAN", "TLA", "language"},  {"TOWN", "", "encodedby"},
    {"TRSN", "", "publisher"},    {"TDES", "", "description"},  {"TOFN", "TOF", "title"},
};

static uint32_t syncsafe(const unsigned char *p)
{
    return (uint32_t)(p[0] & 0x7F) << 21 | (uint32_t)(p[1] & 0x7F) << 14 |
           (uint32_t)(p[2] & 0x7F) << 7 | (p[3] & 0x7F);
}

/* Bytes by an encoding's number: 0 Latin-1 (in truth whatever the machine had), 1 UTF-16 with a
 * mark, 2 UTF-16 big-endian, 3 UTF-8. */
static void decode(int encoding, const unsigned char *data, size_t len, struct buf *out)
{
    buf_clear(out);
    if (encoding == 1 || encoding == 2) {
        bool little = encoding == 1 && len >= 2 && data[0] == 0xFF && data[1] == 0xFE;
        bool marked = encoding == 1 && len >= 2 && (data[0] == 0xFE || little);
        (void)charset_to_utf8(little || (encoding == 1 && !marked) ? "UTF-16LE" : "UTF-16BE",
                              data + (marked ? 2 : 0), (len - (marked ? 2 : 0)) & ~(size_t)1, out);
    } else {
        (void)charset_text(encoding == 3 ? "UTF-8" : NULL, data, len, out);
    }
}

/* The end of a string in an encoding, behind its zero. */
static size_t string_end(int encoding, const unsigned char *data, size_t len)
{
    if (encoding == 0 || encoding == 3) {
        const unsigned char *zero = memchr(data, '\0', len);
        return zero ? (size_t)(zero - data) + 1 : len;
    }
    for (size_t i = 0; i + 1 < len; i += 2)
        if (data[i] == 0 && data[i + 1] == 0)
            return i + 2;
    return len;
}

/* Several values of a text frame stand with zeros between them. */
static void take_values(struct media *media, const char *name, struct buf *text)
{
    for (size_t at = 0; at < text->len;) {
        size_t len = strnlen(text->data + at, text->len - at);
        media_tag(media, name, text->data + at, len);
        at += len + 1;
    }
}

/* COMM and USLT: encoding, language, description, text. TXXX: encoding, description, value. */
static void take_described(struct media *media, const char *frame, const unsigned char *data,
                           size_t len, struct buf *text)
{
    bool user = frame[0] == 'T';
    size_t skip = user ? 1 : 4;

    if (len <= skip)
        return;
    CLEANUP(cleanup_buf) struct buf label = {0};
    buf_init(&label, FRAME_TEXT_MAX);
    size_t label_len = string_end(data[0], data + skip, len - skip);
    decode(data[0], data + skip, label_len, &label);
    decode(data[0], data + skip + label_len, len - skip - label_len, text);
    size_t text_len = strlen(text->data);
    if (frame[0] == 'U')
        media_line(media, text->data, text_len);
    else if (user)
        media_tag(media, label.data, text->data, text_len);
    else if (strncmp(label.data, "iTun", 4) != 0) /* checksums of one program */
        media_tag(media, "comment", text->data, text_len);
}

/* APIC: encoding, MIME type, kind, description, picture; PIC has three letters for the type. */
static void take_picture(struct media *media, const unsigned char *data, size_t len, bool old)
{
    char mime[64] = "";
    size_t at = 1;

    if (len < 8)
        return;
    if (old) {
        at += 3;
    } else {
        size_t size = string_end(0, data + 1, len - 1);
        snprintf(mime, sizeof(mime), "%.*s", (int)(size < 60 ? size : 60), (const char *)data + 1);
        at += size;
    }
    at++;
    if (at >= len)
        return;
    at += string_end(data[0], data + at, len - at);
    if (at < len)
        media_child(media, strstr(mime, "png") ? "cover.png" : "cover.jpg", "", data + at,
                    len - at);
}

static void take_frame(struct media *media, const char *frame, const unsigned char *data,
                       size_t len, struct buf *text)
{
    if (strcmp(frame, "APIC") == 0 || strcmp(frame, "PIC") == 0) {
        take_picture(media, data, len, frame[3] == '\0');
        return;
    }
    if (strncmp(frame, "COM", 3) == 0 || strcmp(frame, "USLT") == 0 || strcmp(frame, "ULT") == 0 ||
        strcmp(frame, "TXXX") == 0 || strcmp(frame, "TXX") == 0) {
        take_described(media, frame, data, len, text);
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(FRAMES) && len > 1; i++) {
        if (strcmp(FRAMES[i].frame, frame) != 0 && strcmp(FRAMES[i].old, frame) != 0)
            continue;
        decode(data[0], data + 1, len - 1, text);
        take_values(media, FRAMES[i].name, text);
    }
}

/* Undoes "unsynchronisation": a zero was put behind every FF. */
static void resync(const unsigned char *data, size_t len, struct buf *out)
{
    for (size_t i = 0; i < len; i++) {
        (void)buf_append_char(out, (char)data[i]);
        if (data[i] == 0xFF && i + 1 < len && data[i + 1] == 0)
            i++;
    }
}

static void walk_frames(struct media *media, int version, const unsigned char *data, size_t len)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    size_t name_len = version == 2 ? 3 : 4;
    size_t head = version == 2 ? 6 : 10;
    size_t at = 0;

    buf_init(&text, (size_t)3 * FRAME_TEXT_MAX);
    for (int i = 0; i < FRAMES_MAX && at + head <= len && data[at]; i++) {
        char frame[5] = "";
        const unsigned char *p = data + at;
        memcpy(frame, p, name_len);
        size_t size = version == 2   ? (size_t)p[3] << 16 | (size_t)p[4] << 8 | p[5]
                      : version == 3 ? be32_get(p + 4)
                                     : syncsafe(p + 4);
        if (size > len - at - head)
            return;
        /* version 4 may say the frame's length once more in front of it */
        size_t skip = version == 4 && (p[9] & 1) && size >= 4 ? 4 : 0;
        take_frame(media, frame, p + head + skip, size - skip, &text);
        at += head + size;
    }
}

size_t id3_length(const unsigned char *data, size_t len)
{
    if (len < HEAD || memcmp(data, "ID3", 3) != 0 || data[3] < 2 || data[3] > 4)
        return 0;
    size_t size = syncsafe(data + 6);
    return HEAD + (size < len - HEAD ? size : len - HEAD);
}

size_t id3_facts(struct media *media, const unsigned char *data, size_t len)
{
    CLEANUP(cleanup_buf) struct buf synced = {0};
    size_t whole = id3_length(data, len);

    if (whole == 0)
        return 0;
    size_t size = whole - HEAD;
    const unsigned char *body = data + HEAD;
    size_t body_len = size;
    if ((data[5] & 0x80) && data[3] < 4) {
        buf_init(&synced, size);
        resync(body, size, &synced);
        body = (const unsigned char *)synced.data;
        body_len = synced.len;
    }
    if ((data[5] & 0x40) && data[3] > 2 && body_len > 10) { /* an extended header */
        size_t skip = data[3] == 3 ? be32_get(body) + 4 : syncsafe(body);
        if (skip < body_len) {
            body += skip;
            body_len -= skip;
        }
    }
    walk_frames(media, data[3], body, body_len);
    return whole;
}

/* The tag of 128 bytes at the end. */
static void take_v1(struct media *media)
{
    static const struct {
        uint8_t at, len;
        const char *name;
    } fields[] = {{3, 30, "title"},
                  {33, 30, "artist"},
                  {63, 30, "album"},
                  {93, 4, "year"},
                  {97, 28, "comment"}};

    if (media->len < V1_BYTES)
        return;
    const unsigned char *tag = media->data + media->len - V1_BYTES;
    if (memcmp(tag, "TAG", 3) != 0)
        return;
    CLEANUP(cleanup_buf) struct buf text = {0};
    buf_init(&text, 256);
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        decode(0, tag + fields[i].at, strnlen((const char *)tag + fields[i].at, fields[i].len),
               &text);
        while (text.len && text.data[text.len - 1] == ' ')
            text.len--;
        media_tag(media, fields[i].name, text.data, text.len);
    }
}

/* A frame's header: kilobits and hertz; false when it is none. */
static bool frame_read(const unsigned char *p, unsigned *ret_kbits, unsigned *ret_hertz,
                       unsigned *ret_samples)
{
    static const uint16_t kbits[2][3][16] = {
        {{0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448, 0},
         {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0},
         {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0}},
        {{0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256, 0},
         {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0},
         {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0}}};
    static const uint16_t hertz[3] = {44100, 48000, 32000};
    unsigned version = p[1] >> 3 & 3; /* 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5 */
    unsigned layer = p[1] >> 1 & 3;   /* 3: I, 2: II, 1: III */
    unsigned rate = p[2] >> 2 & 3;

    if (p[0] != 0xFF || (p[1] & 0xE0) != 0xE0 || version == 1 || layer == 0 || rate == 3)
        return false;
    *ret_kbits = kbits[version != 3][3 - layer][p[2] >> 4];
    *ret_hertz = hertz[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
    *ret_samples = layer == 3 ? 384 : layer == 1 && version != 3 ? 576 : 1152;
    return *ret_kbits > 0;
}

/* How long it is: by the count of frames that writers of varying rates leave in the first one, or
 * by its rate. */
static void take_stream(struct media *media, size_t from)
{
    unsigned kbits, hertz, samples;
    char text[32];
    size_t end = from + SYNC_WITHIN < media->len ? from + SYNC_WITHIN : media->len;

    for (size_t at = from; at + 4 <= end; at++) {
        const unsigned char *p = media->data + at;
        if (!frame_read(p, &kbits, &hertz, &samples))
            continue;
        snprintf(text, sizeof(text), "%u Hz", hertz);
        facts_add_str(&media->facts, "sound", text);
        media->seconds = (double)(media->len - at) * 8 / (kbits * 1000.0);
        for (size_t i = 4; i < 64 && at + i + 12 <= media->len; i++)
            if ((memcmp(p + i, "Xing", 4) == 0 || memcmp(p + i, "Info", 4) == 0) && (p[i + 7] & 1))
                media->seconds = (double)be32_get(p + i + 8) * samples / hertz;
        return;
    }
}

/* Programme and transport streams say nothing about themselves that is worth keeping. */
static bool is_mpeg_film(const struct media *media)
{
    return media->film || (media->len > 377 && media->data[0] == 0x47 && media->data[188] == 0x47);
}

bool media_mpeg(struct media *media)
{
    size_t from = id3_facts(media, media->data, media->len);

    if (is_mpeg_film(media))
        return true;
    take_v1(media);
    take_stream(media, from);
    return true;
}
