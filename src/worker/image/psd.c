#include "worker/image/psd.h"

#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/image/iptc.h"

enum { HEADER = 26, RESOURCES_MAX = 4000, PREVIEW_NEW = 0x040C, PREVIEW_OLD = 0x0409 };

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

struct verdict psd_read(const struct input *input, struct emit *emit)
{
    struct facts facts;
    char size[32];

    if (input->len < HEADER + 8)
        return verdict_failed(REASON_TRUNCATED, "it ends in its header");
    snprintf(size, sizeof(size), "%ux%u", be32_get(input->data + 18), be32_get(input->data + 14));
    size_t at = HEADER + 4 + (size_t)be32_get(input->data + HEADER);
    if (at > input->len || input->len - at < 4 || be32_get(input->data + at) > input->len - at - 4)
        return verdict_failed(REASON_TRUNCATED, "it ends before its resources do");
    const unsigned char *resources = input->data + at + 4;
    size_t len = be32_get(input->data + at);
    facts_init(&facts, emit);
    facts_add_str(&facts, "picture", size);
    photoshop_facts(resources, len, &facts);
    facts_finish(&facts);
    find_preview(resources, len, emit);
    return emit->children ? verdict_empty(REASON_CONTAINER, "its preview is its child; its layers "
                                                            "are not read")
                          : verdict_empty(REASON_UNSUPPORTED, "it has no preview, and its layers "
                                                              "are not read");
}
