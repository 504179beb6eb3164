/*
 * RIFF: WAV (with the broadcast chunk of EBU Tech 3285) and AVI; and AIFF, which is built alike.
 */
#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/plain/charset.h"
#include "worker/media/media.h"
#include "worker/image/xmp.h"

enum { CHUNKS_MAX = 100000, DEPTH_MAX = 4 };

static const struct {
    const char *chunk, *name;
} INFO[] = {
    {"INAM", "title"},     {"IART", "artist"},    {"ICMT", "comment"},   {"ICRD", "date"},
    {"ICOP", "copyright"}, {"ISFT", "software"},  {"IGNR", "genre"},     {"IPRD", "album"},
    {"IENG", "artist"},    {"ISBJ", "title"},     {"ITCH", "encodedby"}, {"IKEY", "keywords"},
    {"ISRC", "publisher"}, {"ICMS", "publisher"}, {"IDIT", "date"},      {"ILNG", "language"},
    {"NAME", "title"},     {"AUTH", "artist"},    {"(c) ", "copyright"}, {"ANNO", "comment"},
};

static void take_text(struct media *media, const char *name, const unsigned char *data, size_t len)
{
    CLEANUP(cleanup_buf) struct buf text = {0};

    if (len > FACT_VALUE_MAX)
        len = FACT_VALUE_MAX;
    buf_init(&text, (size_t)3 * FACT_VALUE_MAX);
    len = strnlen((const char *)data, len);
    while (len && (data[len - 1] == ' ' || data[len - 1] == '\n'))
        len--;
    if (len && charset_text(NULL, data, len, &text) == 0)
        media_tag(media, name, text.data, text.len);
}

/* Description, originator, its reference, date, time: fields of fixed lengths. */
static void take_broadcast(struct media *media, const unsigned char *p, size_t len)
{
    char when[32];

    if (len < 338)
        return;
    take_text(media, "description", p, 256);
    take_text(media, "artist", p + 256, 32);
    snprintf(when, sizeof(when), "%.10sT%.8s", (const char *)p + 320, (const char *)p + 330);
    facts_date(&media->facts, FACT_DATE_TAKEN, when, "");
}

static void take_format(struct media *media, const unsigned char *p, size_t len, uint32_t *ret_rate)
{
    char text[48];

    if (len < 16)
        return;
    snprintf(text, sizeof(text), "%u Hz, %u channels", le32_get(p + 4), le16_get(p + 2));
    facts_add_str(&media->facts, "sound", text);
    *ret_rate = le32_get(p + 8);
}

/* AVI's main header: microseconds a frame, frames, width, height. */
static void take_avi(struct media *media, const unsigned char *p, size_t len)
{
    char text[48];

    if (len < 40)
        return;
    media->film = true;
    media->seconds = (double)le32_get(p) * le32_get(p + 16) / 1e6;
    snprintf(text, sizeof(text), "%ux%u", le32_get(p + 32), le32_get(p + 36));
    facts_add_str(&media->facts, "picture", text);
}

struct riff {
    struct media *media;
    uint32_t rate; /* bytes a second */
    unsigned chunks;
    bool big_endian;
};

static void walk(struct riff *riff, const unsigned char *data, size_t len, int depth);

static void take(struct riff *riff, const char *kind, const unsigned char *data, size_t len,
                 int depth)
{
    struct media *media = riff->media;

    if (strcmp(kind, "LIST") == 0 && len >= 4 && memcmp(data, "movi", 4) != 0 && depth < DEPTH_MAX)
        walk(riff, data + 4, len - 4, depth + 1);
    else if (strcmp(kind, "fmt ") == 0)
        take_format(media, data, len, &riff->rate);
    else if (strcmp(kind, "data") == 0 && riff->rate)
        media->seconds = (double)len / riff->rate;
    else if (strcmp(kind, "avih") == 0)
        take_avi(media, data, len);
    else if (strcmp(kind, "bext") == 0)
        take_broadcast(media, data, len);
    else if (strcmp(kind, "id3 ") == 0 || strcmp(kind, "ID3 ") == 0)
        (void)id3_facts(media, data, len);
    else if (strcmp(kind, "_PMX") == 0)
        xmp_facts((const char *)data, len, &media->facts);
    for (size_t i = 0; i < ARRAY_LEN(INFO); i++)
        if (strcmp(kind, INFO[i].chunk) == 0)
            take_text(media, INFO[i].name, data, len);
}

static void walk(struct riff *riff, const unsigned char *data, size_t len, int depth)
{
    size_t at = 0;

    while (len - at >= 8 && riff->chunks++ < CHUNKS_MAX && !riff->media->emit->stop) {
        char kind[5] = "";
        memcpy(kind, data + at, 4);
        size_t size = riff->big_endian ? be32_get(data + at + 4) : le32_get(data + at + 4);
        if (size > len - at - 8)
            size = len - at - 8;
        take(riff, kind, data + at + 8, size, depth);
        at += 8 + size + (size & 1);
        if (at > len)
            return;
    }
}

bool media_riff(struct media *media)
{
    struct riff riff = {.media = media};

    if (media->len < 12)
        return false;
    riff.big_endian = memcmp(media->data, "FORM", 4) == 0;
    if (!riff.big_endian && memcmp(media->data, "RIFF", 4) != 0 &&
        memcmp(media->data, "RF64", 4) != 0)
        return false;
    facts_add(&media->facts, "format", (const char *)media->data + 8, 4);
    walk(&riff, media->data + 12, media->len - 12, 0);
    return true;
}
