/*
 * MP4, QuickTime, 3GP, M4A: ISO/IEC 14496-12, Apple's QuickTime File Format, 3GPP TS 26.244.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "worker/image/boxes.h"
#include "worker/plain/charset.h"
#include "worker/media/media.h"
#include "worker/image/xmp.h"

enum {
    SAMPLES_MAX = 100000,
    SAMPLE_BYTES_MAX = 64 << 10,
    KEYS_MAX = 256,
    EPOCH_1904 = 2082844800, /* seconds from 1904 to 1970 */
};

/* What a tag's four letters mean; "\xA9" is the copyright sign. */
static const struct {
    const char *type, *name;
} TAGS[] = {
    {"\xA9nam", "title"},
    {"\xA9"
     "ART",
     "artist"},
    {"aART", "artist"},
    {"\xA9"
     "alb",
     "album"},
    {"\xA9"
     "day",
     "date"},
    {"\xA9"
     "cmt",
     "comment"},
    {"\xA9too", "tool"},
    {"\xA9gen", "genre"},
    {"\xA9wrt", "composer"},
    {"\xA9lyr", "lyrics"},
    {"desc", "description"},
    {"ldes", "description"},
    {"cprt", "copyright"},
    {"\xA9"
     "cpy",
     "copyright"},
    {"\xA9mak", "make"},
    {"\xA9mod", "model"},
    {"\xA9swr", "software"},
    {"\xA9xyz", "location"},
    {"\xA9inf", "comment"},
    {"\xA9"
     "aut",
     "author"},
    {"\xA9"
     "dir",
     "director"},
    {"tvsh", "show"},
    {"keyw", "keywords"},
    {"titl", "title"},
    {"auth", "author"},
    {"perf", "artist"},
    {"dscp", "description"},
    {"albm", "album"},
    {"manu", "make"},
    {"modl", "model"},
    {"\xA9url", "url"},
};

static const char *tag_name(const char *type)
{
    for (size_t i = 0; i < ARRAY_LEN(TAGS); i++)
        if (memcmp(TAGS[i].type, type, 4) == 0)
            return TAGS[i].name;
    return NULL;
}

/* Seconds since 1904 as a date; nothing for the zeros that many writers leave. */
static void take_time(struct media *media, enum fact_date kind, uint64_t seconds)
{
    char text[32];
    time_t since = (time_t)(seconds - EPOCH_1904);
    struct tm tm;

    if (seconds <= EPOCH_1904 || seconds > EPOCH_1904 + UINT64_C(4102444800) ||
        !gmtime_r(&since, &tm))
        return;
    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
    facts_date(&media->facts, kind, text, "");
}

/* mvhd and mdhd: version 1 has times of 64 bits. */
struct clock {
    uint64_t made, changed, scale, duration;
    const unsigned char *after;
};

static bool clock_read(const struct box *box, struct clock *clock)
{
    bool wide = box->len > 0 && box->data[0] == 1;

    if (box->len < (wide ? 34u : 22u))
        return false;
    const unsigned char *p = box->data + 4;
    clock->made = wide ? be64_get(p) : be32_get(p);
    clock->changed = wide ? be64_get(p + 8) : be32_get(p + 4);
    p += wide ? 16 : 8;
    clock->scale = be32_get(p);
    clock->duration = wide ? be64_get(p + 4) : be32_get(p + 4);
    clock->after = p + (wide ? 12 : 8);
    return true;
}

static void read_header(struct media *media, const struct box *moov)
{
    struct box box;
    struct clock clock;

    if (!box_find(moov->data, moov->len, 0, "mvhd", &box) || !clock_read(&box, &clock))
        return;
    take_time(media, FACT_DATE_MADE, clock.made);
    take_time(media, FACT_DATE_CHANGED, clock.changed);
    if (clock.scale)
        media->seconds = (double)clock.duration / (double)clock.scale;
}

static void take_cover(struct media *media, const struct box *value)
{
    bool png = value->len > 12 && value->data[8] == 0x89;

    if (value->len > 8)
        media_child(media, png ? "cover.png" : "cover.jpg", "", value->data + 8, value->len - 8);
}

/* An item of "ilst": a "data" box of type, locale, value; type 1 is UTF-8. */
static void take_item(struct media *media, const struct box *item, const char *name)
{
    struct box value;

    for (size_t at = 0; box_next(item->data, item->len, &at, &value);) {
        if (strcmp(value.type, "data") != 0 || value.len <= 8)
            continue;
        if (memcmp(item->type, "covr", 4) == 0)
            take_cover(media, &value);
        else if (name && (value.data[3] == 1 || value.data[3] == 0))
            media_tag(media, name, (const char *)value.data + 8, value.len - 8);
    }
}

/* "meta": items named by four letters, or by numbers of the names in "keys". */
static void read_meta(struct media *media, const struct box *meta)
{
    struct box keys, ilst, item;
    struct box found[KEYS_MAX];
    uint32_t key_count = 0;
    bool full = meta->len >= 8 && memcmp(meta->data + 4, "hdlr", 4) != 0;
    size_t skip = full ? 4 : 0;

    if (!box_find(meta->data, meta->len, skip, "ilst", &ilst))
        return;
    if (box_find(meta->data, meta->len, skip, "keys", &keys))
        for (size_t at = 8;
             key_count < KEYS_MAX && box_next(keys.data, keys.len, &at, &found[key_count]);)
            key_count++;
    for (size_t at = 0; box_next(ilst.data, ilst.len, &at, &item) && !media->emit->stop;) {
        uint32_t index = be32_get((const unsigned char *)item.type);
        if (index >= 1 && index <= key_count) {
            CLEANUP(cleanup_free)
            char *name = mem_strndup((const char *)found[index - 1].data, found[index - 1].len);
            take_item(media, &item, name);
        } else {
            take_item(media, &item, tag_name(item.type));
        }
    }
}

/* User data of QuickTime: length, language, text; of 3GPP: version, language, text to a zero. */
static void take_user_text(struct media *media, const struct box *box, const char *name)
{
    const unsigned char *p = box->data;
    CLEANUP(cleanup_buf) struct buf text = {0};

    if ((unsigned char)box->type[0] == 0xA9) {
        if (box->len < 4)
            return;
        size_t len = be16_get(p);
        if (len > box->len - 4)
            len = box->len - 4;
        media_tag(media, name, (const char *)p + 4, len);
    } else if (box->len > 6) {
        buf_init(&text, 1 << 16);
        bool wide = p[6] == 0xFE && box->len > 8 && p[7] == 0xFF;
        if (wide)
            (void)charset_to_utf8("UTF-16BE", p + 8, box->len - 8, &text);
        else
            (void)buf_append(&text, p + 6, strnlen((const char *)p + 6, box->len - 6));
        media_tag(media, name, text.data, strlen(text.data));
    }
}

/* 3GPP's place: name, role, longitude, latitude, altitude as 16.16 numbers. */
static void take_loci(struct media *media, const struct box *box)
{
    if (box->len < 7)
        return;
    size_t name = strnlen((const char *)box->data + 6, box->len - 6);
    if (6 + name + 1 + 1 + 12 > box->len)
        return;
    const unsigned char *p = box->data + 6 + name + 2;
    facts_add(&media->facts, "place", (const char *)box->data + 6, name);
    facts_place(&media->facts, (int32_t)be32_get(p + 4) / 65536.0, (int32_t)be32_get(p) / 65536.0);
}

static void read_user_data(struct media *media, const struct box *udta)
{
    struct box box;

    for (size_t at = 0; box_next(udta->data, udta->len, &at, &box) && !media->emit->stop;) {
        const char *name = tag_name(box.type);
        if (strcmp(box.type, "meta") == 0)
            read_meta(media, &box);
        else if (strcmp(box.type, "XMP_") == 0)
            xmp_facts((const char *)box.data, box.len, &media->facts);
        else if (strcmp(box.type, "loci") == 0)
            take_loci(media, &box);
        else if (name)
            take_user_text(media, &box, name);
    }
}

/* Where the samples of a track are. */
struct samples {
    const unsigned char *sizes, *chunks, *runs; /* after the heads of stsz, stco or co64, stsc */
    uint32_t size, count, chunk_count, run_count;
    bool wide;
};

static bool samples_open(const struct box *stbl, struct samples *samples)
{
    struct box box;

    *samples = (struct samples){0};
    if (!box_find(stbl->data, stbl->len, 0, "stsz", &box) || box.len < 12)
        return false;
    samples->size = be32_get(box.data + 4);
    samples->count = be32_get(box.data + 8);
    samples->sizes = box.data + 12;
    if (!samples->size && samples->count > (box.len - 12) / 4)
        samples->count = (uint32_t)((box.len - 12) / 4);
    samples->wide = !box_find(stbl->data, stbl->len, 0, "stco", &box);
    if (samples->wide && !box_find(stbl->data, stbl->len, 0, "co64", &box))
        return false;
    if (box.len < 8)
        return false;
    samples->chunk_count = be32_get(box.data + 4);
    samples->chunks = box.data + 8;
    if (samples->chunk_count > (box.len - 8) / (samples->wide ? 8 : 4))
        samples->chunk_count = (uint32_t)((box.len - 8) / (samples->wide ? 8 : 4));
    if (!box_find(stbl->data, stbl->len, 0, "stsc", &box) || box.len < 8)
        return false;
    samples->run_count = be32_get(box.data + 4);
    samples->runs = box.data + 8;
    if (samples->run_count > (box.len - 8) / 12)
        samples->run_count = (uint32_t)((box.len - 8) / 12);
    return true;
}

/* A line of a text track: a length and text, or for WebVTT boxes with the text in "payl". */
static void put_sample(struct media *media, const unsigned char *data, size_t len, bool webvtt)
{
    struct box cue, payload;

    if (webvtt) {
        for (size_t at = 0; box_next(data, len, &at, &cue);)
            if (box_find(cue.data, cue.len, 0, "payl", &payload))
                media_line(media, (const char *)payload.data, payload.len);
        return;
    }
    if (len < 2)
        return;
    size_t size = be16_get(data);
    if (size > len - 2)
        size = len - 2;
    CLEANUP(cleanup_buf) struct buf text = {0};
    buf_init(&text, (size_t)3 * SAMPLE_BYTES_MAX);
    if (size >= 2 && data[2] == 0xFE && data[3] == 0xFF)
        (void)charset_to_utf8("UTF-16BE", data + 4, size - 2, &text);
    else
        (void)charset_text(NULL, data + 2, size, &text);
    if (text.len)
        media_line(media, text.data, text.len);
}

static void read_samples(struct media *media, const struct samples *samples, bool webvtt)
{
    uint32_t sample = 0;
    uint32_t run = 0;

    for (uint32_t chunk = 0; chunk < samples->chunk_count; chunk++) {
        while (run + 1 < samples->run_count &&
               be32_get(samples->runs + (size_t)(run + 1) * 12) <= chunk + 1)
            run++;
        uint32_t in_chunk = samples->run_count ? be32_get(samples->runs + (size_t)run * 12 + 4) : 1;
        uint64_t at = samples->wide ? be64_get(samples->chunks + (size_t)chunk * 8)
                                    : be32_get(samples->chunks + (size_t)chunk * 4);
        for (uint32_t i = 0; i < in_chunk; i++, sample++) {
            if (sample >= samples->count || sample >= SAMPLES_MAX || media->emit->stop)
                return;
            uint32_t size =
                samples->size ? samples->size : be32_get(samples->sizes + (size_t)sample * 4);
            if (at <= media->len && size <= media->len - at && size <= SAMPLE_BYTES_MAX)
                put_sample(media, media->data + at, size, webvtt);
            at += size;
        }
    }
}

static void say_codec(struct media *media, const char *handler, const struct box *entry)
{
    char text[64];
    char codec[5];

    memcpy(codec, entry->type, sizeof(codec));
    for (size_t i = 0; i < 4; i++)
        if (codec[i] < ' ' || codec[i] > '~')
            codec[i] = '?';
    if (strcmp(handler, "vide") == 0 && entry->len >= 28) {
        media->film = true;
        snprintf(text, sizeof(text), "%s %ux%u", codec, be16_get(entry->data + 24),
                 be16_get(entry->data + 26));
        facts_add_str(&media->facts, "picture", text);
    } else if (strcmp(handler, "soun") == 0 && entry->len >= 28) {
        snprintf(text, sizeof(text), "%s %u Hz", codec, be16_get(entry->data + 24));
        facts_add_str(&media->facts, "sound", text);
    }
}

static void read_track(struct media *media, const struct box *trak)
{
    struct box mdia, box, minf, stbl, stsd, entry, udta;
    struct samples samples;
    char handler[5] = "";
    size_t at = 8;

    if (box_find(trak->data, trak->len, 0, "udta", &udta))
        read_user_data(media, &udta);
    if (!box_find(trak->data, trak->len, 0, "mdia", &mdia))
        return;
    if (box_find(mdia.data, mdia.len, 0, "hdlr", &box) && box.len >= 12) {
        memcpy(handler, box.data + 8, 4);
        if (box.len > 24)
            facts_add(&media->facts, "handler", (const char *)box.data + 24,
                      strnlen((const char *)box.data + 24, box.len - 24));
    }
    if (!box_find(mdia.data, mdia.len, 0, "minf", &minf) ||
        !box_find(minf.data, minf.len, 0, "stbl", &stbl) ||
        !box_find(stbl.data, stbl.len, 0, "stsd", &stsd) ||
        !box_next(stsd.data, stsd.len, &at, &entry))
        return;
    say_codec(media, handler, &entry);
    bool text = strcmp(handler, "text") == 0 || strcmp(handler, "sbtl") == 0 ||
                strcmp(handler, "subt") == 0 || strcmp(handler, "clcp") == 0;
    if (text && samples_open(&stbl, &samples))
        read_samples(media, &samples, strcmp(entry.type, "wvtt") == 0);
}

static void read_movie(struct media *media, const struct box *moov)
{
    struct box box;

    read_header(media, moov);
    for (size_t at = 0; box_next(moov->data, moov->len, &at, &box) && !media->emit->stop;) {
        if (strcmp(box.type, "trak") == 0)
            read_track(media, &box);
        else if (strcmp(box.type, "udta") == 0)
            read_user_data(media, &box);
        else if (strcmp(box.type, "meta") == 0)
            read_meta(media, &box);
    }
}

bool media_mp4(struct media *media)
{
    static const char XMP[] = "\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC";
    static const char *const starts[] = {"ftyp", "moov", "mdat", "wide", "free", "skip", "pnot"};
    enum { UUID = 16 };
    struct box box;
    bool known = false, indexed = false;
    size_t at = 0;

    if (media->len < 8)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(starts); i++)
        known |= memcmp(media->data + 4, starts[i], 4) == 0;
    if (!known)
        return false;
    while (box_next(media->data, media->len, &at, &box) && !media->emit->stop) {
        if (strcmp(box.type, "ftyp") == 0 && box.len >= 4) {
            facts_add(&media->facts, "format", (const char *)box.data, 4);
        } else if (strcmp(box.type, "moov") == 0) {
            indexed = true;
            read_movie(media, &box);
        } else if (strcmp(box.type, "uuid") == 0 && box.len > UUID &&
                   memcmp(box.data, XMP, UUID) == 0) {
            xmp_facts((const char *)box.data + UUID, box.len - UUID, &media->facts);
        }
    }
    media->cut = !indexed;
    return true;
}
