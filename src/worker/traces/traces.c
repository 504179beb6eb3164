#include "worker/traces/traces.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "worker/plain/charset.h"
#include "worker/windows_time.h"

static const char *base_of(const char *name)
{
    const char *slash = strrchr(name, '/');

    return slash ? slash + 1 : name;
}

static void put_wide(const unsigned char *data, size_t len, const char *charset, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf text = {0};

    buf_init(&text, 4 * len + 1);
    (void)charset_to_utf8(charset, data, len, &text);
    emit_flow(emit, TEXT_MAIN, text.data, text.len);
    emit_flow_str(emit, TEXT_MAIN, "\n");
}

/* ---- who has a document open ---- */

enum { OWNER_WORD = 162, OWNER_EXCEL = 165, OWNER_NAME_MAX = 52, OWNER_WIDE_AT = 54 };

bool owner_file_is(const unsigned char *data, size_t len, const char *name)
{
    return (len == OWNER_WORD || len == OWNER_EXCEL) && strncmp(base_of(name), "~$", 2) == 0 &&
           data[0] >= 1 && data[0] <= OWNER_NAME_MAX;
}

/* The name in the system's code page, then in Unicode; programs differ in where that starts. */
struct verdict owner_file_read(const struct input *input, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    bool wide = false;

    emit_meta(emit, "description", "who has the document of this name open");
    for (size_t at = OWNER_WIDE_AT - 1; at <= OWNER_WIDE_AT + 1 && !wide; at++) {
        size_t letters = le16_get(input->data + at);
        wide = letters && letters <= OWNER_NAME_MAX && at + 2 + letters * 2 <= input->len;
        if (wide)
            put_wide(input->data + at + 2, letters * 2, "UTF-16LE", emit);
    }
    buf_init(&text, 1024);
    if (!wide)
        (void)charset_text(NULL, input->data + 1, input->data[0], &text);
    emit_flow(emit, TEXT_MAIN, text.data, text.len);
    return verdict_by_words(emit);
}

/* ---- the recycle bin ---- */

enum { RECYCLED_HEAD = 24, RECYCLED_PATH = 520 };

bool recycled_is(const unsigned char *data, size_t len, const char *name)
{
    if (len < RECYCLED_HEAD + 4 || strncmp(base_of(name), "$I", 2) != 0)
        return false;
    uint64_t version = le64_get(data);
    return (version == 1 && len >= RECYCLED_HEAD + RECYCLED_PATH) ||
           (version == 2 &&
            (uint64_t)le32_get(data + RECYCLED_HEAD) * 2 <= len - RECYCLED_HEAD - 4);
}

struct verdict recycled_read(const struct input *input, struct emit *emit)
{
    const unsigned char *path = input->data + RECYCLED_HEAD;
    size_t most = RECYCLED_PATH;
    char text[WINDOWS_TIME_SPACE];
    size_t len = 0;

    if (le64_get(input->data) == 2) {
        most = (size_t)le32_get(path) * 2;
        path += 4;
    }
    while (len + 2 <= most && (path[len] || path[len + 1]))
        len += 2;
    put_wide(path, len, "UTF-16LE", emit);
    if (windows_time_text(le64_get(input->data + 16), text))
        emit_meta(emit, "deleted", text);
    snprintf(text, sizeof(text), "%llu", (unsigned long long)le64_get(input->data + 8));
    emit_meta(emit, "bytes", text);
    emit_meta(emit, "description", "where a file of the recycle bin came from");
    return verdict_by_words(emit);
}

/* ---- what a Mac showed ---- */

/* A record is a name (a count of letters, UTF-16 of the Mac's byte order), what it is about, and
 * the type of a value; which of them is known is a matter of four letters each. */
static size_t view_record(const unsigned char *p, size_t left)
{
    static const char TYPES[] = "bool long shor blob type ustr comp dutc ";
    enum { LETTERS_MAX = 255 };

    if (left < 4)
        return 0;
    size_t letters = be32_get(p);
    if (!letters || letters > LETTERS_MAX || left < 4 + letters * 2 + 8)
        return 0;
    const unsigned char *kind = p + 4 + letters * 2;
    for (size_t i = 0; i < 4; i++)
        if (kind[i] < '0' || kind[i] > 'z')
            return 0;
    for (size_t i = 0; i + 5 <= sizeof(TYPES); i += 5)
        if (memcmp(kind + 4, TYPES + i, 4) == 0)
            return letters;
    return 0;
}

struct verdict folder_view_read(const struct input *input, struct emit *emit)
{
    const unsigned char *last = NULL;
    size_t last_letters = 0;
    unsigned count = 0;

    for (size_t at = 8; at < input->len && count < TRACES_MAX;) {
        const unsigned char *p = input->data + at;
        size_t letters = view_record(p, input->len - at);
        if (!letters) {
            at++;
            continue;
        }
        /* a name has several records, one behind the other */
        if (letters != last_letters || memcmp(p + 4, last, letters * 2) != 0) {
            put_wide(p + 4, letters * 2, "UTF-16BE", emit);
            count++;
        }
        last = p + 4;
        last_letters = letters;
        at += 4 + letters * 2 + 8;
    }
    emit_meta(emit, "description", "names of files that a Mac showed in this folder");
    return verdict_by_words(emit);
}

/* ---- shortcuts one behind the other ---- */

static const unsigned char LINK[] = {0x4C, 0, 0,    0, 1, 0x14, 2, 0, 0, 0,
                                     0,    0, 0xC0, 0, 0, 0,    0, 0, 0, 0x46};

bool custom_list_is(const unsigned char *data, size_t len, const char *name)
{
    const char *dot = strrchr(name, '.');

    return dot && strcmp(dot, ".customDestinations-ms") == 0 &&
           memmem(data, len < 4096 ? len : 4096, LINK, sizeof(LINK));
}

struct verdict custom_list_read(const struct input *input, struct emit *emit)
{
    const unsigned char *end = input->data + input->len;
    const unsigned char *at = memmem(input->data, input->len, LINK, sizeof(LINK));
    unsigned count = 0;

    while (at && count < TRACES_MAX && !emit->stop) {
        const unsigned char *next =
            memmem(at + sizeof(LINK), (size_t)(end - at) - sizeof(LINK), LINK, sizeof(LINK));
        char name[32];
        snprintf(name, sizeof(name), "%u.lnk", ++count);
        emit_child(emit, name, strlen(name), "application/x-ms-shortcut", INT64_MIN);
        emit_child_data(emit, at, (size_t)((next ? next : end) - at));
        emit_child_end(emit, REASON_NONE, "");
        at = next;
    }
    return verdict_empty(REASON_CONTAINER, "shortcuts to what was used last");
}
