/* Where a document comes from: the template and data sources it names, and the ten last times it
 * was saved, each with a user's name and a path ([MS-DOC] 2.9.271, SttbfAssoc; SttbSavedBy). */
#include "base/bytes.h"
#include "worker/office/doc_parts.h"
#include "worker/office/remote.h"
#include "worker/plain/codepage.h"

enum { STRING_MAX = 8192, STRINGS_MAX = 4096, WIDE = 0xFFFF };

typedef void on_string(const struct doc *doc, size_t index, const struct buf *text);

/* A table of counted strings of UTF-16, each followed by `extra` bytes. */
static void each(const struct doc *doc, enum doc_table which, on_string *call)
{
    size_t len = 0;
    const unsigned char *table = doc_table(doc, which, &len);

    if (!table || len < 6 || le16_get(table) != WIDE)
        return;
    size_t count = le16_get(table + 2);
    size_t extra = le16_get(table + 4);
    size_t at = 6;
    for (size_t i = 0; i < count && i < STRINGS_MAX && len - at >= 2; i++) {
        CLEANUP(cleanup_buf) struct buf text = {0};
        size_t size = (size_t)2 * le16_get(table + at);
        at += 2;
        if (size > len - at)
            return;
        buf_init(&text, STRING_MAX);
        (void)codepage_text(CODEPAGE_UTF16, table + at, size, &text);
        if (text.len)
            call(doc, i, &text);
        at += size;
        if (extra > len - at)
            return;
        at += extra;
    }
}

static void on_associated(const struct doc *doc, size_t index, const struct buf *text)
{
    static const struct {
        size_t index;
        const char *what;
    } files[] = {{1, "template"}, {8, "data source"}, {9, "header source"}};

    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        if (files[i].index != index)
            continue;
        emit_flow(doc->emit, TEXT_REST, text->data, text->len);
        emit_flow_str(doc->emit, TEXT_REST, "\n");
        remote_tell(doc->emit, files[i].what, text->data, text->len);
    }
}

/* A name, then a path. */
static void on_saved(const struct doc *doc, size_t index, const struct buf *text)
{
    emit_flow(doc->emit, TEXT_REST, text->data, text->len);
    emit_flow_str(doc->emit, TEXT_REST, index & 1 ? "\n" : "\t");
}

void doc_origins(const struct doc *doc)
{
    each(doc, DOC_ASSOCIATED, on_associated);
    each(doc, DOC_SAVED_BY, on_saved);
}
