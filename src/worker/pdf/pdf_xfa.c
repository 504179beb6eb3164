/*
 * Forms of the XML Forms Architecture (XFA 3.3): the data a person filled in, and, in a document
 * that is nothing else and shows only "Please wait", the form's own words. They stand in the
 * document as XML, whole or in packets.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "worker/pdf/pdf.h"
#include "worker/xml/xml.h"

enum { XFA_MAX = 32 << 20, PACKETS_MAX = 100, NAMES_DEPTH = 64, NAME_MAX_LEN = 80 };

/* Appends a packet; what cannot be read is left out. */
static void append_packet(fz_context *ctx, pdf_obj *packet, fz_buffer *xml)
{
    fz_stream *stream = NULL;
    fz_buffer *bytes = NULL;

    fz_var(stream);
    fz_var(bytes);
    fz_try(ctx)
    {
        if (pdf_is_stream(ctx, packet)) {
            int cut = 0;
            stream = pdf_open_stream(ctx, packet);
            bytes = fz_read_best(ctx, stream, 4096, &cut, XFA_MAX);
            fz_append_buffer(ctx, xml, bytes);
        }
    }
    fz_always(ctx)
    {
        fz_drop_stream(ctx, stream);
        fz_drop_buffer(ctx, bytes);
    }
    fz_catch(ctx)
    {
        return;
    }
}

/* All packets, or NULL when there is no such form. `ret_pure`: the form has no fields of another
 * kind. */
static fz_buffer *xfa_of(struct pdf *pdf, bool *ret_pure)
{
    fz_context *ctx = pdf->ctx;
    fz_buffer *xml = NULL;

    *ret_pure = false;
    fz_var(xml);
    fz_try(ctx)
    {
        pdf_obj *root = pdf_dict_get(ctx, pdf_trailer(ctx, pdf->pdf), PDF_NAME(Root));
        pdf_obj *form = pdf_dict_get(ctx, root, PDF_NAME(AcroForm));
        pdf_obj *xfa = pdf_dict_get(ctx, form, PDF_NAME(XFA));
        if (pdf_is_stream(ctx, xfa) || pdf_is_array(ctx, xfa))
            xml = fz_new_buffer(ctx, 4096);
        if (xml && pdf_is_stream(ctx, xfa))
            append_packet(ctx, xfa, xml);
        for (int i = 1; xml && i < pdf_array_len(ctx, xfa) && i < 2 * PACKETS_MAX; i += 2)
            append_packet(ctx, pdf_array_get(ctx, xfa, i), xml);
        *ret_pure = pdf_array_len(ctx, pdf_dict_get(ctx, form, PDF_NAME(Fields))) == 0;
    }
    fz_catch(ctx)
    {
        fz_drop_buffer(ctx, xml);
        xml = NULL;
    }
    return xml;
}

/* ---- the XML ---- */

struct xfa {
    struct emit *emit;
    enum text_part part;
    bool template; /* give the form's own words too */
    int depth;
    int data, words,
        shown; /* depth of the element that holds data, the template's, its texts; or 0 */
    char name[NAMES_DEPTH][NAME_MAX_LEN];
    struct buf value;
    bool leaf;
};

static void on_start(void *ctx, const struct xml_element *element)
{
    struct xfa *xfa = ctx;
    int depth = ++xfa->depth;

    if (depth < NAMES_DEPTH)
        snprintf(xfa->name[depth], NAME_MAX_LEN, "%s", element->name);
    if (xfa->data == 0 && strcmp(element->name, "data") == 0 && strcmp(element->prefix, "xfa") == 0)
        xfa->data = depth;
    else if (xfa->words == 0 && xfa->template && strcmp(element->name, "template") == 0)
        xfa->words = depth;
    else if (xfa->words && xfa->shown == 0 &&
             (strcmp(element->name, "text") == 0 || strcmp(element->name, "exData") == 0))
        xfa->shown = depth;
    if (xfa->shown == 0 || xfa->shown == depth)
        buf_clear(&xfa->value);
    xfa->leaf = true;
}

static void on_text(void *ctx, const char *text, size_t len)
{
    struct xfa *xfa = ctx;

    if (xfa->data || xfa->shown)
        (void)buf_append(&xfa->value, text, len);
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

static void give_value(struct xfa *xfa, const char *name)
{
    if (is_blank(xfa->value.data))
        return;
    if (name) {
        emit_flow_str(xfa->emit, xfa->part, name);
        emit_flow_str(xfa->emit, xfa->part, ": ");
    }
    emit_flow(xfa->emit, xfa->part, xfa->value.data, xfa->value.len);
    emit_flow_str(xfa->emit, xfa->part, "\n");
}

static void on_end(void *ctx, const char *name)
{
    struct xfa *xfa = ctx;
    int depth = xfa->depth--;

    if (xfa->data && depth > xfa->data && xfa->leaf)
        give_value(xfa, depth < NAMES_DEPTH ? xfa->name[depth] : name);
    else if (xfa->shown == depth)
        give_value(xfa, NULL);
    else if (xfa->shown)
        (void)buf_append_char(&xfa->value, ' ');
    if (xfa->shown == 0 || xfa->shown == depth) {
        buf_clear(&xfa->value);
        xfa->leaf = false;
    }
    xfa->data = xfa->data == depth ? 0 : xfa->data;
    xfa->words = xfa->words == depth ? 0 : xfa->words;
    xfa->shown = xfa->shown == depth ? 0 : xfa->shown;
}

void pdf_xfa_read(struct pdf *pdf, struct emit *emit)
{
    static const struct xml_handler handler = {on_start, on_end, on_text};
    unsigned char *data = NULL;
    bool pure;
    fz_buffer *xml = xfa_of(pdf, &pure);
    size_t len = xml ? fz_buffer_storage(pdf->ctx, xml, &data) : 0;

    if (len) {
        struct xfa *xfa = mem_zalloc(1, sizeof(*xfa));
        xfa->emit = emit;
        xfa->part = pure ? TEXT_MAIN : TEXT_REST;
        xfa->template = pure;
        buf_init(&xfa->value, XFA_MAX);
        struct xml_parser *parser = xml_parser_new(&handler, xfa);
        if (xml_parser_feed(parser, (const char *)data, len) || xml_parser_end(parser))
            emit_warning(emit, REASON_CORRUPT, "the form's XML (XFA) is broken");
        xml_parser_free(parser);
        buf_release(&xfa->value);
        free(xfa);
        emit_meta(emit, "form", pure ? "XFA only" : "XFA");
    }
    fz_drop_buffer(pdf->ctx, xml);
}
