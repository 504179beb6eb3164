#include "worker/books/postscript.h"

#include <string.h>

#include "base/bytes.h"

/* A binary EPS begins with where its program and its previews are. */
enum { BINARY_HEADER = 28, PREVIEW_WMF = 12, PREVIEW_TIFF = 20 };

static bool is_binary(const struct input *input)
{
    return input->len >= BINARY_HEADER && memcmp(input->data, "\xC5\xD0\xD3\xC6", 4) == 0;
}

static void send_preview(const struct input *input, size_t field, const char *name,
                         const char *mime, struct emit *emit)
{
    size_t at = le32_get(input->data + field), len = le32_get(input->data + field + 4);

    if (len == 0 || at > input->len)
        return;
    bool cut = len > input->len - at;
    emit_child(emit, name, strlen(name), mime, INT64_MIN);
    emit_child_data(emit, input->data + at, cut ? input->len - at : len);
    if (cut)
        emit_child_end(emit, REASON_TRUNCATED, "the file ends inside it");
    else
        emit_child_end(emit, REASON_NONE, "");
}

/* "%%Title: (A title)" or "%%Title: A title". */
static bool send_comment(const char *line, size_t len, struct emit *emit)
{
    static const struct {
        const char *start, *key;
    } known[] = {
        {"%%Title:", "title"},         {"%%For:", "author"},       {"%%Creator:", "producer"},
        {"%%CreationDate:", "date"},   {"%%Copyright:", "rights"}, {"%%Pages:", "page-count"},
        {"%%DocumentFonts:", "fonts"}, {"%%Routing:", "routing"},
    };

    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        size_t n = strlen(known[i].start);
        if (len <= n || memcmp(line, known[i].start, n) != 0)
            continue;
        while (n < len && strchr(" \t(", line[n]))
            n++;
        while (len > n && strchr(" \t)\r", line[len - 1]))
            len--;
        if (len - n != 5 || memcmp(line + n, "atend", 5) != 0) /* said at the end */
            emit_meta_len(emit, known[i].key, line + n, len - n);
        return true;
    }
    return false;
}

static void read_comments(const char *data, size_t len, struct emit *emit)
{
    enum { COMMENTS_MAX = 256, LINE_MAX_BYTES = 4096 };
    unsigned sent = 0;

    for (size_t at = 0; at < len && sent < COMMENTS_MAX;) {
        size_t end = at;
        while (end < len && data[end] != '\n' && data[end] != '\r')
            end++;
        if (end - at < LINE_MAX_BYTES && end > at + 2 && data[at] == '%' && data[at + 1] == '%')
            sent += send_comment(data + at, end - at, emit);
        at = end + 1;
    }
}

struct verdict postscript_read(const struct input *input, struct emit *emit)
{
    size_t at = 0, len = input->len;

    if (is_binary(input)) {
        at = le32_get(input->data + 4);
        len = le32_get(input->data + 8);
        at = at < input->len ? at : input->len;
        len = len < input->len - at ? len : input->len - at;
        send_preview(input, PREVIEW_WMF, "preview.wmf", "image/wmf", emit);
        send_preview(input, PREVIEW_TIFF, "preview.tif", "image/tiff", emit);
    }
    read_comments((const char *)input->data + at, len, emit);
    return verdict_empty(REASON_UNSUPPORTED,
                         "PostScript is a program that draws its pages, and sanad does not run it; "
                         "make a PDF of it (ps2pdf) and add that");
}
