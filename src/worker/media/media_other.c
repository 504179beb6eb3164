/*
 * ASF (Microsoft's "Advanced Systems Format" 1.20.03), FLV (Adobe), standard MIDI files, and AMR
 * (RFC 4867), in which telephones keep what is said into them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "worker/plain/charset.h"
#include "worker/media/media.h"
#include "worker/windows_time.h"

enum { OBJECTS_MAX = 10000, VALUE_MAX = 64 << 10 };

static void take_wide(struct media *media, const char *name, const unsigned char *data, size_t len)
{
    CLEANUP(cleanup_buf) struct buf text = {0};

    buf_init(&text, (size_t)2 * VALUE_MAX);
    if (charset_to_utf8("UTF-16LE", data, len & ~(size_t)1, &text) == 0)
        media_tag(media, name, text.data, text.len);
}

/* Title, author, copyright, description, rating: five lengths, then the strings. */
static void asf_content(struct media *media, const unsigned char *p, size_t len)
{
    static const char *const names[] = {"title", "author", "copyright", "description"};
    size_t at = 10;

    for (size_t i = 0; i < ARRAY_LEN(names) && len >= 10; i++) {
        size_t size = le16_get(p + 2 * i);
        if (size > len - at)
            return;
        take_wide(media, names[i], p + at, size);
        at += size;
    }
}

/* Pairs of a name and a value whose kind is a number; 0 is text. */
static void asf_extended(struct media *media, const unsigned char *p, size_t len)
{
    size_t at = 2;
    unsigned count = len >= 2 ? le16_get(p) : 0;

    for (unsigned i = 0; i < count; i++) {
        CLEANUP(cleanup_buf) struct buf name = {0};
        if (len - at < 2 || le16_get(p + at) + 6u > len - at)
            return;
        size_t name_len = le16_get(p + at);
        unsigned kind = le16_get(p + at + 2 + name_len);
        size_t size = le16_get(p + at + 4 + name_len);
        const unsigned char *value = p + at + 6 + name_len;
        if (size > len - at - 6 - name_len)
            return;
        buf_init(&name, (size_t)2 * VALUE_MAX);
        (void)charset_to_utf8("UTF-16LE", p + at + 2, name_len & ~(size_t)1, &name);
        if (kind == 0)
            take_wide(media, name.data, value, size);
        at += 6 + name_len + size;
    }
}

/* When it was made (100 ns since 1601) and how long it plays (100 ns, with what is loaded ahead).
 */
static void asf_properties(struct media *media, const unsigned char *p, size_t len)
{
    char text[32];
    struct tm tm;

    if (len < 64)
        return;
    media->seconds = (double)le64_get(p + 40) / 1e7 - (double)le64_get(p + 56) / 1e3;
    time_t made = (time_t)windows_seconds(le64_get(p + 24));
    if (made > 0 && made < 4102444800 && gmtime_r(&made, &tm)) {
        strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
        facts_date(&media->facts, FACT_DATE_MADE, text, "");
    }
}

static void asf_stream(struct media *media, const unsigned char *p, size_t len)
{
    static const char VIDEO[] = "\xC0\xEF\x19\xBC\x4D\x5B\xCF\x11";

    media->film |= len >= 8 && memcmp(p, VIDEO, 8) == 0;
}

bool media_asf(struct media *media)
{
    static const char HEADER[] = "\x30\x26\xB2\x75\x8E\x66\xCF\x11";
    static const struct {
        const char *guid; /* its first eight bytes */
        void (*take)(struct media *, const unsigned char *, size_t);
    } objects[] = {
        {"\x33\x26\xB2\x75\x8E\x66\xCF\x11", asf_content},
        {"\x40\xA4\xD0\xD2\x07\xE3\xD2\x11", asf_extended},
        {"\xA1\xDC\xAB\x8C\x47\xA9\xCF\x11", asf_properties},
        {"\x91\x07\xDC\xB7\xB7\xA9\xCF\x11", asf_stream},
    };
    size_t at = 30;

    if (media->len < 30 || memcmp(media->data, HEADER, 8) != 0)
        return false;
    for (int i = 0; i < OBJECTS_MAX && media->len - at >= 24; i++) {
        const unsigned char *p = media->data + at;
        uint64_t size = le64_get(p + 16);
        if (size < 24 || size > media->len - at)
            break;
        for (size_t j = 0; j < ARRAY_LEN(objects); j++)
            if (memcmp(p, objects[j].guid, 8) == 0)
                objects[j].take(media, p + 24, (size_t)size - 24);
        at += (size_t)size;
    }
    return true;
}

/* Values of "onMetaData": names of a 16-bit length, each with a number (0) or a string (2). */
static void flv_values(struct media *media, const unsigned char *p, size_t len)
{
    size_t at = 0;

    while (len - at >= 3) {
        size_t name_len = be16_get(p + at);
        if (name_len == 0 || name_len + 3 > len - at)
            return;
        CLEANUP(cleanup_free) char *name = mem_strndup((const char *)p + at + 2, name_len);
        unsigned kind = p[at + 2 + name_len];
        at += name_len + 3;
        if (kind == 0 && len - at >= 8) {
            uint64_t bits = be64_get(p + at);
            double value;
            memcpy(&value, &bits, sizeof(value));
            if (strcmp(name, "duration") == 0)
                media->seconds = value;
            at += 8;
        } else if (kind == 1 && len - at >= 1) {
            at++;
        } else if (kind == 2 && len - at >= 2 && be16_get(p + at) <= len - at - 2) {
            size_t size = be16_get(p + at);
            media_tag(media, name, (const char *)p + at + 2, size);
            at += 2 + size;
        } else {
            return;
        }
    }
}

bool media_flv(struct media *media)
{
    static const char SCRIPT[] = "\x02\0\x0AonMetaData";
    enum { LOOK_AT = 64 << 10, ARRAY = 8, OBJECT = 3 };

    if (media->len < 13 || memcmp(media->data, "FLV\1", 4) != 0)
        return false;
    size_t look = media->len < LOOK_AT ? media->len : LOOK_AT;
    const unsigned char *found = memmem(media->data, look, SCRIPT, sizeof(SCRIPT) - 1);
    const unsigned char *end = media->data + media->len;
    if (found && (size_t)(end - found) > sizeof(SCRIPT) + 5) {
        const unsigned char *p = found + sizeof(SCRIPT) - 1;
        size_t skip = *p == ARRAY ? 5 : *p == OBJECT ? 1 : 0;
        if (skip)
            flv_values(media, p + skip, (size_t)(end - p) - skip);
    }
    return true;
}

static uint32_t variable_length(const unsigned char *data, size_t len, size_t *at)
{
    uint32_t value = 0;

    for (int i = 0; i < 4 && *at < len; i++) {
        unsigned char byte = data[(*at)++];
        value = value << 7 | (byte & 0x7F);
        if (!(byte & 0x80))
            break;
    }
    return value;
}

static void midi_text(struct media *media, unsigned kind, const unsigned char *data, size_t len)
{
    enum { COPYRIGHT = 2, NAME = 3 };
    CLEANUP(cleanup_buf) struct buf text = {0};

    buf_init(&text, (size_t)3 * VALUE_MAX);
    if (len > VALUE_MAX || charset_text(NULL, data, len, &text))
        return;
    if (kind == COPYRIGHT)
        facts_add(&media->facts, "copyright", text.data, text.len);
    else if (kind == NAME)
        facts_add(&media->facts, "track-name", text.data, text.len);
    else
        media_line(media, text.data, text.len);
}

/* Events of a track; those of kinds 1 to 7 are texts: comments, names, lyrics. */
static void midi_track(struct media *media, const unsigned char *data, size_t len)
{
    unsigned status = 0;

    for (size_t at = 0; at < len && !media->emit->stop;) {
        (void)variable_length(data, len, &at);
        if (at >= len)
            return;
        if (data[at] & 0x80)
            status = data[at++];
        if (status == 0xFF && at < len) {
            unsigned kind = data[at++];
            size_t size = variable_length(data, len, &at);
            if (size > len - at)
                return;
            if (kind >= 1 && kind <= 7 && size)
                midi_text(media, kind, data + at, size);
            at += size;
        } else if (status == 0xF0 || status == 0xF7) {
            size_t size = variable_length(data, len, &at);
            if (size > len - at)
                return;
            at += size;
        } else if (status < 0x80 || status > 0xEF) {
            return;
        } else {
            at += (status & 0xF0) == 0xC0 || (status & 0xF0) == 0xD0 ? 1 : 2;
        }
    }
}

bool media_midi(struct media *media)
{
    size_t at = 0;

    if (media->len < 14 || memcmp(media->data, "MThd", 4) != 0)
        return false;
    while (media->len - at >= 8) {
        size_t size = be32_get(media->data + at + 4);
        if (size > media->len - at - 8)
            size = media->len - at - 8;
        if (memcmp(media->data + at, "MTrk", 4) == 0)
            midi_track(media, media->data + at + 8, size);
        at += 8 + size;
    }
    return true;
}

/* Frames of 20 ms, whose length their first byte tells. */
bool media_amr(struct media *media)
{
    static const uint8_t narrow[16] = {12, 13, 15, 17, 19, 20, 26, 31, 5, 0, 0, 0, 0, 0, 0, 0};
    static const uint8_t wide[16] = {17, 23, 32, 36, 40, 46, 50, 58, 60, 5, 0, 0, 0, 0, 0, 0};
    bool is_wide = media->len >= 9 && memcmp(media->data, "#!AMR-WB\n", 9) == 0;
    uint64_t frames = 0;

    if (!is_wide && (media->len < 6 || memcmp(media->data, "#!AMR\n", 6) != 0))
        return false;
    for (size_t at = is_wide ? 9 : 6; at < media->len; frames++)
        at += 1 + (size_t)(is_wide ? wide : narrow)[media->data[at] >> 3 & 15];
    facts_add_str(&media->facts, "sound", is_wide ? "AMR-WB 16000 Hz" : "AMR 8000 Hz");
    media->seconds = (double)frames / 50;
    return true;
}
