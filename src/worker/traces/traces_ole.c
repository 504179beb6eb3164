#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "worker/ole/cfb.h"
#include "worker/plain/charset.h"
#include "worker/traces/traces.h"
#include "worker/windows_time.h"

enum { STREAM_MAX = 32 << 20 };

static void send_child(const char *name, const char *mime, int64_t time, const unsigned char *data,
                       size_t len, struct emit *emit)
{
    emit_child(emit, name, strlen(name), mime, time);
    emit_child_data(emit, data, len);
    emit_child_end(emit, REASON_NONE, "");
}

/* ---- jump lists ---- */

/* The list of paths: when each was used last, on which machine. Versions of Windows 7 and of 10
 * differ in how far from the entry's start the path stands. */
static void put_list(const struct buf *list, struct emit *emit)
{
    enum { HEAD = 32, MACHINE_AT = 72, MACHINE_LEN = 16, TIME_AT = 100, OLD = 112, NEW = 128 };
    CLEANUP(cleanup_buf) struct buf text = {0};
    const unsigned char *data = (const unsigned char *)list->data;
    size_t path_at = list->len >= HEAD && le32_get(data) > 1 ? NEW : OLD;
    size_t tail = path_at == NEW ? 4 : 0;

    buf_init(&text, STREAM_MAX);
    for (size_t at = HEAD; at < list->len && list->len - at >= path_at + 2;) {
        const unsigned char *p = data + at;
        size_t path = (size_t)le16_get(p + path_at) * 2;
        char when[WINDOWS_TIME_SPACE];
        if (path > list->len - at - path_at - 2)
            return;
        buf_clear(&text);
        (void)charset_to_utf8("UTF-16LE", p + path_at + 2, path, &text);
        (void)windows_time_text(le64_get(p + TIME_AT), when);
        (void)buf_printf(&text, "\t%s\t%.*s\n", when,
                         (int)strnlen((const char *)p + MACHINE_AT, MACHINE_LEN),
                         (const char *)p + MACHINE_AT);
        emit_flow(emit, TEXT_MAIN, text.data, text.len);
        at += path_at + 2 + path + tail;
    }
}

struct verdict jump_list_read(const struct input *input, struct emit *emit)
{
    CLEANUP(cleanup_cfb) struct cfb *cfb = cfb_open(input->data, input->len);

    if (!cfb)
        return verdict_failed(REASON_CORRUPT, "the compound file has no directory");
    for (const struct cfb_entry *e = cfb_root(cfb)->first; e && !emit->stop; e = e->next) {
        CLEANUP(cleanup_buf) struct buf bytes = {0};
        char name[CFB_NAME_MAX + 8];
        buf_init(&bytes, STREAM_MAX);
        (void)cfb_read(cfb, e, &bytes);
        if (strcmp(e->name, "DestList") == 0) {
            put_list(&bytes, emit);
        } else if (bytes.len) {
            snprintf(name, sizeof(name), "%s.lnk", e->name);
            send_child(name, "application/x-ms-shortcut", INT64_MIN,
                       (const unsigned char *)bytes.data, bytes.len, emit);
        }
    }
    struct verdict verdict = verdict_by_words(emit);
    if (verdict.outcome == OUTCOME_EMPTY && emit->children)
        return verdict_empty(REASON_CONTAINER, "shortcuts to what was used last");
    return verdict;
}

/* ---- small pictures of a folder's files ---- */

struct thumbs {
    const struct cfb *cfb;
    struct emit *emit;
    struct buf text;
};

/* A stream is called by the entry's number backwards ("21" is the twelfth), newer ones have the
 * picture's size in front ("256_21"). Behind a header of 12 or 16 bytes stands a JPEG or PNG. */
static void send_picture(struct thumbs *thumbs, const struct cfb_entry *stream, const char *name,
                         int64_t time)
{
    enum { HEADS = 64 };
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    char full[1024];

    buf_init(&bytes, STREAM_MAX);
    (void)cfb_read(thumbs->cfb, stream, &bytes);
    for (size_t at = 0; at < HEADS && at + 4 <= bytes.len; at++) {
        const unsigned char *p = (const unsigned char *)bytes.data + at;
        bool jpeg = memcmp(p, "\xFF\xD8\xFF", 3) == 0;
        if (!jpeg && memcmp(p, "\x89PNG", 4) != 0)
            continue;
        snprintf(full, sizeof(full), "%.900s.%s", name, jpeg ? "jpg" : "png");
        send_child(full, jpeg ? "image/jpeg" : "image/png", time, p, bytes.len - at, thumbs->emit);
        return;
    }
}

static const struct cfb_entry *picture_of(const struct cfb *cfb, uint32_t number)
{
    char name[16];
    size_t len = 0;

    do {
        name[len++] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    name[len] = '\0';
    return cfb_child(cfb_root(cfb), name);
}

/* The catalogue of XP: each file's name, when it was changed, the number of its picture. */
static void read_catalogue(struct thumbs *thumbs, const struct cfb_entry *stream)
{
    enum { ENTRY_HEAD = 16 };
    CLEANUP(cleanup_buf) struct buf bytes = {0};

    buf_init(&bytes, STREAM_MAX);
    (void)cfb_read(thumbs->cfb, stream, &bytes);
    const unsigned char *data = (const unsigned char *)bytes.data;
    unsigned count = 0;
    for (size_t at = bytes.len > 2 ? le16_get(data) : bytes.len;
         at < bytes.len && bytes.len - at > ENTRY_HEAD && count < TRACES_MAX; count++) {
        size_t size = le32_get(data + at);
        if (size <= ENTRY_HEAD || size > bytes.len - at)
            return;
        const unsigned char *p = data + at;
        char when[WINDOWS_TIME_SPACE];
        size_t len = 0;
        while (ENTRY_HEAD + len + 2 <= size && (p[ENTRY_HEAD + len] || p[ENTRY_HEAD + len + 1]))
            len += 2;
        buf_clear(&thumbs->text);
        (void)charset_to_utf8("UTF-16LE", p + ENTRY_HEAD, len, &thumbs->text);
        const struct cfb_entry *picture = picture_of(thumbs->cfb, le32_get(p + 4));
        if (picture && thumbs->text.len)
            send_picture(thumbs, picture, thumbs->text.data, windows_time(le64_get(p + 8)));
        (void)windows_time_text(le64_get(p + 8), when);
        (void)buf_printf(&thumbs->text, "\t%s\n", when);
        emit_flow(thumbs->emit, TEXT_MAIN, thumbs->text.data, thumbs->text.len);
        at += size;
    }
}

struct verdict thumbs_read(const struct input *input, struct emit *emit)
{
    CLEANUP(cleanup_cfb) struct cfb *cfb = cfb_open(input->data, input->len);
    struct thumbs thumbs = {.cfb = cfb, .emit = emit};

    if (!cfb)
        return verdict_failed(REASON_CORRUPT, "the compound file has no directory");
    buf_init(&thumbs.text, STREAM_MAX);
    const struct cfb_entry *catalogue = cfb_child(cfb_root(cfb), "Catalog");
    if (catalogue)
        read_catalogue(&thumbs, catalogue);
    for (const struct cfb_entry *e = cfb_root(cfb)->first; e && !emit->stop; e = e->next)
        if (e->type == CFB_STREAM && e != catalogue && (!catalogue || strchr(e->name, '_')))
            send_picture(&thumbs, e, e->name, INT64_MIN);
    buf_release(&thumbs.text);
    struct verdict verdict = verdict_by_words(emit);
    if (verdict.outcome == OUTCOME_EMPTY && emit->children)
        return verdict_empty(REASON_CONTAINER, "small pictures of a folder's files");
    return verdict;
}
