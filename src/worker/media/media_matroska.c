/*
 * Matroska and WebM: EBML (RFC 8794, RFC 9559).
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "worker/media/media.h"

enum {
    DEPTH_MAX = 8,
    TRACKS_MAX = 128,
    ELEMENTS_MAX = 5000000,
    EPOCH_2001 = 978307200,
};

enum id {
    ID_EBML = 0x1A45DFA3,
    ID_DOCTYPE = 0x4282,
    ID_SEGMENT = 0x18538067,
    ID_INFO = 0x1549A966,
    ID_TITLE = 0x7BA9,
    ID_DATE = 0x4461,
    ID_SCALE = 0x2AD7B1,
    ID_DURATION = 0x4489,
    ID_WRITING_APP = 0x5741,
    ID_TRACKS = 0x1654AE6B,
    ID_TRACK = 0xAE,
    ID_TRACK_NUMBER = 0xD7,
    ID_TRACK_NAME = 0x536E,
    ID_CODEC = 0x86,
    ID_VIDEO = 0xE0,
    ID_WIDTH = 0xB0,
    ID_HEIGHT = 0xBA,
    ID_AUDIO = 0xE1,
    ID_CHAPTERS = 0x1043A770,
    ID_EDITION = 0x45B9,
    ID_CHAPTER = 0xB6,
    ID_CHAPTER_DISPLAY = 0x80,
    ID_CHAPTER_TEXT = 0x85,
    ID_TAGS = 0x1254C367,
    ID_TAG = 0x7373,
    ID_SIMPLE_TAG = 0x67C8,
    ID_TAG_NAME = 0x45A3,
    ID_TAG_TEXT = 0x4487,
    ID_ATTACHMENTS = 0x1941A469,
    ID_ATTACHED = 0x61A7,
    ID_FILE_NAME = 0x466E,
    ID_FILE_MIME = 0x4660,
    ID_FILE_DATA = 0x465C,
    ID_CLUSTER = 0x1F43B675,
    ID_SIMPLE_BLOCK = 0xA3,
    ID_BLOCK_GROUP = 0xA0,
    ID_BLOCK = 0xA1,
};

/* An element's bytes. */
struct element {
    uint32_t id;
    const unsigned char *data;
    size_t len;
};

struct matroska {
    struct media *media;
    bool text_track[TRACKS_MAX], ass[TRACKS_MAX];
    size_t track; /* number of the open track */
    uint64_t width, height;
    double duration, scale;
    char tag[128], file_name[512], file_mime[128];
    uint32_t elements;
};

/* A number whose first byte says how long it is; `keep` leaves that mark in. Its length, or 0. */
static size_t number(const unsigned char *data, size_t len, bool keep, uint64_t *ret_value)
{
    size_t size = 1;

    if (len == 0 || data[0] == 0)
        return 0;
    while (!(data[0] & 0x80 >> (size - 1)))
        size++;
    if (size > len)
        return 0;
    uint64_t value = keep ? data[0] : data[0] & (0xFF >> size);
    for (size_t i = 1; i < size; i++)
        value = value << 8 | data[i];
    *ret_value = value;
    return size;
}

static bool next(const unsigned char *data, size_t len, size_t *at, struct element *element)
{
    uint64_t id;
    uint64_t size;

    if (*at >= len)
        return false;
    size_t id_len = number(data + *at, len - *at, true, &id);
    if (id_len == 0 || id_len > 4)
        return false;
    size_t size_len = number(data + *at + id_len, len - *at - id_len, false, &size);
    if (size_len == 0)
        return false;
    size_t from = *at + id_len + size_len;
    bool unknown = size == (UINT64_C(1) << 7 * size_len) - 1;
    if (unknown || size > len - from)
        size = len - from; /* a live recording, or one cut short: up to the end */
    *element = (struct element){(uint32_t)id, data + from, (size_t)size};
    *at = from + (size_t)size;
    return true;
}

static uint64_t unsigned_of(const struct element *element)
{
    return be_get(element->data, element->len < 8 ? element->len : 8);
}

static double float_of(const struct element *element)
{
    uint64_t bits = unsigned_of(element);
    uint32_t small = (uint32_t)bits;
    float single;
    double value;

    if (element->len == 4) {
        memcpy(&single, &small, sizeof(single));
        return single;
    }
    memcpy(&value, &bits, sizeof(value));
    return element->len == 8 ? value : 0;
}

static void text_of(const struct element *element, char *out, size_t size)
{
    size_t len = strnlen((const char *)element->data, element->len);

    if (len >= size)
        len = size - 1;
    memcpy(out, element->data, len);
    out[len] = '\0';
}

/* Nanoseconds since 2001. */
static void take_date(struct matroska *file, const struct element *element)
{
    char text[32];
    struct tm tm;
    time_t seconds = (time_t)((int64_t)unsigned_of(element) / 1000000000 + EPOCH_2001);

    if (element->len == 8 && seconds > 0 && seconds < 4102444800 && gmtime_r(&seconds, &tm)) {
        strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
        facts_date(&file->media->facts, FACT_DATE_MADE, text, "");
    }
}

static void take_codec(struct matroska *file, const struct element *element)
{
    char codec[64];

    text_of(element, codec, sizeof(codec));
    facts_add_str(&file->media->facts, "codec", codec);
    file->media->film |= codec[0] == 'V';
    if (file->track < TRACKS_MAX) {
        file->text_track[file->track] = strncmp(codec, "S_TEXT", 6) == 0;
        file->ass[file->track] = strstr(codec, "ASS") || strstr(codec, "SSA");
    }
}

/* A block: track, two bytes of time, flags, then the subtitle. ASS has eight fields before it. */
static void take_block(struct matroska *file, const struct element *element)
{
    uint64_t track;
    size_t head = number(element->data, element->len, false, &track);

    if (head == 0 || track >= TRACKS_MAX || !file->text_track[track] || element->len < head + 3)
        return;
    const char *text = (const char *)element->data + head + 3;
    size_t len = element->len - head - 3;
    for (int comma = 0; comma < 8 && file->ass[track]; comma++) {
        const char *found = memchr(text, ',', len);
        if (!found)
            break;
        len -= (size_t)(found + 1 - text);
        text = found + 1;
    }
    media_line(file->media, text, len);
}

static void take(struct matroska *file, const struct element *element)
{
    struct facts *facts = &file->media->facts;
    const char *text = (const char *)element->data;
    size_t len = strnlen(text, element->len);

    switch (element->id) {
    case ID_DOCTYPE:
        facts_add(facts, "format", text, len);
        break;
    case ID_TITLE:
        facts_add(facts, "title", text, len);
        break;
    case ID_WRITING_APP:
        facts_add(facts, "software", text, len);
        break;
    case ID_DATE:
        take_date(file, element);
        break;
    case ID_SCALE:
        file->scale = (double)unsigned_of(element);
        break;
    case ID_DURATION:
        file->duration = float_of(element);
        break;
    case ID_TRACK_NUMBER:
        file->track = (size_t)unsigned_of(element);
        break;
    case ID_TRACK_NAME:
        facts_add(facts, "track-name", text, len);
        break;
    case ID_CODEC:
        take_codec(file, element);
        break;
    case ID_WIDTH:
        file->width = unsigned_of(element);
        break;
    case ID_HEIGHT:
        file->height = unsigned_of(element);
        break;
    case ID_CHAPTER_TEXT:
        media_line(file->media, text, len);
        break;
    case ID_TAG_NAME:
        text_of(element, file->tag, sizeof(file->tag));
        break;
    case ID_TAG_TEXT:
        media_tag(file->media, file->tag, text, len);
        break;
    case ID_FILE_NAME:
        text_of(element, file->file_name, sizeof(file->file_name));
        break;
    case ID_FILE_MIME:
        text_of(element, file->file_mime, sizeof(file->file_mime));
        break;
    case ID_FILE_DATA:
        media_child(file->media, file->file_name[0] ? file->file_name : "attachment",
                    file->file_mime, element->data, element->len);
        break;
    case ID_SIMPLE_BLOCK:
    case ID_BLOCK:
        take_block(file, element);
        break;
    default:
        break;
    }
}

static bool is_master(uint32_t id)
{
    static const uint32_t masters[] = {
        ID_EBML,       ID_SEGMENT,  ID_INFO,     ID_TRACKS,          ID_TRACK,       ID_VIDEO,
        ID_AUDIO,      ID_CHAPTERS, ID_EDITION,  ID_CHAPTER,         ID_TAGS,        ID_TAG,
        ID_SIMPLE_TAG, ID_CLUSTER,  ID_ATTACHED, ID_CHAPTER_DISPLAY, ID_ATTACHMENTS, ID_BLOCK_GROUP,
    };

    for (size_t i = 0; i < ARRAY_LEN(masters); i++)
        if (masters[i] == id)
            return true;
    return false;
}

static void walk(struct matroska *file, const unsigned char *data, size_t len, int depth)
{
    struct element element;

    for (size_t at = 0; next(data, len, &at, &element) && !file->media->emit->stop;) {
        if (++file->elements > ELEMENTS_MAX)
            return;
        if (is_master(element.id) && depth < DEPTH_MAX)
            walk(file, element.data, element.len, depth + 1);
        else
            take(file, &element);
    }
}

bool media_matroska(struct media *media)
{
    CLEANUP(cleanup_free) struct matroska *file = mem_zalloc(1, sizeof(*file));
    char text[48];

    if (media->len < 4 || memcmp(media->data, "\x1A\x45\xDF\xA3", 4) != 0)
        return false;
    file->media = media;
    file->scale = 1000000;
    walk(file, media->data, media->len, 0);
    if (file->width && file->height) {
        snprintf(text, sizeof(text), "%llux%llu", (unsigned long long)file->width,
                 (unsigned long long)file->height);
        facts_add_str(&media->facts, "picture", text);
    }
    media->seconds = file->duration * file->scale / 1e9;
    return true;
}
