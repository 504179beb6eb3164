#include "worker/office/odf_content.h"

#include <stdio.h>
#include <string.h>

#include "worker/office/odf.h"
#include "worker/office/workbook.h"
#include "worker/web/prose.h"

enum { SHEET_STYLE_MAX = 64, HIDDEN_STYLES_MAX = 16 << 10 };

struct content {
    struct prose prose;
    struct emit *emit;
    enum odf_part part;
    unsigned depth;
    unsigned shown_from; /* depth at which text began to count; 0 = not counting */
    unsigned skip_from;  /* depth of an element whose text is left out; 0 = none */
    unsigned paragraphs; /* open text:p and text:h */
    unsigned annotations;
    /* tables */
    struct buf cell; /* text of the open cell, when it may be repeated */
    long cell_repeat;
    long empty_cells; /* not yet written */
    unsigned cells;   /* open cells */
    /* sheets */
    bool in_sheets;  /* inside office:spreadsheet */
    unsigned tables; /* open ones: what lies in a sheet's cell is none */
    struct sheet_facts facts;
    int64_t row, column; /* where the open row or column begins */
    int64_t row_repeat;
    bool row_has_text;
    bool gap;                    /* more empty cells before the next than are written */
    char style[SHEET_STYLE_MAX]; /* the open one, of tables */
    struct buf hidden_styles;    /* of tables that are not displayed: names, each ended by a NUL */
    /* slides */
    struct buf slide;
    bool in_slide;
    uint32_t slides;
};

static void put(struct content *content, const char *text, size_t len)
{
    if (content->in_slide)
        (void)buf_append(&content->slide, text, len);
    else if (content->cells == 1 && !content->prose.asides && !content->prose.deleted)
        (void)buf_append(&content->cell, text, len);
    else
        prose_text(&content->prose, text, len);
}

static void put_str(struct content *content, const char *text)
{
    put(content, text, strlen(text));
}

static bool shown(const struct content *content)
{
    return content->shown_from && !content->skip_from;
}

/* ---- sheets ---- */

/* A sheet is hidden by its style (19.506 style:table-properties, table:display). */
static void style_start(struct content *content, const struct xml_element *element)
{
    char display[8];

    if (xml_is(element->name, "style"))
        xml_attribute(element, "name", content->style, sizeof(content->style));
    else if (xml_is(element->name, "table-properties") && content->style[0] &&
             xml_attribute(element, "display", display, sizeof(display)) &&
             xml_is(display, "false"))
        (void)buf_append(&content->hidden_styles, content->style, strlen(content->style) + 1);
}

static bool is_hidden_style(const struct content *content, const char *style)
{
    const struct buf *all = &content->hidden_styles;

    for (size_t at = 0; *style && at < all->len; at += strlen(all->data + at) + 1)
        if (strcmp(all->data + at, style) == 0)
            return true;
    return false;
}

static void sheet_start(struct content *content, const struct xml_element *element,
                        const char *name)
{
    char style[SHEET_STYLE_MAX];

    prose_flush(&content->prose);
    sheet_facts_start(&content->facts, content->emit, name);
    content->row = content->column = 0;
    content->row_has_text = false;
    xml_attribute(element, "style-name", style, sizeof(style));
    if (is_hidden_style(content, style))
        emit_meta(content->emit, "hidden-sheet", name);
}

static void sheet_end(struct content *content)
{
    prose_flush(&content->prose);
    sheet_facts_end(&content->facts, content->emit);
}

static bool in_sheet(const struct content *content)
{
    return content->in_sheets && content->tables == 1 && content->cells == 0;
}

static int64_t repeated(const struct xml_element *element, const char *name)
{
    enum { PLACES_MAX = 1 << 24 };
    long said = xml_attribute_number(element, name, 1);

    return said < 1 ? 1 : said < PLACES_MAX ? said : PLACES_MAX;
}

/* "collapse" by hand, "filter" by a filter. */
static bool is_collapsed(const struct xml_element *element)
{
    char visibility[16];

    return xml_attribute(element, "visibility", visibility, sizeof(visibility)) &&
           !xml_is(visibility, "visible");
}

static void row_start(struct content *content, const struct xml_element *element)
{
    if (!in_sheet(content))
        return;
    content->row_repeat = repeated(element, "number-rows-repeated");
    content->row_has_text = content->gap = false;
    if (is_collapsed(element))
        sheet_facts_hide_rows(&content->facts, content->row,
                              content->row + content->row_repeat - 1);
}

static void column_start(struct content *content, const struct xml_element *element)
{
    if (!in_sheet(content))
        return;
    int64_t first = content->column;
    content->column += repeated(element, "number-columns-repeated");
    if (is_collapsed(element))
        sheet_facts_hide_columns(&content->facts, first, content->column - 1);
}

/* What is repeated is written once. */
static void sheet_row_end(struct content *content)
{
    if (!in_sheet(content))
        return;
    if (content->row_has_text)
        sheet_facts_line(&content->facts, content->row);
    content->row += content->row_repeat;
}

/* ---- tables ---- */

static void table_start(struct content *content, const struct xml_element *element)
{
    char name[128];

    content->tables++;
    content->empty_cells = 0;
    if (content->cells || content->in_slide || !xml_attribute(element, "name", name, sizeof(name)))
        return;
    if (in_sheet(content))
        sheet_start(content, element, name);
    emit_meta(content->emit, "sheet", name);
    prose_str(&content->prose, name);
    prose_paragraph_end(&content->prose);
}

static void table_end(struct content *content)
{
    if (in_sheet(content))
        sheet_end(content);
    content->tables -= content->tables > 0;
}

static void cell_start(struct content *content, const struct xml_element *element)
{
    if (++content->cells > 1)
        return;
    content->cell_repeat = xml_attribute_number(element, "number-columns-repeated", 1);
    if (content->cell_repeat < 1)
        content->cell_repeat = 1;
    buf_clear(&content->cell);
}

static void cell_end(struct content *content)
{
    if (content->cells && --content->cells)
        return;
    struct buf *cell = &content->cell;
    while (cell->len && cell->data[cell->len - 1] == '\n')
        cell->data[--cell->len] = '\0';
    if (content->in_slide) {
        (void)buf_append_char(&content->slide, '\t');
        return;
    }
    if (cell->len == 0) {
        content->empty_cells +=
            content->cell_repeat < ODF_REPEAT_MAX ? content->cell_repeat : ODF_REPEAT_MAX;
        content->gap |= content->cell_repeat > ODF_REPEAT_MAX;
        return;
    }
    if (content->in_sheets)
        sheet_cell_clean(cell, 0);
    content->row_has_text = true;
    content->facts.gaps |= content->gap || content->cell_repeat > ODF_REPEAT_MAX;
    for (; content->empty_cells > 0; content->empty_cells--)
        prose_str(&content->prose, "\t");
    for (long i = 0; i < content->cell_repeat && i < ODF_REPEAT_MAX; i++) {
        prose_text(&content->prose, cell->data, cell->len);
        prose_str(&content->prose, "\t");
    }
    buf_clear(cell);
}

static void row_end(struct content *content)
{
    sheet_row_end(content);
    content->empty_cells = 0;
    if (content->in_slide)
        (void)buf_append_char(&content->slide, '\n');
    else if (content->cells == 0)
        prose_row_end(&content->prose);
    else
        put_str(content, "\n");
}

/* ---- slides ---- */

static void slide_start(struct content *content)
{
    content->in_slide = true;
    buf_clear(&content->slide);
}

static void slide_end(struct content *content)
{
    struct page_head page = {.method = PAGE_TEXT, .confidence = CONFIDENCE_NONE};

    content->in_slide = false;
    if (content->slides >= ODF_SLIDES_MAX)
        return;
    snprintf(page.label, sizeof(page.label), "slide %u", ++content->slides);
    emit_page(content->emit, &page, content->slide.data, content->slide.len, NULL, 0);
}

/* ---- events ---- */

static void spaces(struct content *content, const struct xml_element *element)
{
    long count = xml_attribute_number(element, "c", 1);

    for (long i = 0; i < count && i < ODF_REPEAT_MAX; i++)
        put_str(content, " ");
}

static void aside_start(struct content *content)
{
    if (content->in_slide)
        put_str(content, "\n");
    else
        prose_aside_start(&content->prose);
}

static void aside_end(struct content *content)
{
    if (content->in_slide)
        put_str(content, "\n");
    else
        prose_aside_end(&content->prose);
}

/* Of a document inside a flat one. */
static bool is_machinery(const char *name)
{
    return xml_is(name, "meta") || xml_is(name, "settings") || xml_is(name, "scripts");
}

static void structure_start(struct content *content, const struct xml_element *element)
{
    const char *name = element->name;

    if (xml_is(name, "table"))
        table_start(content, element);
    else if (xml_is(name, "spreadsheet"))
        content->in_sheets = true;
    else if (xml_is(name, "table-row"))
        row_start(content, element);
    else if (xml_is(name, "table-column"))
        column_start(content, element);
    else if (xml_is(name, "table-cell") || xml_is(name, "covered-table-cell"))
        cell_start(content, element);
    else if (xml_is(name, "page") && xml_is(element->prefix, "draw"))
        slide_start(content);
    else if (xml_is(name, "note") || xml_is(name, "annotation") || xml_is(name, "text-box") ||
             xml_is(name, "shapes")) {
        content->annotations += xml_is(name, "annotation");
        aside_start(content);
    } else if (xml_is(name, "deletion"))
        prose_deleted_start(&content->prose);
    else if (xml_is(name, "note-citation") || xml_is(name, "page-number") ||
             xml_is(name, "forms") || xml_is(name, "binary-data") ||
             (xml_is(element->prefix, "office") && is_machinery(name)))
        content->skip_from = content->depth;
}

static void on_start(void *ctx, const struct xml_element *element)
{
    struct content *content = ctx;
    const char *name = element->name;

    content->depth++;
    if (!content->shown_from) {
        bool begins = content->part == ODF_CONTENT ? xml_is(name, "body") || xml_is(name, "math")
                                                   : xml_is(name, "master-styles");
        content->shown_from = begins ? content->depth : 0;
        style_start(content, element);
        return;
    }
    if (!shown(content))
        return;
    if (xml_is(element->prefix, "text") && (xml_is(name, "p") || xml_is(name, "h")))
        content->paragraphs++;
    else if (xml_is(name, "tab"))
        put_str(content, "\t");
    else if (xml_is(name, "line-break"))
        put_str(content, "\n");
    else if (xml_is(name, "s") && xml_is(element->prefix, "text"))
        spaces(content, element);
    else
        structure_start(content, element);
}

static void paragraph_end(struct content *content)
{
    content->paragraphs -= content->paragraphs > 0;
    if (content->in_slide || (content->cells == 1 && !content->prose.asides))
        put_str(content, "\n");
    else
        prose_paragraph_end(&content->prose);
}

static void structure_end(struct content *content, const char *name)
{
    if (xml_is(name, "p") || xml_is(name, "h"))
        paragraph_end(content);
    else if (xml_is(name, "table-cell") || xml_is(name, "covered-table-cell"))
        cell_end(content);
    else if (xml_is(name, "table-row"))
        row_end(content);
    else if (xml_is(name, "table"))
        table_end(content);
    else if (xml_is(name, "page") && content->in_slide)
        slide_end(content);
    else if (xml_is(name, "note") || xml_is(name, "annotation") || xml_is(name, "text-box") ||
             xml_is(name, "shapes")) {
        content->annotations -= xml_is(name, "annotation") && content->annotations;
        aside_end(content);
    } else if (content->annotations && (xml_is(name, "creator") || xml_is(name, "date")))
        put_str(content, " ");
    else if (xml_is(name, "deletion"))
        prose_deleted_end(&content->prose);
}

static void on_end(void *ctx, const char *name)
{
    struct content *content = ctx;

    if (shown(content))
        structure_end(content, name);
    if (content->skip_from == content->depth)
        content->skip_from = 0;
    if (content->shown_from == content->depth)
        content->shown_from = 0;
    content->depth--;
}

/* Outside paragraphs there is only white space, but for the few fields of annotations (author,
 * date), which stand between them. */
static void on_text(void *ctx, const char *text, size_t len)
{
    struct content *content = ctx;

    if (!shown(content))
        return;
    if (content->paragraphs == 0) {
        size_t blank = 0;
        while (blank < len && strchr(" \t\r\n", text[blank]))
            blank++;
        if (blank == len)
            return;
        put(content, text, len);
        put_str(content, " ");
        return;
    }
    put(content, text, len);
}

typedef int read_xml(void *source, const struct xml_handler *handler, void *ctx);

static int read_content(read_xml *read, void *source, enum odf_part part, struct emit *emit)
{
    static const struct xml_handler handler = {on_start, on_end, on_text};
    struct content content = {.emit = emit, .part = part};

    prose_init(&content.prose, emit);
    buf_init(&content.cell, PROSE_ASIDE_MAX);
    buf_init(&content.hidden_styles, HIDDEN_STYLES_MAX);
    buf_init(&content.slide, PAGE_TEXT_MAX);
    int rc = read(source, &handler, &content);
    if (content.in_slide)
        slide_end(&content);
    prose_text(&content.prose, content.cell.data, content.cell.len);
    if (content.in_sheets)
        sheet_end(&content);
    prose_end(&content.prose);
    buf_release(&content.hidden_styles);
    buf_release(&content.cell);
    buf_release(&content.slide);
    return rc;
}

struct packed {
    struct package *package;
    const char *name;
};

static int read_packed(void *source, const struct xml_handler *handler, void *ctx)
{
    const struct packed *packed = source;

    return package_read_xml(packed->package, packed->name, handler, ctx);
}

void odf_content_read(struct package *package, const char *name, enum odf_part part,
                      struct emit *emit)
{
    (void)read_content(read_packed, &(struct packed){package, name}, part, emit);
}

static int read_flat(void *source, const struct xml_handler *handler, void *ctx)
{
    const struct input *input = source;
    struct xml_parser *parser = xml_parser_new(handler, ctx);
    int rc = xml_parser_feed(parser, (const char *)input->data, input->len);

    if (rc == 0)
        rc = xml_parser_end(parser);
    xml_parser_free(parser);
    return rc;
}

int odf_content_flat(const struct input *input, enum odf_part part, struct emit *emit)
{
    struct input source = *input;

    return read_content(read_flat, &source, part, emit);
}
