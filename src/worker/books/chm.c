#include "worker/books/chm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bytes.h"
#include "worker/books/book.h"
#include "worker/plain/charset.h"

/* ---- names ---- */

static bool ends_with(const char *name, const char *const *endings, size_t count)
{
    size_t len = strlen(name);

    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(endings[i]);
        if (len >= n && strcasecmp(name + len - n, endings[i]) == 0)
            return true;
    }
    return false;
}

static bool is_topic(const char *name)
{
    static const char *const endings[] = {".htm", ".html", ".xhtml", ".xht", ".shtml"};

    return ends_with(name, endings, ARRAY_LEN(endings));
}

/* Files of the format itself: "/#SYSTEM", "/$FIftiMain", contents and index, looks. */
static bool is_machinery(const char *name)
{
    static const char *const endings[] = {".hhc", ".hhk", ".css", ".js", "/", ".btl", ".bti"};

    return name[0] != '/' || name[1] == '#' || name[1] == '$' ||
           ends_with(name, endings, ARRAY_LEN(endings));
}

/* ---- /#SYSTEM: a version, then entries of u16 code, u16 length, value ---- */

static void send_fact(struct chm *chm, struct emit *emit, const char *key, const unsigned char *at,
                      size_t len)
{
    CLEANUP(cleanup_buf) struct buf text = {0};

    buf_init(&text, META_VALUE_MAX);
    (void)charset_text(chm->charset, at, strnlen((const char *)at, len), &text);
    emit_meta_len(emit, key, text.data, text.len);
}

static void read_system(struct chm *chm, struct emit *emit)
{
    enum { TITLE = 3, LANGUAGE = 4, COMPILER = 9 };
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    struct mschmd_file *file = chm->header->files;

    while (file && strcmp(file->filename, "/#SYSTEM") != 0)
        file = file->next;
    if (!file || !chm_read(chm, file, &bytes))
        return;
    for (size_t at = 4; at + 4 <= bytes.len;) {
        const unsigned char *entry = (const unsigned char *)bytes.data + at;
        size_t len = le16_get(entry + 2);
        if (len > bytes.len - at - 4)
            break;
        if (le16_get(entry) == LANGUAGE && len >= 4)
            chm->charset = chm_charset(le32_get(entry + 4));
        else if (le16_get(entry) == TITLE)
            send_fact(chm, emit, "title", entry + 4, len);
        else if (le16_get(entry) == COMPILER)
            send_fact(chm, emit, "producer", entry + 4, len);
        at += 4 + len;
    }
}

/* ---- the table of contents: <param name="Name" value="..."><param name="Local" value="..."> ----
 */

/* The quoted value of an attribute in the tag [at, end). */
static size_t attribute(const char *at, const char *end, const char *name, char *out, size_t size)
{
    size_t n = 0, name_len = strlen(name);

    for (; at + name_len + 2 < end; at++)
        if (strncasecmp(at, name, name_len) == 0 && at[name_len] == '=')
            break;
    out[0] = '\0';
    if (at + name_len + 2 >= end)
        return 0;
    at += name_len + 1;
    char quote = *at == '"' || *at == '\'' ? *at++ : ' ';
    while (at < end && *at != quote && *at != '>' && n < size - 1)
        out[n++] = *at++;
    out[n] = '\0';
    return n;
}

/* Sends the topic at `file` as a chapter, once. */
static void send_topic(struct chm *chm, struct chm_file *file, struct emit *emit, bool *whole)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};

    if (file->taken)
        return;
    file->taken = true;
    *whole &= chm_read(chm, file->file, &bytes);
    book_chapter(emit, file->label ? file->label : "", chm->charset, bytes.data, bytes.len);
}

static void name_topic(struct chm *chm, const char *name, const char *local, struct emit *emit,
                       bool *whole)
{
    CLEANUP(cleanup_buf) struct buf label = {0};
    char path[BOOK_PATH_MAX], full[BOOK_PATH_MAX + 1];

    book_path("", local, path);
    snprintf(full, sizeof(full), "/%s", path);
    struct chm_file *file = path[0] ? chm_find(chm, full) : NULL;
    if (!file || file->taken || !is_topic(full))
        return;
    buf_init(&label, 4096);
    (void)charset_text(chm->charset, name, strlen(name), &label);
    file->label = mem_strndup(label.len ? label.data : "", label.len);
    send_topic(chm, file, emit, whole);
}

static void read_contents(struct chm *chm, const struct buf *toc, struct emit *emit, bool *whole)
{
    char name[512] = "", key[32], value[BOOK_PATH_MAX];
    const char *end = toc->data + toc->len;

    for (const char *at = toc->data; at < end && !emit->stop;) {
        const char *tag = memchr(at, '<', (size_t)(end - at));
        const char *close = tag ? memchr(tag, '>', (size_t)(end - tag)) : NULL;
        if (!close)
            break;
        at = close + 1;
        if (strncasecmp(tag, "<object", 7) == 0)
            name[0] = '\0';
        if (close - tag < 8 || strncasecmp(tag, "<param ", 7) != 0)
            continue;
        attribute(tag, close, "name", key, sizeof(key));
        attribute(tag, close, "value", value, sizeof(value));
        if (strcasecmp(key, "Name") == 0)
            snprintf(name, sizeof(name), "%.511s", value);
        else if (strcasecmp(key, "Local") == 0)
            name_topic(chm, name, value, emit, whole);
    }
}

static void read_tocs(struct chm *chm, struct emit *emit, bool *whole)
{
    static const char *const endings[] = {".hhc"};

    for (size_t i = 0; i < chm->count && !emit->stop; i++) {
        CLEANUP(cleanup_buf) struct buf bytes = {0};
        if (!ends_with(chm->files[i].file->filename, endings, 1))
            continue;
        *whole &= chm_read(chm, chm->files[i].file, &bytes);
        if (bytes.len)
            read_contents(chm, &bytes, emit, whole);
    }
}

/* ---- the rest ---- */

static void send_child(struct chm *chm, struct chm_file *file, struct emit *emit, bool *whole)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    const char *name = file->file->filename + 1;
    bool good = chm_read(chm, file->file, &bytes);

    emit_child(emit, name, strlen(name), "", INT64_MIN);
    emit_child_data(emit, bytes.data, bytes.len);
    if (good)
        emit_child_end(emit, REASON_NONE, "");
    else
        emit_child_end(emit, chm->bomb || bytes.full ? REASON_LIMIT_SIZE : REASON_CORRUPT,
                       "it cannot be taken out of the help file");
    *whole &= good;
}

static void read_files(struct chm *chm, struct emit *emit, bool *whole)
{
    read_tocs(chm, emit, whole);
    for (size_t i = 0; i < chm->count && !emit->stop; i++)
        if (is_topic(chm->files[i].file->filename))
            send_topic(chm, &chm->files[i], emit, whole);
    for (size_t i = 0; i < chm->count && !emit->stop; i++) {
        struct chm_file *file = &chm->files[i];
        if (!file->taken && !is_machinery(file->file->filename) && file->file->length > 0)
            send_child(chm, file, emit, whole);
    }
}

static struct verdict conclude(const struct chm *chm, struct emit *emit, bool whole)
{
    bool cut = (uint64_t)chm->header->length > chm->input->len;
    struct verdict verdict = verdict_by_words(emit);

    if (chm->bomb)
        return verdict_failed(REASON_LIMIT_SIZE, "it expands like a bomb; what was read is kept");
    if (whole)
        return verdict.outcome == OUTCOME_EMPTY && emit->children
                   ? verdict_empty(REASON_CONTAINER, "no topics; it holds %u files", emit->children)
                   : verdict;
    if (verdict.outcome == OUTCOME_EMPTY)
        return verdict_failed(cut ? REASON_TRUNCATED : REASON_CORRUPT, "none of it can be read");
    verdict.reason = cut ? REASON_TRUNCATED : REASON_CORRUPT;
    snprintf(verdict.detail, sizeof(verdict.detail), "some of its files could not be read");
    return verdict;
}

struct verdict chm_read_document(const struct input *input, struct emit *emit)
{
    bool whole = true;
    struct chm chm;
    struct verdict verdict;

    if (chm_open(&chm, input)) {
        read_system(&chm, emit);
        read_files(&chm, emit, &whole);
        verdict = conclude(&chm, emit, whole);
    } else {
        verdict = verdict_failed(REASON_CORRUPT, "its directory makes no sense");
    }
    chm_close(&chm);
    return verdict;
}
