/*
 * Sound and film: what the file says of itself (who, when, where, with what, how long), and the
 * words that are text in it: subtitles, lyrics, chapters, comments. What is spoken is not read, and
 * the verdict says so (`no-speech-reader`). Cover pictures and attached files are children.
 *
 * A file is read by its structure only; no sound or picture is decoded. Facts are named as in
 * facts.h, besides: duration (h:mm:ss.mmm), format, codec, sound, picture, album, genre, track.
 */
#ifndef WORKER_MEDIA_H
#define WORKER_MEDIA_H

#include "worker/image/facts.h"
#include "worker/reader.h"

struct media {
    const unsigned char *data;
    size_t len;
    struct emit *emit;
    struct facts facts;
    double seconds; /* 0: unknown */
    bool film;
    bool cut;        /* the file ends before its index or its last part */
    unsigned covers; /* children so far */
};

/* Each gives out what a family of formats says. False when the bytes are not of it. */
bool media_mp4(struct media *media);
bool media_matroska(struct media *media);
bool media_riff(struct media *media); /* WAV, AVI, AIFF */
bool media_ogg(struct media *media);  /* Vorbis, Opus, Speex, Theora, FLAC in Ogg */
bool media_flac(struct media *media);
bool media_asf(struct media *media); /* WMA, WMV */
bool media_flv(struct media *media);
bool media_midi(struct media *media);
bool media_amr(struct media *media);
bool media_mpeg(struct media *media); /* MP3 and its kin; last, since its mark is short */

/* ---- for the readers above ---- */

/* A picture or file inside; `mime` may be "". */
void media_child(struct media *media, const char *name, const char *mime, const void *data,
                 size_t len);
/* A line of text. */
void media_line(struct media *media, const char *text, size_t len);
/* An ID3v2 tag at the start of these bytes: its length, 0 when there is none; and what it says. */
size_t id3_length(const unsigned char *data, size_t len);
size_t id3_facts(struct media *media, const unsigned char *data, size_t len);
/* A fact by the name that tags of many formats share ("TITLE", "artist", ...); others are left out
 * unless they are of the kind that people write. */
void media_tag(struct media *media, const char *name, const char *value, size_t len);

struct verdict media_read(const struct input *input, struct emit *emit);

#endif
