#include "worker/mail/mime.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "worker/mail/mime_field.h"

enum { BOUNDARY_MAX = 256, NAME_BYTES_MAX = 4096 };

bool mime_is(const struct mime_part *part, const char *type)
{
    return strcmp(part->type, type) == 0;
}

bool mime_is_kind(const struct mime_part *part, const char *prefix)
{
    return strncmp(part->type, prefix, strlen(prefix)) == 0;
}

void mime_part_decode(const struct mime_part *part, struct buf *out)
{
    mime_decode(part->encoding, part->body, part->body_len, out);
}

/* "Text/HTML; charset=x" gives "text/html"; anything that is no type gives text/plain. */
static void read_type(struct mime_part *part, const char *value, const char *otherwise)
{
    size_t n = 0;

    value += strspn(value, " \t\"");
    while (n < MIME_TYPE_MAX - 1 &&
           (isalnum((unsigned char)value[n]) || (value[n] && strchr("/-+._!#$&^", value[n])))) {
        part->type[n] = (char)tolower((unsigned char)value[n]);
        n++;
    }
    part->type[n] = '\0';
    if (strcmp(part->type, "text") == 0)
        memcpy(part->type, "text/plain", sizeof("text/plain"));
    const char *slash = strchr(part->type, '/');
    if (!slash || slash == part->type || !slash[1])
        strncpy(part->type, otherwise, MIME_TYPE_MAX - 1);
}

static void read_name(struct mime_part *part, const struct buf *type, const struct buf *disposition)
{
    struct buf name;

    buf_init(&name, NAME_BYTES_MAX);
    if (!mime_parameter(disposition->data, disposition->len, "filename", &name) || !name.len) {
        buf_clear(&name);
        if (!mime_parameter(type->data, type->len, "name", &name))
            buf_clear(&name);
    }
    if (name.len)
        part->name = buf_take(&name);
    else
        buf_release(&name);
}

static void read_head(struct mime_part *part, const char *default_type)
{
    CLEANUP(cleanup_buf) struct buf type = {0};
    CLEANUP(cleanup_buf) struct buf other = {0};

    buf_init(&type, FIELD_MAX);
    buf_init(&other, FIELD_MAX);
    (void)mime_field_raw(part->head, part->head_len, "Content-Type", &type);
    read_type(part, type.data, default_type);
    if (mime_field_raw(part->head, part->head_len, "Content-Transfer-Encoding", &other))
        part->encoding = mime_encoding_of(other.data);
    buf_clear(&other);
    if (mime_parameter(type.data, type.len, "charset", &other) && other.len < sizeof(part->charset))
        memcpy(part->charset, other.data, other.len + 1);
    buf_clear(&other);
    if (mime_field_raw(part->head, part->head_len, "Content-Disposition", &other)) {
        if (strncasecmp(other.data, "attachment", 10) == 0)
            part->disposition = DISPOSITION_ATTACHMENT;
        else if (strncasecmp(other.data, "inline", 6) == 0)
            part->disposition = DISPOSITION_INLINE;
    }
    read_name(part, &type, &other);
}

static size_t part_add(struct mime_message *message, const char *data, size_t len, size_t parent,
                       const char *default_type)
{
    message->parts = mem_room(message->parts, message->count, sizeof(*message->parts));
    size_t index = message->count++;
    struct mime_part *part = &message->parts[index];
    *part = (struct mime_part){.head = data, .parent = parent};
    part->head_len = mime_head_length(data, len);
    part->body = data + part->head_len;
    part->body_len = len - part->head_len;
    part->depth = index ? message->parts[parent].depth + 1 : 0;
    read_head(part, default_type);
    return index;
}

/* The boundary as the body's first line of that kind shows it. */
static size_t shown_boundary(const struct mime_part *part, char boundary[BOUNDARY_MAX])
{
    size_t n = 0;
    const char *dashes = part->body_len > 3 && memcmp(part->body, "--", 2) == 0
                             ? part->body
                             : memmem(part->body, part->body_len, "\n--", 3);

    if (!dashes)
        return 0;
    dashes += *dashes == '\n' ? 3 : 2;
    const char *end = part->body + part->body_len;
    while (dashes + n < end && n < BOUNDARY_MAX - 1 && (unsigned char)dashes[n] > ' ') {
        boundary[n] = dashes[n];
        n++;
    }
    return n;
}

/* The boundary as declared, or as the body shows it. */
static size_t find_boundary(const struct mime_part *part, char boundary[BOUNDARY_MAX])
{
    CLEANUP(cleanup_buf) struct buf raw = {0};
    CLEANUP(cleanup_buf) struct buf value = {0};

    buf_init(&raw, FIELD_MAX);
    buf_init(&value, FIELD_MAX);
    (void)mime_field_raw(part->head, part->head_len, "Content-Type", &raw);
    if (mime_parameter(raw.data, raw.len, "boundary", &value) && value.len > 0 &&
        value.len < BOUNDARY_MAX) {
        memcpy(boundary, value.data, value.len);
        return value.len;
    }
    return shown_boundary(part, boundary);
}

/* Finds the next line "--boundary" or "--boundary--" at or after `at`; gives where the line starts
 * and where the next one does. */
static bool next_boundary(const struct mime_part *part, const char *boundary, size_t boundary_len,
                          size_t at, size_t *ret_start, size_t *ret_after, bool *ret_last)
{
    const char *end = part->body + part->body_len;

    while (at < part->body_len) {
        const char *found = memmem(part->body + at, part->body_len - at, boundary, boundary_len);
        if (!found)
            return false;
        const char *after = found + boundary_len;
        at = (size_t)(after - part->body);
        const char *dashes = found - 2;
        if (dashes < part->body || memcmp(dashes, "--", 2) != 0 ||
            (dashes > part->body && dashes[-1] != '\n'))
            continue;
        *ret_last = end - after >= 2 && memcmp(after, "--", 2) == 0;
        after += *ret_last ? 2 : 0;
        while (after < end && (*after == ' ' || *after == '\t' || *after == '\r'))
            after++;
        if (after < end && *after != '\n')
            continue;
        *ret_start = (size_t)(dashes - part->body);
        *ret_after = (size_t)(after - part->body) + (after < end);
        return true;
    }
    return false;
}

/* The line break before a boundary belongs to it. */
static size_t without_break(const char *body, size_t start, size_t end)
{
    if (end > start && body[end - 1] == '\n')
        end--;
    if (end > start && body[end - 1] == '\r')
        end--;
    return end;
}

static void split(struct mime_message *message, size_t index)
{
    struct mime_part part = message->parts[index]; /* the array moves while it grows */
    char boundary[BOUNDARY_MAX];
    size_t boundary_len = find_boundary(&part, boundary);
    const char *type = mime_is(&part, "multipart/digest") ? "message/rfc822" : "text/plain";
    size_t start;
    size_t at;
    bool last = false;
    size_t before = 0;

    if (boundary_len && !next_boundary(&part, boundary, boundary_len, 0, &start, &at, &last)) {
        /* what was declared is wrong; dashes that fields follow are a boundary all the same */
        boundary_len = shown_boundary(&part, boundary);
        if (!boundary_len || !next_boundary(&part, boundary, boundary_len, 0, &start, &at, &last) ||
            part.body_len - at < 8 || strncasecmp(part.body + at, "Content-", 8) != 0)
            return;
    }
    if (!boundary_len || !next_boundary(&part, boundary, boundary_len, 0, &start, &at, &last))
        return;
    while (!last && at < part.body_len) {
        size_t end = part.body_len;
        size_t next = part.body_len;
        if (message->count >= MIME_PARTS_MAX) {
            message->cut = true;
            return;
        }
        if (next_boundary(&part, boundary, boundary_len, at, &start, &next, &last))
            end = without_break(part.body, at, start);
        size_t child = part_add(message, part.body + at, end - at, index, type);
        if (before)
            message->parts[before].next = child;
        else
            message->parts[index].first = child;
        before = child;
        at = next;
    }
}

void mime_parse(struct mime_message *message, const char *data, size_t len)
{
    *message = (struct mime_message){0};
    (void)part_add(message, data, len, 0, "text/plain");
    /* New parts are appended, so this comes by all of them. */
    for (size_t i = 0; i < message->count; i++) {
        if (!mime_is_kind(&message->parts[i], "multipart/"))
            continue;
        if (message->parts[i].depth < MIME_DEPTH_MAX)
            split(message, i);
        else
            message->cut = true;
    }
}

void mime_release(struct mime_message *message)
{
    for (size_t i = 0; i < message->count; i++)
        free(message->parts[i].name);
    free(message->parts);
    *message = (struct mime_message){0};
}
