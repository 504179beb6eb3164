#include "worker/web/html_data.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "worker/mail/mime_decode.h"

static bool is_base64(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/' || c == '=';
}

static bool is_media_type(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           strchr("/+-.;=", c) != NULL;
}

/* The media type after "data:", without parameters; false when no base64 follows. */
static bool read_type(const char **at, const char *end, char type[MIME_MAX + 1])
{
    static const char mark[] = ";base64,";
    const char *start = *at;
    const char *p = start;

    while (p < end && *p != ',' && p - start < MIME_MAX && *p && is_media_type(*p))
        p++;
    size_t len = (size_t)(p - start) + 1; /* with the comma */
    size_t mark_len = sizeof(mark) - 1;
    if (p == end || *p != ',' || len < mark_len ||
        strncasecmp(p + 1 - mark_len, mark, mark_len) != 0)
        return false;
    size_t type_len = 0;
    while (type_len < len && !strchr(";,", start[type_len]))
        type_len++;
    memcpy(type, start, type_len);
    type[type_len] = '\0';
    *at = p + 1;
    return true;
}

/* The base64 from here on, with the line breaks that some pages put into it. */
static size_t data_len(const char *at, const char *end)
{
    const char *p = at;

    while (p < end && (is_base64(*p) || *p == '\n' || *p == '\r'))
        p++;
    return (size_t)(p - at);
}

static void emit_file(const char *type, const char *data, size_t len, int number, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    const char *slash = strchr(type, '/');
    char name[MIME_MAX + 32];

    buf_init(&bytes, len);
    mime_decode_base64(data, len, &bytes);
    if (bytes.len < HTML_DATA_BYTES_MIN)
        return;
    int name_len = snprintf(name, sizeof(name), "data-%d.%.16s", number, slash ? slash + 1 : "bin");
    emit_child(emit, name, (size_t)name_len, type, INT64_MIN);
    emit_child_data(emit, bytes.data, bytes.len);
    emit_child_end(emit, REASON_NONE, "");
}

void html_data_emit(const char *page, size_t len, struct emit *emit)
{
    static const char lead[] = "data:";
    const char *end = page + len;
    const char *at = page;
    int count = 0;

    while (!emit->stop && count < HTML_DATA_MAX &&
           (at = memmem(at, (size_t)(end - at), lead, sizeof(lead) - 1)) != NULL) {
        char type[MIME_MAX + 1];
        at += sizeof(lead) - 1;
        if (!read_type(&at, end, type))
            continue;
        size_t n = data_len(at, end);
        emit_file(type, at, n, ++count, emit);
        at += n;
    }
}
