#include "worker/mail/mail_inline.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "worker/mail/mime_decode.h"

struct mail_inline_file {
    char *name;
    struct buf data;
    enum reason reason;
};

struct line {
    const char *text;
    size_t len;   /* without its end */
    size_t whole; /* with it */
};

static bool line_at(const struct buf *bytes, size_t at, struct line *line)
{
    if (at >= bytes->len)
        return false;
    const char *newline = memchr(bytes->data + at, '\n', bytes->len - at);
    line->text = bytes->data + at;
    line->len = newline ? (size_t)(newline - line->text) : bytes->len - at;
    line->whole = line->len + (newline != NULL);
    while (line->len && line->text[line->len - 1] == '\r')
        line->len--;
    return true;
}

static bool starts(const struct line *line, const char *with)
{
    size_t n = strlen(with);

    return line->len >= n && memcmp(line->text, with, n) == 0;
}

static struct mail_inline_file *file_add(struct mail_inline *found, const char *name, size_t len,
                                         size_t cap)
{
    found->files = mem_room(found->files, found->count, sizeof(*found->files));
    struct mail_inline_file *file = &found->files[found->count++];
    *file = (struct mail_inline_file){.name = mem_strndup(name, len)};
    buf_init(&file->data, cap + 1);
    return file;
}

/* ---- uuencode ---- */

/* "begin 644 name" */
static bool is_uu_begin(const struct line *line)
{
    if (!starts(line, "begin ") || line->len < 11)
        return false;
    size_t digits = 0;
    while (6 + digits < line->len && line->text[6 + digits] >= '0' && line->text[6 + digits] <= '7')
        digits++;
    return (digits == 3 || digits == 4) && line->text[6 + digits] == ' ' && line->len > 7 + digits;
}

/* A data line says how many bytes it holds, in four characters for three of them; some programs
 * leave spaces at its end away or add a checksum. */
static bool is_uu_line(const struct line *line)
{
    if (line->len == 0)
        return false;
    size_t count = ((size_t)(unsigned char)line->text[0] - ' ') & 63;
    size_t need = (count + 2) / 3 * 4;
    for (size_t i = 0; i < line->len; i++)
        if (line->text[i] < ' ' || line->text[i] > '`')
            return false;
    return line->len >= 1 + need / 2 && line->len <= need + 3;
}

/* Where the block that begins at `at` ends; 0 when it is none. */
static size_t take_uu(struct mail_inline *found, const struct buf *bytes, size_t at)
{
    struct line line = {0};
    bool ended = false;

    (void)line_at(bytes, at, &line);
    const char *name = line.text + 6 + (line.text[9] == ' ' ? 4 : 5);
    size_t name_len = (size_t)(line.text + line.len - name);
    size_t start = at + line.whole;
    size_t end = start;
    size_t lines = 0;
    for (at = start; line_at(bytes, at, &line); at += line.whole, end = at, lines++) {
        if (starts(&line, "end") && line.len == 3) {
            ended = true;
            end = at + line.whole;
            break;
        }
        if (!is_uu_line(&line))
            break;
    }
    if (lines == 0)
        return 0;
    struct mail_inline_file *file = file_add(found, name, name_len, end - start);
    mime_decode(ENCODING_UU, bytes->data + start, end - start, &file->data);
    file->reason = ended ? REASON_NONE : REASON_TRUNCATED;
    return end;
}

/* ---- yEnc ---- */

/* The number behind " key=", 0 when there is none. */
static uint64_t number_of(const struct line *line, const char *key)
{
    size_t n = strlen(key);
    const char *found = memmem(line->text, line->len, key, n);

    return found ? strtoull(found + n, NULL, 10) : 0;
}

static void decode_y(const struct line *line, struct buf *out)
{
    for (size_t i = 0; i < line->len; i++) {
        unsigned char c = (unsigned char)line->text[i];
        if (c == '=' && i + 1 < line->len)
            c = (unsigned char)(line->text[++i] - 64);
        (void)buf_append_char(out, (char)(unsigned char)(c - 42));
    }
}

static size_t take_y(struct mail_inline *found, const struct buf *bytes, size_t at)
{
    struct line line = {0};
    struct line first = {0};
    bool ended = false;

    (void)line_at(bytes, at, &first);
    const char *name = memmem(first.text, first.len, " name=", 6);
    if (!name)
        return 0;
    name += 6;
    struct mail_inline_file *file =
        file_add(found, name, (size_t)(first.text + first.len - name), bytes->len - at);
    for (at += first.whole; !ended && line_at(bytes, at, &line); at += line.whole) {
        ended = starts(&line, "=yend");
        if (!ended && !starts(&line, "=ypart "))
            decode_y(&line, &file->data);
    }
    if (!ended)
        file->reason = REASON_TRUNCATED;
    else if (number_of(&first, " size=") > file->data.len)
        file->reason = REASON_MISSING_PART;
    return at;
}

/* ---- both ---- */

void mail_inline_take(struct mail_inline *found, struct buf *bytes)
{
    struct line line = {0};
    size_t kept = 0;

    for (size_t at = 0; line_at(bytes, at, &line);) {
        size_t end = 0;
        if (found->count < MAIL_INLINE_MAX && is_uu_begin(&line))
            end = take_uu(found, bytes, at);
        else if (found->count < MAIL_INLINE_MAX && starts(&line, "=ybegin "))
            end = take_y(found, bytes, at);
        if (!end) {
            memmove(bytes->data + kept, line.text, line.whole);
            kept += line.whole;
            end = at + line.whole;
        }
        at = end;
    }
    bytes->len = kept;
    bytes->data[kept] = '\0';
}

void mail_inline_send(const struct mail_inline *found, struct emit *emit)
{
    for (size_t i = 0; i < found->count && !emit->stop; i++) {
        const struct mail_inline_file *file = &found->files[i];
        emit_child(emit, file->name, strlen(file->name), "", INT64_MIN);
        emit_child_data(emit, file->data.data, file->data.len);
        emit_child_end(emit, file->reason,
                       file->reason == REASON_TRUNCATED      ? "it ends before its last line"
                       : file->reason == REASON_MISSING_PART ? "the other parts of it are in "
                                                               "other messages"
                                                             : "");
    }
}

void mail_inline_release(struct mail_inline *found)
{
    for (size_t i = 0; i < found->count; i++) {
        free(found->files[i].name);
        buf_release(&found->files[i].data);
    }
    free(found->files);
    *found = (struct mail_inline){0};
}
