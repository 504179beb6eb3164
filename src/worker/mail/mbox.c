#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "worker/mail/mail.h"
#include "worker/mail/mime_field.h"

enum { SUBJECT_SHOWN = 80 };

/* Whether a line that starts with "From " separates messages: it ends with a date, which has a
 * time. A sentence that starts so does not. */
static bool is_separator(const char *line, size_t len)
{
    size_t n = 0;

    if (len < 6 || memcmp(line, "From ", 5) != 0)
        return false;
    const char *newline = memchr(line, '\n', len);
    size_t end = newline ? (size_t)(newline - line) : len;
    /* Mozilla writes a hyphen for everything */
    size_t last = end;
    while (last > 6 && isspace((unsigned char)line[last - 1]))
        last--;
    if (last == 6 && line[5] == '-')
        return true;
    for (n = 6; n + 3 < end && n < 512; n++)
        if (line[n] == ':' && isdigit((unsigned char)line[n - 1]) &&
            isdigit((unsigned char)line[n + 1]) && isdigit((unsigned char)line[n + 2]))
            return true;
    return false;
}

/* Where the next separator after `at` starts; len when there is none. It follows an empty line, but
 * some programs forget that, so header fields behind it do as well. */
static size_t next_message(const char *data, size_t len, size_t at)
{
    while (at < len) {
        const char *found = memmem(data + at, len - at, "\nFrom ", 6);
        if (!found)
            return len;
        at = (size_t)(found - data) + 1;
        bool after_blank = at >= 2 && (data[at - 2] == '\n' ||
                                       (at >= 3 && data[at - 2] == '\r' && data[at - 3] == '\n'));
        if (!is_separator(data + at, len - at))
            continue;
        const char *newline = memchr(data + at, '\n', len - at);
        size_t head =
            newline ? mime_head_length(newline + 1, len - (size_t)(newline + 1 - data)) : 0;
        if (after_blank || head > 20)
            return at;
    }
    return len;
}

/* ">From " at a line's start, with any number of ">", was given one ">" more on its way in. */
static void send_unquoted(const char *data, size_t len, struct emit *emit)
{
    size_t sent = 0;

    for (size_t at = 0; at < len;) {
        const char *found = memmem(data + at, len - at, "\n>", 2);
        if (!found)
            break;
        size_t line = (size_t)(found - data) + 1;
        size_t marks = 1;
        while (line + marks < len && data[line + marks] == '>')
            marks++;
        if (len - line > marks + 5 && memcmp(data + line + marks, "From ", 5) == 0) {
            emit_child_data(emit, data + sent, line - sent);
            sent = line + 1;
        }
        at = line + 1;
    }
    emit_child_data(emit, data + sent, len - sent);
}

static void message_name(const char *data, size_t len, unsigned number, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf subject = {0};
    size_t head = mime_head_length(data, len);
    unsigned characters = 0;

    buf_init(&subject, (size_t)4 * FIELD_MAX);
    (void)buf_printf(out, "%05u", number);
    (void)mime_field_text(data, head, "Subject", &subject);
    if (subject.len)
        (void)buf_append_char(out, ' ');
    for (size_t i = 0; i < subject.len; i++) {
        unsigned char c = (unsigned char)subject.data[i];
        characters += (c & 0xC0) != 0x80;
        if (characters > SUBJECT_SHOWN)
            break;
        (void)buf_append_char(out, c == '/' || c < ' ' ? '_' : (char)c);
    }
    (void)buf_append_str(out, ".eml");
}

static void send_message(const char *data, size_t len, unsigned number, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf name = {0};

    buf_init(&name, NAME_MAX_BYTES);
    message_name(data, len, number, &name);
    emit_child(emit, name.data, name.len, "message/rfc822", INT64_MIN);
    send_unquoted(data, len, emit);
    emit_child_end(emit, REASON_NONE, "");
}

/* Where a message ends whose header says how long its body is; the word holds when a separator or
 * the end of the file stands there. Such mailboxes ("mboxcl2") leave "From " inside bodies alone.
 */
static size_t end_by_length(const char *data, size_t len, size_t start)
{
    CLEANUP(cleanup_buf) struct buf value = {0};
    size_t head = mime_head_length(data + start, len - start);
    char *rest;

    buf_init(&value, FIELD_MAX);
    if (!mime_field_raw(data + start, head, "Content-Length", &value))
        return 0;
    unsigned long long said = strtoull(value.data, &rest, 10);
    if (rest == value.data || said > len - start - head)
        return 0;
    size_t end = start + head + (size_t)said;
    size_t after = end;
    for (int breaks = 0; breaks < 2 && after < len; after++) {
        if (data[after] != '\r' && data[after] != '\n')
            break;
        breaks += data[after] == '\n';
    }
    return after == len || is_separator(data + after, len - after) ? after : 0;
}

struct verdict mbox_read(const struct input *input, struct emit *emit)
{
    const char *data = (const char *)input->data;
    size_t len = input->len;
    unsigned count = 0;

    for (size_t at = 0; at < len && !emit->stop;) {
        size_t next = next_message(data, len, at);
        const char *newline = memchr(data + at, '\n', next - at);
        bool separated = is_separator(data + at, next - at);
        size_t start = separated && newline ? (size_t)(newline + 1 - data) : at;
        size_t counted = end_by_length(data, len, start);
        next = counted > start ? counted : next;
        size_t end = next;
        if (end < len && end - start >= 2 && data[end - 1] == '\n' && data[end - 2] == '\n')
            end--; /* the empty line belongs to the separator */
        if (count >= CHILDREN_MAX)
            return verdict_failed(REASON_LIMIT_COUNT, "more than %d messages", CHILDREN_MAX);
        if (end > start)
            send_message(data + start, end - start, ++count, emit);
        at = next;
    }
    return verdict_empty(REASON_CONTAINER, "%u %s", count, count == 1 ? "message" : "messages");
}
