#include "worker/mail/mime_decode.h"
#include "worker/office/odf.h"
#include "worker/office/odf_content.h"
#include "worker/office/properties.h"

enum { FILE_MAX = 64 << 20 };

/* What stands around the text: properties, pictures in base64, macros. */
struct flat {
    struct properties properties;
    struct emit *emit;
    unsigned in_meta; /* depth below office:meta */
    bool in_file, in_source, macros;
    struct buf file;  /* base64, or a macro's source */
    char module[256]; /* the macro's name */
    unsigned files;
};

static void on_start(void *ctx, const struct xml_element *element)
{
    struct flat *flat = ctx;

    if (flat->in_meta) {
        flat->in_meta++;
        properties_handler.start(&flat->properties, element);
    } else if (xml_is(element->name, "meta") && xml_is(element->prefix, "office")) {
        flat->in_meta = 1;
    } else if (xml_is(element->name, "module")) {
        xml_attribute(element, "name", flat->module, sizeof(flat->module));
    } else if (xml_is(element->name, "binary-data")) {
        flat->in_file = true;
        buf_clear(&flat->file);
    } else if (xml_is(element->name, "source-code")) {
        flat->in_source = true;
        buf_clear(&flat->file);
    }
}

static void send(struct flat *flat, const struct buf *name, const char *mime,
                 const struct buf *bytes)
{
    emit_child(flat->emit, name->data, name->len, mime, INT64_MIN);
    emit_child_data(flat->emit, bytes->data, bytes->len);
    emit_child_end(flat->emit, bytes->full ? REASON_LIMIT_SIZE : REASON_NONE,
                   bytes->full ? "larger than the limit" : "");
}

static void send_file(struct flat *flat)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    CLEANUP(cleanup_buf) struct buf name = {0};

    buf_init(&bytes, FILE_MAX);
    buf_init(&name, 64);
    mime_decode_base64(flat->file.data, flat->file.len, &bytes);
    (void)buf_printf(&name, "file%u", ++flat->files);
    if (bytes.len)
        send(flat, &name, "", &bytes);
}

static void send_source(struct flat *flat)
{
    CLEANUP(cleanup_buf) struct buf name = {0};

    buf_init(&name, sizeof(flat->module) + 8);
    (void)buf_printf(&name, "%s.bas", *flat->module ? flat->module : "macro");
    send(flat, &name, "text/plain", &flat->file);
    flat->macros = true;
}

static void on_end(void *ctx, const char *name)
{
    struct flat *flat = ctx;

    if (flat->in_meta) {
        if (--flat->in_meta)
            properties_handler.end(&flat->properties, name);
    } else if (flat->in_file && xml_is(name, "binary-data")) {
        flat->in_file = false;
        send_file(flat);
    } else if (flat->in_source && xml_is(name, "source-code")) {
        flat->in_source = false;
        send_source(flat);
    }
}

static void on_text(void *ctx, const char *text, size_t len)
{
    struct flat *flat = ctx;

    if (flat->in_meta)
        properties_handler.text(&flat->properties, text, len);
    else if (flat->in_file || flat->in_source)
        (void)buf_append(&flat->file, text, len);
}

static void read_around(const struct input *input, struct emit *emit)
{
    static const struct xml_handler handler = {on_start, on_end, on_text};
    struct flat flat = {.emit = emit};

    properties_init(&flat.properties, emit);
    buf_init(&flat.file, (size_t)2 * FILE_MAX);
    (void)xml_read((const char *)input->data, input->len, &handler, &flat);
    if (flat.macros)
        emit_meta(emit, "macros", "yes");
    properties_release(&flat.properties);
    buf_release(&flat.file);
}

struct verdict odf_flat_read(const struct input *input, struct emit *emit)
{
    int rc = odf_content_flat(input, ODF_CONTENT, emit);

    (void)odf_content_flat(input, ODF_STYLES, emit);
    read_around(input, emit);
    return verdict_by_xml(rc, emit);
}
