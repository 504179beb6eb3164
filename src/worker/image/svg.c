#include "worker/image/svg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "worker/plain/charset.h"
#include "worker/web/html.h"
#include "worker/mail/mime_decode.h"
#include "worker/pdf/pdf.h"
#include "worker/xml/xml.h"

#define SVG_MIME "image/svg+xml"

struct drawing {
    struct emit *emit;
    struct buf text;
    struct buf title; /* of the whole drawing */
    struct buf link;  /* value of an attribute, no longer than the whole text */
    int depth;        /* of open elements */
    int shown;        /* depth of the element whose text is read, 0 for none */
    int hidden;       /* depth of <style> or <script>, 0 for none */
    bool in_title;    /* the drawing's own title */
    unsigned pictures;
};

/* Elements whose text people see or are told. */
static bool has_text(const char *name)
{
    static const char *const known[] = {"text",          "title",    "desc",
                                        "foreignObject", "flowRoot", "metadata"};

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (strcmp(name, known[i]) == 0)
            return true;
    return false;
}

/* RFC 2397: "data:image/png;base64,...". */
static void send_picture(struct drawing *drawing, const char *link)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    const char *comma = strchr(link, ',');
    char mime[MIME_MAX + 1], name[64];

    if (strncmp(link, "data:", 5) != 0 || !comma ||
        !memmem(link, (size_t)(comma - link), "base64", 6))
        return;
    snprintf(mime, sizeof(mime), "%.*s", (int)strcspn(link + 5, ";,"), link + 5);
    buf_init(&bytes, SVG_BYTES_MAX);
    mime_decode_base64(comma + 1, strlen(comma + 1), &bytes);
    snprintf(name, sizeof(name), "picture-%u", ++drawing->pictures);
    emit_child(drawing->emit, name, strlen(name), mime, INT64_MIN);
    emit_child_data(drawing->emit, bytes.data, bytes.len);
    emit_child_end(drawing->emit, REASON_NONE, "");
}

static void on_start(void *ctx, const struct xml_element *element)
{
    struct drawing *drawing = ctx;

    drawing->depth++;
    if (!drawing->hidden &&
        (strcmp(element->name, "style") == 0 || strcmp(element->name, "script") == 0))
        drawing->hidden = drawing->depth;
    if (!drawing->shown && has_text(element->name)) {
        drawing->shown = drawing->depth;
        drawing->in_title = drawing->depth == 2 && strcmp(element->name, "title") == 0;
    }
    if (strcmp(element->name, "image") == 0 && !drawing->emit->stop) {
        char *link = buf_reserve(&drawing->link, drawing->link.cap);
        if (link && xml_attribute(element, "href", link, drawing->link.cap))
            send_picture(drawing, link);
    }
}

static void line_end(struct drawing *drawing)
{
    if (drawing->text.len && drawing->text.data[drawing->text.len - 1] != '\n')
        (void)buf_append_char(&drawing->text, '\n');
}

static void on_end(void *ctx, const char *name)
{
    static const char *const lines[] = {"p", "div", "flowPara", "li", "tr", "title", "creator"};
    struct drawing *drawing = ctx;

    for (size_t i = 0; i < ARRAY_LEN(lines); i++)
        if (strcmp(name, lines[i]) == 0)
            line_end(drawing);
    if (drawing->shown == drawing->depth) {
        line_end(drawing);
        drawing->shown = 0;
        drawing->in_title = false;
    }
    if (drawing->hidden == drawing->depth)
        drawing->hidden = 0;
    drawing->depth--;
}

static void append_words(struct buf *to, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        char c = strchr("\r\n\t ", text[i]) ? ' ' : text[i];
        if (c != ' ' || (to->len && !strchr(" \n", to->data[to->len - 1])))
            (void)buf_append_char(to, c);
    }
}

static void on_text(void *ctx, const char *text, size_t len)
{
    struct drawing *drawing = ctx;

    if (!drawing->shown || drawing->hidden)
        return;
    append_words(&drawing->text, text, len);
    if (drawing->in_title)
        append_words(&drawing->title, text, len);
}

static int parse(const struct input *input, struct drawing *drawing)
{
    static const struct xml_handler handler = {on_start, on_end, on_text};
    CLEANUP(cleanup_buf) struct buf utf8 = {0};
    size_t len = input->len < SVG_BYTES_MAX ? input->len : SVG_BYTES_MAX;
    char declared[HTML_CHARSET_MAX];

    html_declared_charset((const char *)input->data, len, declared);
    buf_init(&utf8, (size_t)4 * SVG_BYTES_MAX);
    (void)charset_text(declared, input->data, len, &utf8);
    (void)buf_append_char(&utf8, '\0');
    buf_init(&drawing->link, utf8.len);
    const char *start = utf8.data;
    const char *end = strncmp(start, "<?xml", 5) == 0 ? strstr(start, "?>") : NULL;
    start = end ? end + 2 : start;
    struct xml_parser *parser = xml_parser_new(&handler, drawing);
    int rc = xml_parser_feed(parser, start, strlen(start));
    if (rc == 0)
        rc = xml_parser_end(parser);
    xml_parser_free(parser);
    return rc;
}

/* The size as drawn; unknown where MuPDF cannot draw it. */
static void set_size(const struct input *input, struct page_head *head)
{
    struct verdict verdict;
    struct pdf pdf;

    if (pdf_open_other(&pdf, input, SVG_MIME, &verdict)) {
        fz_page *page = pdf_page_load(&pdf, 0);
        fz_rect bounds = page ? pdf_page_bounds(&pdf, page) : fz_empty_rect;
        if (bounds.x1 - bounds.x0 < 10000 && bounds.y1 - bounds.y0 < 10000 && page) {
            head->width = (uint32_t)((bounds.x1 - bounds.x0) * 100);
            head->height = (uint32_t)((bounds.y1 - bounds.y0) * 100);
        }
        pdf_page_free(&pdf, page);
    }
    pdf_close(&pdf);
}

struct verdict svg_read(const struct input *input, struct emit *emit)
{
    struct page_head head = {.method = PAGE_TEXT, .confidence = CONFIDENCE_NONE};
    struct drawing drawing = {.emit = emit};

    buf_init(&drawing.text, PAGE_TEXT_MAX - 1);
    buf_init(&drawing.title, META_VALUE_MAX);
    int rc = parse(input, &drawing);
    emit_meta_len(emit, "title", drawing.title.data, drawing.title.len);
    set_size(input, &head);
    emit_page(emit, &head, drawing.text.data, drawing.text.len, NULL, 0);
    buf_release(&drawing.text);
    buf_release(&drawing.title);
    buf_release(&drawing.link);
    struct verdict verdict = verdict_by_words(emit);
    if (rc && verdict.outcome == OUTCOME_TEXT) {
        verdict.reason = rc == ERR_LIMIT ? REASON_LIMIT_DEPTH : REASON_CORRUPT;
        snprintf(verdict.detail, sizeof(verdict.detail),
                 "its XML is damaged; what stands before was read");
    }
    return verdict;
}

struct verdict svg_render(const struct input *input, uint32_t page, uint32_t dpi, struct emit *emit)
{
    return pdf_render_other(input, SVG_MIME, page, dpi, emit);
}
