#include "worker/media/media.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void media_child(struct media *media, const char *name, const char *mime, const void *data,
                 size_t len)
{
    enum { CHILDREN_OF_MEDIA_MAX = 1000 };

    if (len == 0 || media->covers++ >= CHILDREN_OF_MEDIA_MAX)
        return;
    emit_child(media->emit, name, strlen(name), mime, INT64_MIN);
    emit_child_data(media->emit, data, len);
    emit_child_end(media->emit, REASON_NONE, "");
}

void media_line(struct media *media, const char *text, size_t len)
{
    emit_flow(media->emit, TEXT_MAIN, text, len);
    emit_flow_str(media->emit, TEXT_MAIN, "\n");
}

/* "+35.6892+051.3890+1189.0/" (ISO 6709). */
static void media_place(struct media *media, const char *text)
{
    char *end;
    double latitude = strtod(text, &end);

    if (end == text || (*end != '+' && *end != '-'))
        return;
    text = end;
    double longitude = strtod(text, &end);
    if (end == text)
        return;
    facts_place(&media->facts, latitude, longitude);
    if (*end == '+' || *end == '-')
        facts_altitude(&media->facts, strtod(end, NULL));
}

static const struct {
    const char *name, *key;
} TAGS[] = {
    {"title", "title"},
    {"subtitle", "title"},
    {"artist", "author"},
    {"author", "author"},
    {"performer", "author"},
    {"albumartist", "author"},
    {"composer", "composer"},
    {"director", "director"},
    {"album", "album"},
    {"genre", "genre"},
    {"track", "track"},
    {"tracknumber", "track"},
    {"comment", "comment"},
    {"comments", "comment"},
    {"description", "description"},
    {"synopsis", "description"},
    {"summary", "description"},
    {"copyright", "copyright"},
    {"license", "copyright"},
    {"publisher", "publisher"},
    {"organization", "publisher"},
    {"contact", "contact"},
    {"keywords", "keywords"},
    {"software", "software"},
    {"encoder", "software"},
    {"encodedby", "owner"},
    {"encodersettings", "software"},
    {"tool", "software"},
    {"writingapp", "software"},
    {"make", "camera"},
    {"model", "camera"},
    {"language", "language"},
    {"url", "url"},
    {"purl", "url"},
    {"website", "url"},
    {"show", "album"},
    {"network", "publisher"},
    {"lyrics", NULL},
    {"unsyncedlyrics", NULL},
    {"date", NULL},
    {"year", NULL},
    {"creationdate", NULL},
    {"creationtime", NULL},
    {"recordeddate", NULL},
    {"daterecorded", NULL},
    {"location", NULL},
    {"locationiso6709", NULL},
};

/* "com.apple.quicktime.creationdate", "WM/Album Artist", "ENCODED-BY": their last word, without
 * punctuation, in lower case. */
static void plain_name(const char *name, char *out, size_t size)
{
    const char *dot = strrchr(name, '.');
    const char *slash = strrchr(name, '/');
    size_t n = 0;

    if (dot && strncmp(name, "com.", 4) == 0 && strcasecmp(dot, ".ISO6709") != 0)
        name = dot + 1;
    else if (dot && strcasecmp(dot, ".ISO6709") == 0)
        name = "location";
    else if (slash && strncmp(name, "WM/", 3) == 0)
        name = slash + 1;
    for (; *name && n + 1 < size; name++)
        if (isalnum((unsigned char)*name))
            out[n++] = (char)tolower((unsigned char)*name);
    out[n] = '\0';
}

static void take_special(struct media *media, const char *plain, const char *value, size_t len)
{
    CLEANUP(cleanup_free) char *text = mem_strndup(value, len);

    if (strstr(plain, "lyrics")) {
        media_line(media, value, len);
    } else if (strstr(plain, "location")) {
        media_place(media, text);
    } else if (len == 4 && strspn(text, "0123456789") == 4) {
        facts_add(&media->facts, "year", value, len);
    } else {
        facts_date(&media->facts, FACT_DATE_TAKEN, text, "");
    }
}

void media_tag(struct media *media, const char *name, const char *value, size_t len)
{
    char plain[64];

    plain_name(name, plain, sizeof(plain));
    while (len && value[len - 1] == '\0')
        len--;
    if (len == 0 || memchr(value, '\0', len))
        return;
    for (size_t i = 0; i < ARRAY_LEN(TAGS); i++) {
        if (strcmp(TAGS[i].name, plain) != 0)
            continue;
        if (TAGS[i].key)
            facts_add(&media->facts, TAGS[i].key, value, len);
        else
            take_special(media, plain, value, len);
        return;
    }
}

static void say_duration(struct media *media)
{
    char text[48];

    if (!(media->seconds > 0 && media->seconds < 1e8))
        return;
    uint64_t ms = (uint64_t)(media->seconds * 1000 + 0.5);
    snprintf(text, sizeof(text), "%llu:%02u:%02u.%03u", (unsigned long long)(ms / 3600000),
             (unsigned)(ms / 60000 % 60), (unsigned)(ms / 1000 % 60), (unsigned)(ms % 1000));
    facts_add_str(&media->facts, "duration", text);
}

static struct verdict conclude(const struct media *media)
{
    struct verdict verdict = verdict_by_words(media->emit);
    const char *what = media->film ? "film" : "sound";

    verdict.reason = REASON_NO_SPEECH_READER;
    if (verdict.outcome == OUTCOME_EMPTY && media->cut)
        return verdict_failed(REASON_TRUNCATED, "the %s ends before its index", what);
    snprintf(verdict.detail, sizeof(verdict.detail), "%s; what is said in it is not read", what);
    return verdict;
}

/* Formats that do not say in a place known here whether they have a picture. */
static bool is_film(const char *mime)
{
    return strcmp(mime, "video/mpeg") == 0 || strcmp(mime, "video/mp2t") == 0 ||
           strcmp(mime, "video/x-flv") == 0;
}

struct verdict media_read(const struct input *input, struct emit *emit)
{
    static bool (*const readers_of_media[])(struct media *) = {
        media_mp4, media_matroska, media_riff, media_ogg, media_flac,
        media_asf, media_flv,      media_midi, media_amr, media_mpeg,
    };
    struct media media = {
        .data = input->data, .len = input->len, .emit = emit, .film = is_film(input->mime)};

    facts_init(&media.facts, emit);
    for (size_t i = 0; i < ARRAY_LEN(readers_of_media); i++)
        if (readers_of_media[i](&media))
            break;
    say_duration(&media);
    facts_finish(&media.facts);
    return conclude(&media);
}
