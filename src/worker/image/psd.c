#include "worker/image/psd.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "worker/image/image_header.h"
#include "worker/image/iptc.h"
#include "worker/image/psd_parts.h"
#include "worker/pages.h"
#include "worker/plain/charset.h"

enum { RESOURCES_MAX = 4000, PREVIEW_NEW = 0x040C, PREVIEW_OLD = 0x0409 };

/* The preview: a header of 28 bytes, then a JPEG. */
static void send_preview(const unsigned char *data, size_t len, struct emit *emit)
{
    enum { PREVIEW_HEAD = 28 };

    if (len <= PREVIEW_HEAD || memcmp(data + PREVIEW_HEAD, "\xFF\xD8", 2) != 0)
        return;
    emit_child(emit, "preview.jpg", 11, "image/jpeg", INT64_MIN);
    emit_child_data(emit, data + PREVIEW_HEAD, len - PREVIEW_HEAD);
    emit_child_end(emit, REASON_NONE, "");
}

/* Image resources: "8BIM", number, a name, a length, data, each padded to two bytes. */
static void find_preview(const unsigned char *data, size_t len, struct emit *emit)
{
    size_t at = 0;

    for (int i = 0; i < RESOURCES_MAX && at <= len && len - at >= 12; i++) {
        unsigned id = be16_get(data + at + 4);
        size_t name = ((size_t)data[at + 6] + 2) & ~(size_t)1;
        if (memcmp(data + at, "8BIM", 4) != 0 || len - at < 6 + name + 4)
            return;
        size_t size = be32_get(data + at + 6 + name);
        size_t from = at + 6 + name + 4;
        if (size > len - from)
            return;
        if (id == PREVIEW_NEW || id == PREVIEW_OLD)
            send_preview(data + from, size, emit);
        at = from + size + (size & 1);
    }
}

/* What is written in layers of text: the description of each has its letters in UTF-16. */
static void put_layer_texts(const struct psd_parts *psd, struct emit *emit)
{
    enum { TEXTS_MAX = 10000, LETTERS_MAX = 1 << 20 };
    static const char KEY[] = "Txt TEXT";
    CLEANUP(cleanup_buf) struct buf text = {0};
    const unsigned char *at = psd->layers.data;
    const unsigned char *end = at + psd->layers.len;

    buf_init(&text, (size_t)4 * LETTERS_MAX);
    for (int i = 0; i < TEXTS_MAX; i++) {
        at = memmem(at, (size_t)(end - at), KEY, sizeof(KEY) - 1);
        if (!at || end - at < (ptrdiff_t)sizeof(KEY) + 3)
            return;
        size_t letters = be32_get(at + sizeof(KEY) - 1);
        at += sizeof(KEY) + 3;
        if (letters > LETTERS_MAX || letters * 2 > (size_t)(end - at))
            continue;
        buf_clear(&text);
        (void)charset_to_utf8("UTF-16BE", at, letters * 2, &text);
        for (char *p = text.data; p && *p; p++) /* lines end as on a Mac */
            *p = *p == '\r' || *p == '\3' ? '\n' : *p;
        emit_flow_str(emit, TEXT_MAIN, text.len ? text.data : "");
        emit_flow_str(emit, TEXT_MAIN, "\n");
        at += letters * 2;
    }
}

/* The picture of all layers together that most files end with. */
static struct verdict read_picture(const struct input *input, struct emit *emit)
{
    bool layered = emit_words(emit) > 0;
    struct verdict verdict = image_read(input, emit);

    if (verdict.outcome == OUTCOME_FAILED && layered)
        verdict.outcome = OUTCOME_TEXT;
    return verdict;
}

struct verdict psd_read(const struct input *input, struct emit *emit)
{
    struct psd_parts psd;
    struct facts facts;
    char size[32];

    if (!psd_parts_find(input->data, input->len, &psd))
        return verdict_failed(REASON_TRUNCATED, "it ends in its header");
    snprintf(size, sizeof(size), "%ux%u", psd.width, psd.height);
    facts_init(&facts, emit);
    facts_add_str(&facts, "picture", size);
    photoshop_facts(psd.resources.data, psd.resources.len, &facts);
    facts_finish(&facts);
    put_layer_texts(&psd, emit);
    if (image_format(input->data, input->len) == IMAGE_PSD)
        return read_picture(input, emit);
    find_preview(psd.resources.data, psd.resources.len, emit);
    if (emit_words(emit))
        return verdict_text();
    return emit->children ? verdict_empty(REASON_CONTAINER, "its preview is its child")
                          : verdict_failed(REASON_TRUNCATED, "its picture is not there");
}
