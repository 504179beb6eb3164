#include "worker/books/oldoffice.h"

#include <stdio.h>
#include <string.h>

#include "worker/books/revenge.h"

enum { SNIFF_BYTES_MAX = 16 << 20, LINK_BYTES_MAX = 1 << 20 };

struct document {
    struct emit *emit;
    struct buf links;
    unsigned objects;
};

static void on_fact(void *ctx, const char *key, const char *value)
{
    struct document *document = ctx;

    emit_meta(document->emit, key, value);
}

static void on_link(void *ctx, const char *target)
{
    struct document *document = ctx;

    if (target[0] && target[0] != '#')
        (void)buf_printf(&document->links, "%s\n", target);
}

static void on_object(void *ctx, const char *mime, const void *data, size_t len)
{
    struct document *document = ctx;
    char name[64];

    if (++document->objects > OLDOFFICE_OBJECTS_MAX)
        return;
    snprintf(name, sizeof(name), "object-%u", document->objects);
    emit_child(document->emit, name, strlen(name), mime, INT64_MIN);
    emit_child_data(document->emit, data, len);
    emit_child_end(document->emit, REASON_NONE, "");
}

static void on_text(void *ctx, const char *text, size_t len)
{
    struct document *document = ctx;

    emit_flow(document->emit, TEXT_MAIN, text, len);
}

static void on_page(void *ctx, const char *text, size_t len)
{
    struct page_head head = {.method = PAGE_TEXT, .confidence = CONFIDENCE_NONE};
    struct document *document = ctx;

    /* a sheet may be larger than a page: it then flows */
    if (len < PAGE_TEXT_MAX)
        emit_page(document->emit, &head, text, len, NULL, 0);
    else
        emit_flow(document->emit, TEXT_MAIN, text, len);
}

static enum revenge_result parse(const struct input *input, struct document *document)
{
    const struct revenge_out out = {document, on_fact, on_link, on_object, on_text, on_page};
    size_t len = input->len < OLDOFFICE_BYTES_MAX ? input->len : OLDOFFICE_BYTES_MAX;
    enum revenge_result result = revenge_parse(input->data, len, "", &out);

    for (size_t i = 0; result == REVENGE_LOCKED && i < input->password_count; i++)
        result = revenge_parse(input->data, len, input->passwords[i], &out);
    return result;
}

static struct verdict conclude(const struct input *input, enum revenge_result result,
                               const struct document *document)
{
    struct verdict verdict = verdict_by_words(document->emit);
    bool nothing = verdict.outcome == OUTCOME_EMPTY;

    switch (result) {
    case REVENGE_READ:
        break;
    case REVENGE_UNKNOWN:
        return verdict_empty(REASON_UNSUPPORTED, "this version of %s is not read", input->mime);
    case REVENGE_LOCKED:
        return verdict_failed(REASON_PASSWORD, LOCKED_HINT);
    case REVENGE_NO_MEMORY:
        return verdict_failed(REASON_LIMIT_MEMORY, "reading it needs more memory than the limit");
    case REVENGE_DAMAGED:
        if (nothing && document->objects == 0)
            return verdict_failed(REASON_CORRUPT, "its structure is broken");
        verdict.reason = nothing ? verdict.reason : REASON_CORRUPT;
        snprintf(verdict.detail, sizeof(verdict.detail),
                 "its structure is broken; what could be read is kept");
        return verdict;
    }
    if (nothing && document->objects)
        return verdict_empty(REASON_CONTAINER, "it has no words; it holds %u pictures or files",
                             document->objects);
    if (!nothing && input->len > OLDOFFICE_BYTES_MAX) {
        verdict.reason = REASON_LIMIT_SIZE;
        snprintf(verdict.detail, sizeof(verdict.detail), "only its first 128 MiB were read");
    }
    return verdict;
}

struct verdict oldoffice_read(const struct input *input, struct emit *emit)
{
    struct document document = {.emit = emit};

    buf_init(&document.links, LINK_BYTES_MAX);
    enum revenge_result result = parse(input, &document);
    emit_flow(emit, TEXT_REST, document.links.data, document.links.len);
    buf_release(&document.links);
    return conclude(input, result, &document);
}

const char *oldoffice_sniff(const unsigned char *data, size_t len)
{
    return len <= SNIFF_BYTES_MAX ? revenge_sniff(data, len) : NULL;
}
