/* Sound and film: what files say of themselves, the words in them that are text, and every cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "parts_told.h"

enum { FILE_MAX = 1 << 16 };

static void has(const struct buf *text, const char *wanted)
{
    if (!strstr(text->data, wanted))
        fail_msg("no \"%s\" in:\n%.2000s", wanted, text->data);
}

static void put_be(struct buf *out, uint64_t value, unsigned bytes)
{
    while (bytes--)
        (void)buf_append_char(out, (char)(value >> 8 * bytes));
}

/* Puts what `body` holds into a box and empties it. */
static void put_box(struct buf *out, const char *type, struct buf *body)
{
    put_be(out, body->len + 8, 4);
    (void)buf_append(out, type, 4);
    (void)buf_append(out, body->data, body->len);
    buf_clear(body);
}

static void put_box_str(struct buf *out, const char *type, const void *bytes, size_t len)
{
    put_be(out, len + 8, 4);
    (void)buf_append(out, type, 4);
    (void)buf_append(out, bytes, len);
}

/* A track of subtitles with one sample, whose bytes lie at `sample_at`. */
static void put_text_track(struct buf *out, uint32_t sample_at, uint32_t sample_len)
{
    CLEANUP(cleanup_buf) struct buf stbl = {0};
    CLEANUP(cleanup_buf) struct buf body = {0};

    buf_init(&stbl, FILE_MAX);
    buf_init(&body, FILE_MAX);
    put_be(&body, 0, 4), put_be(&body, 1, 4);
    put_box_str(&body, "tx3g", "\0\0\0\0\0\0\0\1", 8);
    put_box(&stbl, "stsd", &body);
    put_be(&body, 0, 4), put_be(&body, 0, 4), put_be(&body, 1, 4), put_be(&body, sample_len, 4);
    put_box(&stbl, "stsz", &body);
    put_be(&body, 0, 4), put_be(&body, 1, 4), put_be(&body, sample_at, 4);
    put_box(&stbl, "stco", &body);
    put_be(&body, 0, 4), put_be(&body, 1, 4);
    put_be(&body, 1, 4), put_be(&body, 1, 4), put_be(&body, 1, 4);
    put_box(&stbl, "stsc", &body);
    put_box(&body, "stbl", &stbl);
    put_box(&stbl, "minf", &body);
    put_be(&body, 0, 8);
    (void)buf_append(&body, "sbtl\0\0\0\0\0\0\0\0\0\0\0\0", 16);
    put_box(out, "hdlr", &body);
    (void)buf_append(out, stbl.data, stbl.len);
}

static void build_mp4(struct buf *out)
{
    static const char sample[] = "\0\x0AHello film";
    static const char place[] = "\0\x12\x15\xC7+35.6892+051.3890/";
    CLEANUP(cleanup_buf) struct buf moov = {0};
    CLEANUP(cleanup_buf) struct buf body = {0};
    CLEANUP(cleanup_buf) struct buf box = {0};

    buf_init(out, FILE_MAX);
    buf_init(&moov, FILE_MAX);
    buf_init(&body, FILE_MAX);
    buf_init(&box, FILE_MAX);
    put_box_str(out, "ftyp", "isom\0\0\0\0", 8);
    uint32_t sample_at = (uint32_t)out->len + 8;
    put_box_str(out, "mdat", sample, sizeof(sample) - 1);
    put_be(&body, 0, 4), put_be(&body, 3657000000, 4), put_be(&body, 3657000000, 4);
    put_be(&body, 1000, 4), put_be(&body, 62500, 4);
    put_be(&body, 0, 8);
    put_box(&moov, "mvhd", &body);
    put_box_str(&body, "\xA9xyz", place, sizeof(place) - 1);
    put_box(&moov, "udta", &body);
    put_text_track(&body, sample_at, sizeof(sample) - 1);
    put_box(&box, "mdia", &body);
    put_box(&moov, "trak", &box);
    put_box(out, "moov", &moov);
}

static void a_film_says_when_where_and_shows_its_subtitles(void **state)
{
    CLEANUP(cleanup_buf) struct buf film = {0};
    struct told told;

    (void)state;
    build_mp4(&film);
    told_read(&told, "x.mp4", film.data, film.len, PLENTY);
    assert_string_equal(told.mime, "video/mp4");
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_int_equal(told.reason, REASON_NO_SPEECH_READER);
    assert_string_equal(told.main.data, "Hello film\n");
    has(&told.metas, "duration=0:01:02.500\n");
    has(&told.metas, "location=35.689200, 51.389000\n");
    has(&told.metas, "date=2019-11-19T");
    told_release(&told);
    for (size_t len = 24; len < film.len; len++) {
        told_read(&told, "x.mp4", film.data, len, PLENTY);
        assert_int_not_equal(told.outcome, OUTCOME_OCR);
        told_release(&told);
    }
    told_read(&told, "x.mp4", film.data, 40, PLENTY);
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    assert_int_equal(told.reason, REASON_TRUNCATED);
    told_release(&told);
}

/* An EBML element with a length of one or two bytes. */
static void put_element(struct buf *out, uint32_t id, unsigned id_len, const void *data, size_t len)
{
    put_be(out, id, id_len);
    if (len < 127)
        put_be(out, 0x80 | len, 1);
    else
        put_be(out, 0x4000 | len, 2);
    (void)buf_append(out, data, len);
}

static void put_master(struct buf *out, uint32_t id, unsigned id_len, struct buf *body)
{
    put_element(out, id, id_len, body->data, body->len);
    buf_clear(body);
}

static void build_matroska(struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf segment = {0};
    CLEANUP(cleanup_buf) struct buf body = {0};
    CLEANUP(cleanup_buf) struct buf inner = {0};

    buf_init(out, FILE_MAX);
    buf_init(&segment, FILE_MAX);
    buf_init(&body, FILE_MAX);
    buf_init(&inner, FILE_MAX);
    put_element(&body, 0x4282, 2, "matroska", 8);
    put_master(out, 0x1A45DFA3, 4, &body);
    put_element(&body, 0x7BA9, 2, "A title", 7);
    put_element(&body, 0x4489, 2, "\x40\x8F\x40\0\0\0\0\0", 8); /* 1000 */
    put_master(&segment, 0x1549A966, 4, &body);
    put_element(&inner, 0xD7, 1, "\1", 1);
    put_element(&inner, 0x86, 1, "S_TEXT/UTF8", 11);
    put_master(&body, 0xAE, 1, &inner);
    put_master(&segment, 0x1654AE6B, 4, &body);
    put_element(&body, 0xA3, 1, "\x81\0\0\x80spoken words", 16);
    put_master(&segment, 0x1F43B675, 4, &body);
    put_element(&inner, 0x466E, 2, "note.txt", 8);
    put_element(&inner, 0x4660, 2, "text/plain", 10);
    put_element(&inner, 0x465C, 2, "attached", 8);
    put_master(&body, 0x61A7, 2, &inner);
    put_master(&segment, 0x1941A469, 4, &body);
    put_master(out, 0x18538067, 4, &segment);
}

static void matroska_has_subtitles_and_attachments(void **state)
{
    CLEANUP(cleanup_buf) struct buf film = {0};
    struct told told;

    (void)state;
    build_matroska(&film);
    told_read(&told, "x.mkv", film.data, film.len, PLENTY);
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_int_equal(told.reason, REASON_NO_SPEECH_READER);
    assert_string_equal(told.main.data, "spoken words\n");
    has(&told.metas, "title=A title\n");
    has(&told.metas, "duration=0:00:01.000\n");
    has(&told.children, "note.txt (text/plain) 8");
    told_release(&told);
    for (size_t len = 4; len < film.len; len++) {
        told_read(&told, "x.mkv", film.data, len, PLENTY);
        told_release(&told);
    }
}

static void put_frame(struct buf *out, const char *name, const void *data, size_t len)
{
    (void)buf_append(out, name, 4);
    put_be(out, len, 4);
    put_be(out, 0, 2);
    (void)buf_append(out, data, len);
}

static void an_id3_tag_holds_lyrics_and_a_cover(void **state)
{
    static const char title[] = "\1\xFF\xFE\x33\x06\x44\x06\x27\x06\x45\x06"; /* UTF-16 */
    CLEANUP(cleanup_buf) struct buf tag = {0};
    CLEANUP(cleanup_buf) struct buf frames = {0};
    struct told told;

    (void)state;
    buf_init(&tag, FILE_MAX);
    buf_init(&frames, FILE_MAX);
    put_frame(&frames, "TIT2", title, sizeof(title) - 1);
    put_frame(&frames, "USLT", "\3engnote\0first line", 20);
    put_frame(&frames, "APIC", "\0image/jpeg\0\3\0\xFF\xD8\xFF picture", 25);
    (void)buf_append(&tag, "ID3\3\0\0\0\0", 8);
    put_be(&tag, (frames.len >> 7) << 8 | (frames.len & 0x7F), 2);
    (void)buf_append(&tag, frames.data, frames.len);
    for (size_t cut = 0; cut < tag.len - 10; cut++) {
        told_read(&told, "x.mp3", tag.data, tag.len - cut, PLENTY);
        if (cut == 0) {
            assert_string_equal(told.mime, "audio/mpeg");
            assert_string_equal(told.main.data, "first line\n");
            has(&told.metas, "title=\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85\n");
            has(&told.children, "cover.jpg () 11");
        }
        told_release(&told);
    }
}

static void a_voice_note_is_named_as_unheard(void **state)
{
    static const char amr[] = "#!AMR\n\x04" /* three frames of 13 bytes */
                              "............\x04............\x04............";
    struct told told;

    (void)state;
    told_read(&told, "PTT-1.amr", amr, sizeof(amr) - 1, PLENTY);
    assert_string_equal(told.mime, "audio/amr");
    assert_int_equal(told.outcome, OUTCOME_EMPTY);
    assert_int_equal(told.reason, REASON_NO_SPEECH_READER);
    assert_string_equal(told.detail, "sound; what is said in it is not read");
    has(&told.metas, "duration=0:00:00.06"); /* 0.060 s, less what the marks round to */
    told_release(&told);
}

static void midi_sings(void **state)
{
    static const char midi[] = "MThd\0\0\0\6\0\0\0\1\0\x60"
                               "MTrk\0\0\0\x14"
                               "\0\xFF\x03\x03one\0\xFF\x05\x05words\0\xFF\x2F\0";
    struct told told;

    (void)state;
    told_read(&told, "x.mid", midi, sizeof(midi) - 1, PLENTY);
    assert_string_equal(told.main.data, "words\n");
    has(&told.metas, "track-name=one\n");
    told_release(&told);
}

static void real_recordings(void **state)
{
    struct told told;

    (void)state;
    if (!told_read_shared(&told, "fixtures/aleph-ingest-file/memo.m4a")) {
        skip();
        return;
    }
    assert_int_equal(told.reason, REASON_NO_SPEECH_READER);
    has(&told.metas, "software=com.apple.VoiceMemos (iOS 11.4)\n");
    has(&told.metas, "duration=0:00:02.808\n");
    told_release(&told);
    assert_true(told_read_shared(&told, "fixtures/tika/integration/testVORBIS.ogg"));
    has(&told.metas, "title=Test Title\n");
    told_release(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_film_says_when_where_and_shows_its_subtitles),
        cmocka_unit_test(matroska_has_subtitles_and_attachments),
        cmocka_unit_test(an_id3_tag_holds_lyrics_and_a_cover),
        cmocka_unit_test(a_voice_note_is_named_as_unheard),
        cmocka_unit_test(midi_sings),
        cmocka_unit_test(real_recordings),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
