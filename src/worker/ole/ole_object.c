#include "worker/ole/ole_object.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/ole/ole_storage.h"

enum { OLE_EMBEDDED = 2, OLE_TEXT_MAX = 4096 };

struct cursor {
    const unsigned char *at;
    size_t left;
};

/* A string up to its NUL; false when there is no end. */
static bool take_text(struct cursor *cursor, const char **ret, size_t *ret_len)
{
    const unsigned char *end = memchr(cursor->at, 0, cursor->left);

    if (!end || end - cursor->at > OLE_TEXT_MAX)
        return false;
    *ret = (const char *)cursor->at;
    *ret_len = (size_t)(end - cursor->at);
    cursor->left -= *ret_len + 1;
    cursor->at = end + 1;
    return true;
}

static bool take_number(struct cursor *cursor, uint32_t *ret)
{
    if (cursor->left < 4)
        return false;
    *ret = le32_get(cursor->at);
    cursor->at += 4;
    cursor->left -= 4;
    return true;
}

static bool skip(struct cursor *cursor, size_t len)
{
    if (len > cursor->left)
        return false;
    cursor->at += len;
    cursor->left -= len;
    return true;
}

/* The last step of a path of Windows, Unix or old Macs. */
static void base_name(const char *path, size_t len, char out[OLE_NAME_MAX])
{
    size_t start = len;

    while (start && !strchr("\\/:", path[start - 1]))
        start--;
    snprintf(out, OLE_NAME_MAX, "%.*s", (int)(len - start), path + start);
}

/* The name in UTF-16 that newer packagers add behind the data: label, then file name, each with a
 * length in characters. */
static void wide_name(struct cursor rest, char out[OLE_NAME_MAX])
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    uint32_t len;

    if (!take_number(&rest, &len) || !skip(&rest, (size_t)len * 2) || !take_number(&rest, &len) ||
        len == 0 || len > OLE_TEXT_MAX || (size_t)len * 2 > rest.left)
        return;
    buf_init(&text, (size_t)OLE_TEXT_MAX * 4);
    for (uint32_t i = 0; i < len; i++) {
        uint32_t rune = le16_get(rest.at + (size_t)2 * i);
        if (rune >= 0xD800 && rune < 0xDC00 && i + 1 < len)
            rune = 0x10000 + ((rune & 0x3FF) << 10) + (le16_get(rest.at + (size_t)2 * ++i) & 0x3FF);
        (void)buf_append_rune(&text, rune);
    }
    base_name(text.data, text.len, out);
}

/* A file of the Packager. Pointers are into the given bytes. */
struct ole_file {
    char name[OLE_NAME_MAX]; /* without folders; UTF-8 or bytes of the ANSI code page; "" none */
    /* where it lay on the machine that packed it, and where it was put meanwhile */
    const char *path, *source;
    size_t path_len, source_len;
    const unsigned char *data;
    size_t len;
};

static bool read_file(struct cursor cursor, struct ole_file *ret)
{
    const char *label;
    const char *path;
    const char *source;
    size_t label_len;
    size_t path_len;
    size_t source_len;
    uint32_t size;

    *ret = (struct ole_file){0};
    if (cursor.left < 2 || le16_get(cursor.at) != 2 || !skip(&cursor, 2) ||
        !take_text(&cursor, &label, &label_len) || !take_text(&cursor, &path, &path_len) ||
        !skip(&cursor, 4) || !take_number(&cursor, &size) || size > OLE_TEXT_MAX ||
        size > cursor.left)
        return false;
    source = (const char *)cursor.at;
    source_len = strnlen(source, size);
    if (!skip(&cursor, size) || !take_number(&cursor, &size) || size > cursor.left)
        return false;
    ret->path = path;
    ret->path_len = path_len;
    ret->source = source;
    ret->source_len = source_len;
    ret->data = cursor.at;
    ret->len = size;
    base_name(label, label_len, ret->name);
    if (!strchr(ret->name, '.') && path_len)
        base_name(path, path_len, ret->name);
    if (ret->name[0] == '\0')
        base_name(source, source_len, ret->name);
    (void)skip(&cursor, size);
    wide_name(cursor, ret->name);
    return true;
}

/* Reads the packager's layout, at the start of which a 4-byte length may stand. False when the
 * bytes are something else. */
static bool ole_file_read(const unsigned char *data, size_t len, struct ole_file *ret)
{
    struct cursor cursor = {data, len};

    if (read_file(cursor, ret))
        return true;
    return skip(&cursor, 4) && read_file(cursor, ret);
}

static void send(const char *name, const void *data, size_t len, struct emit *emit)
{
    if (emit->stop)
        return;
    emit_child(emit, name, strlen(name), "", INT64_MIN);
    emit_child_data(emit, data, len);
    emit_child_end(emit, REASON_NONE, "");
}

static void tell_path(const char *path, size_t len, struct emit *emit)
{
    if (len == 0 || (!memchr(path, '\\', len) && !memchr(path, '/', len)))
        return;
    emit_flow(emit, TEXT_REST, path, len);
    emit_flow_str(emit, TEXT_REST, "\n");
}

void ole_native_send(const unsigned char *data, size_t len, const char *name, struct emit *emit)
{
    struct ole_file file;

    if (ole_file_read(data, len, &file)) {
        tell_path(file.path, file.path_len, emit);
        tell_path(file.source, file.source_len, emit);
        send(file.name[0] ? file.name : name, file.data, file.len, emit);
    } else {
        ole_compound_send(data, len, name, emit);
    }
}

/* [MS-OLEDS] 2.2.4: a length that counts the NUL, then the text. */
static bool take_counted(struct cursor *cursor, const char **ret, size_t *ret_len)
{
    uint32_t len;

    if (!take_number(cursor, &len) || len > OLE_TEXT_MAX || len > cursor->left)
        return false;
    *ret = (const char *)cursor->at;
    *ret_len = len ? strnlen(*ret, len) : 0;
    return skip(cursor, len);
}

bool ole_stream_send(const unsigned char *data, size_t len, const char *name, struct emit *emit)
{
    struct cursor cursor = {data, len};
    uint32_t format;
    uint32_t size;
    const char *class_name;
    const char *text;
    size_t class_len;
    size_t text_len;

    if (!skip(&cursor, 4) || !take_number(&cursor, &format) || format != OLE_EMBEDDED ||
        !take_counted(&cursor, &class_name, &class_len) || !take_counted(&cursor, &text, &text_len))
        return false;
    if (!take_counted(&cursor, &text, &text_len) || !take_number(&cursor, &size))
        return false;
    if (size > cursor.left)
        size = (uint32_t)cursor.left;
    if (size == 0)
        return false;
    ole_native_send(cursor.at, size, name, emit);
    return true;
}
