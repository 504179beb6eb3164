#include <stdio.h>
#include <string.h>

#include "worker/mail/mime_decode.h"
#include "worker/office/properties.h"
#include "worker/ole/ole_mso.h"
#include "worker/ooxml/ooxml.h"
#include "worker/ooxml/word_markup.h"

enum { FILE_MAX = 64 << 20, ANNOTATIONS_MAX = 64 };

enum annotation { OTHER, DELETION, COMMENT };

/* What Word 2003 calls other than its successors do; the rest is theirs. */
struct document {
    struct word_markup word;
    struct properties properties;
    struct emit *emit;
    unsigned in_properties;                       /* depth below o:DocumentProperties */
    enum annotation annotations[ANNOTATIONS_MAX]; /* open ones */
    unsigned annotation_depth;
    struct word_paragraph around; /* the paragraph whose section has the open header */
    unsigned headers;             /* open w:hdr and w:ftr */
    bool in_file, revised;
    struct buf file; /* base64 */
    char name[256];
};

/* ---- annotations: comments and tracked changes ---- */

static void comment_start(struct document *document, const struct xml_element *element)
{
    struct prose *prose = &document->word.prose;
    char author[256];
    char date[32];

    xml_attribute(element, "author", author, sizeof(author));
    xml_attribute(element, "createdate", date, sizeof(date));
    prose_aside_start(prose);
    prose_str(prose, "[");
    prose_str(prose, author);
    prose_str(prose, *author && *date ? ", " : "");
    prose_str(prose, date);
    prose_str(prose, "] ");
}

static void annotation_start(struct document *document, const struct xml_element *element)
{
    enum annotation kind = OTHER;
    char type[32];

    xml_attribute(element, "type", type, sizeof(type));
    if (xml_is(type, "Word.Deletion"))
        kind = DELETION;
    else if (xml_is(type, "Word.Comment"))
        kind = COMMENT;
    if (document->annotation_depth++ >= ANNOTATIONS_MAX)
        return;
    document->annotations[document->annotation_depth - 1] = kind;
    if (kind == DELETION)
        prose_deleted_start(&document->word.prose);
    else if (kind == COMMENT)
        comment_start(document, element);
    document->revised |= kind == DELETION || xml_is(type, "Word.Insertion");
}

static void annotation_end(struct document *document)
{
    if (document->annotation_depth == 0 || --document->annotation_depth >= ANNOTATIONS_MAX)
        return;
    enum annotation kind = document->annotations[document->annotation_depth];
    if (kind == DELETION)
        prose_deleted_end(&document->word.prose);
    else if (kind == COMMENT)
        prose_aside_end(&document->word.prose);
}

/* ---- headers and footers, which stand inside the properties of a section ---- */

static void header_start(struct document *document)
{
    if (document->headers++)
        return;
    document->around = document->word.paragraph;
    document->word.paragraph = (struct word_paragraph){.numbered = true};
    prose_aside_start(&document->word.prose);
}

static void header_end(struct document *document)
{
    if (document->headers == 0 || --document->headers)
        return;
    prose_aside_end(&document->word.prose);
    document->word.paragraph = document->around;
}

/* ---- files: pictures, objects, macros ---- */

static void file_start(struct document *document, const struct xml_element *element)
{
    static const char own[] = "wordml://";

    xml_attribute(element, "name", document->name, sizeof(document->name));
    if (strncmp(document->name, own, sizeof(own) - 1) == 0)
        memmove(document->name, document->name + sizeof(own) - 1,
                strlen(document->name) - sizeof(own) + 2);
    document->in_file = true;
    buf_clear(&document->file);
}

/* Objects and macros lie together in one file. */
static bool is_mso(const char *name)
{
    size_t len = strlen(name);

    return len > 4 && xml_is(name + len - 4, ".mso");
}

static void file_end(struct document *document)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    struct emit *emit = document->emit;
    bool full = document->file.full;

    document->in_file = false;
    buf_init(&bytes, FILE_MAX);
    mime_decode_base64(document->file.data, document->file.len, &bytes);
    full |= bytes.full;
    if (bytes.len == 0 || (!full && is_mso(document->name) &&
                           ole_mso_send((const unsigned char *)bytes.data, bytes.len, emit)))
        return;
    emit_child(emit, document->name, strlen(document->name), "", INT64_MIN);
    emit_child_data(emit, bytes.data, bytes.len);
    emit_child_end(emit, full ? REASON_LIMIT_SIZE : REASON_NONE,
                   full ? "larger than the limit" : "");
}

/* ---- the document ---- */

static void link_start(struct document *document, const struct xml_element *element)
{
    char address[4096];

    if (!xml_attribute(element, "dest", address, sizeof(address)) || !*address)
        return;
    emit_flow_str(document->emit, TEXT_REST, address);
    emit_flow_str(document->emit, TEXT_REST, "\n");
}

/* A note stands where its mark is. */
static bool is_note(const char *name)
{
    return xml_is(name, "footnote") || xml_is(name, "endnote");
}

static void on_start(void *ctx, const struct xml_element *element)
{
    struct document *document = ctx;
    const char *name = element->name;

    if (document->in_properties) {
        document->in_properties++;
        properties_handler.start(&document->properties, element);
        return;
    }
    if (xml_is(name, "DocumentProperties") || xml_is(name, "CustomDocumentProperties"))
        document->in_properties = 1;
    else if (xml_is(name, "annotation") && !document->word.paragraph.properties)
        annotation_start(document, element);
    else if (xml_is(name, "hdr") || xml_is(name, "ftr"))
        header_start(document);
    else if (xml_is(name, "binData"))
        file_start(document, element);
    else if (xml_is(name, "hlink"))
        link_start(document, element);
    else {
        if (is_note(name))
            prose_aside_start(&document->word.prose);
        word_markup_handler.start(&document->word, element);
    }
}

static void on_end(void *ctx, const char *name)
{
    struct document *document = ctx;

    if (document->in_properties) {
        if (--document->in_properties)
            properties_handler.end(&document->properties, name);
        return;
    }
    if (xml_is(name, "annotation") && !document->word.paragraph.properties)
        annotation_end(document);
    else if (xml_is(name, "hdr") || xml_is(name, "ftr"))
        header_end(document);
    else if (xml_is(name, "binData"))
        file_end(document);
    else if (!xml_is(name, "hlink")) {
        word_markup_handler.end(&document->word, name);
        if (is_note(name))
            prose_aside_end(&document->word.prose);
    }
}

static void on_text(void *ctx, const char *text, size_t len)
{
    struct document *document = ctx;

    if (document->in_properties)
        properties_handler.text(&document->properties, text, len);
    else if (document->in_file)
        (void)buf_append(&document->file, text, len);
    else
        word_markup_handler.text(&document->word, text, len);
}

struct verdict word_2003_read(const struct input *input, struct emit *emit)
{
    static const struct xml_handler handler = {on_start, on_end, on_text};
    struct document document = {.emit = emit};

    properties_init(&document.properties, emit);
    word_markup_init(&document.word, NULL, emit);
    buf_init(&document.file, (size_t)2 * FILE_MAX);
    int rc = xml_read((const char *)input->data, input->len, &handler, &document);
    word_markup_end(&document.word);
    properties_release(&document.properties);
    buf_release(&document.file);
    if (document.revised)
        emit_meta(emit, "tracked-changes", "yes");
    return verdict_by_xml(rc, emit);
}
