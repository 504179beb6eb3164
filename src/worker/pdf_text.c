#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "worker/pdf.h"
#include "worker/pdf_line.h"
#include "worker/visual.h"

/* A printed line: MuPDF's lines on one baseline, joined where that is needed. */
struct row {
    struct glyphs glyphs;
    struct page_box box;
    fz_point dir; /* of the baseline */
    bool rtl;     /* has letters that read right to left */
    bool new_block;
};

struct layout {
    struct page_text *page;
    struct row row; /* being collected */
    struct bracket_habit brackets;
    struct page_box last;
    bool any; /* a row was written */
    bool page_rtl;
};

/* ---- rows ---- */

static struct page_box box_of_quad(fz_quad q)
{
    fz_rect r = fz_rect_from_quad(q);

    return (struct page_box){r.x0, r.y0, r.x1, r.y1};
}

static float along(fz_point p, fz_point dir)
{
    return p.x * dir.x + p.y * dir.y;
}

static bool same_place(const struct glyph *a, const struct glyph *b)
{
    return a->rune == b->rune && fabsf(a->from - b->from) < 0.12F * a->size &&
           fabsf(a->to - b->to) < 0.12F * a->size && fabs(a->box.y0 - b->box.y0) < 0.12 * a->size;
}

/* Bold type is sometimes faked by printing a letter twice; it is read once. */
static bool printed_twice(const struct glyphs *glyphs, const struct glyph *glyph)
{
    if (glyph->to - glyph->from < 0.01F * glyph->size)
        return false;
    for (size_t back = 1; back <= 2 && back <= glyphs->count; back++)
        if (same_place(&glyphs->at[glyphs->count - back], glyph))
            return true;
    return false;
}

static uint32_t rune_of(const fz_stext_char *c)
{
    return (uint32_t)c->c & ~(uint32_t)PDF_CONTINUES;
}

static void row_add_line(struct row *row, const fz_stext_line *line)
{
    if (row->glyphs.count == 0)
        row->dir = line->dir;
    for (const fz_stext_char *c = line->first_char; c; c = c->next) {
        struct glyph glyph = {.rune = rune_of(c),
                              .continues = c->c & PDF_CONTINUES,
                              .from = along(c->quad.ll, row->dir),
                              .to = along(c->quad.lr, row->dir),
                              .size = c->size,
                              .box = box_of_quad(c->quad)};
        if (glyph.rune < 0x20 || glyph.rune == 0x7F || glyph.rune == 0xFEFF ||
            printed_twice(&row->glyphs, &glyph))
            continue;
        if (glyph.rune == 0xAD) /* a soft hyphen that is shown is a hyphen */
            glyph.rune = '-';
        row->rtl |= rune_direction(glyph.rune) == DIRECTION_RTL;
        glyphs_add(&row->glyphs, glyph);
        row->box = page_box_union(row->box, glyph.box);
    }
}

static double overlap(double a0, double a1, double b0, double b1)
{
    double from = a0 > b0 ? a0 : b0, to = a1 < b1 ? a1 : b1;

    return to > from ? to - from : 0;
}

/* Whether b stands beside a on the same baseline (of horizontal text). */
static bool beside(const struct page_box *a, const struct page_box *b)
{
    double height_a = a->y1 - a->y0, height_b = b->y1 - b->y0;
    double low = height_a < height_b ? height_a : height_b;

    return overlap(a->y0, a->y1, b->y0, b->y1) > 0.5 * low &&
           overlap(a->x0, a->x1, b->x0, b->x1) <= 0.3 * low;
}

static double gap(const struct page_box *a, const struct page_box *b)
{
    return a->x0 > b->x0 ? a->x0 - b->x1 : b->x0 - a->x1;
}

/* Whether the line goes on a row of right-to-left text: MuPDF starts a new line whenever the
 * pen moves back. */
static bool joins_row(const struct layout *layout, const fz_stext_line *line, bool line_rtl)
{
    const struct row *row = &layout->row;
    struct page_box box = {line->bbox.x0, line->bbox.y0, line->bbox.x1, line->bbox.y1};
    double height = row->box.y1 - row->box.y0;

    if (row->glyphs.count == 0 || !(row->rtl || line_rtl || layout->page_rtl))
        return false;
    return row->dir.x > 0.99F && line->dir.x > 0.99F && beside(&row->box, &box) &&
           gap(&row->box, &box) < 3 * height;
}

/* What separates the row from what is written already. */
static void separate(struct layout *layout)
{
    const struct page_box *last = &layout->last, *box = &layout->row.box;
    double height = box->y1 - box->y0;

    if (!layout->any)
        return;
    if (!layout->row.new_block && beside(last, box) && layout->row.dir.x > 0.99F)
        page_text_space(layout->page, gap(last, box) > 2 * height ? '\t' : ' ');
    else if (layout->row.new_block && (box->y0 - last->y1 > 0.5 * height || box->y1 < last->y0))
        page_text_newline(layout->page, 2);
    else
        page_text_newline(layout->page, 1);
}

static void row_end(struct layout *layout)
{
    struct row *row = &layout->row;

    if (row->glyphs.count && row->box.x0 < row->box.x1) {
        separate(layout);
        line_append(&row->glyphs, row->rtl, &layout->brackets, layout->page);
        layout->last = row->box;
        layout->any = true;
    }
    row->glyphs.count = 0;
    row->box = (struct page_box){0};
    row->rtl = false;
    row->new_block = false;
}

static bool line_is_rtl(const fz_stext_line *line)
{
    for (const fz_stext_char *c = line->first_char; c; c = c->next)
        if (rune_direction(rune_of(c)) == DIRECTION_RTL)
            return true;
    return false;
}

static void block_append(struct layout *layout, const fz_stext_block *block)
{
    bool first = true;

    for (const fz_stext_line *line = block->u.t.first_line; line; line = line->next) {
        if (!joins_row(layout, line, line_is_rtl(line))) {
            row_end(layout);
            layout->row.new_block = first;
        }
        first = false;
        row_add_line(&layout->row, line);
    }
}

/* ---- how good the layer is ---- */

static bool is_lost(uint32_t rune)
{
    return rune == 0xFFFD || rune < 0x20 || (rune >= 0x7F && rune < 0xA0) ||
           (rune >= 0xE000 && rune <= 0xF8FF) || rune >= 0xF0000;
}

/* Fonts with a wrong or missing table of their characters give these instead of common letters. The
 * Arabic ones are in Unicode for languages that wrote them for a while, or as rare marks. */
static bool is_garbled(uint32_t rune)
{
    return rune == 0xFFFD || (rune >= 0x063B && rune <= 0x063F) ||
           (rune >= 0x0656 && rune <= 0x065F);
}

static void count_char(uint32_t rune, struct pdf_layer *layer, size_t *rtl)
{
    enum direction direction = rune_direction(rune);

    layer->garbled += is_garbled(rune);
    if (is_lost(rune)) {
        layer->lost++;
        return;
    }
    layer->letters +=
        direction == DIRECTION_LTR || direction == DIRECTION_RTL || direction == DIRECTION_NUMBER;
    *rtl += direction == DIRECTION_RTL;
}

static double area(fz_rect r)
{
    return r.x1 > r.x0 && r.y1 > r.y0 ? (double)(r.x1 - r.x0) * (r.y1 - r.y0) : 0;
}

static void measure(const fz_stext_page *text, struct pdf_layer *layer, bool *ret_rtl)
{
    double page_area = area(text->mediabox), images = 0;
    size_t rtl = 0;

    for (const fz_stext_block *block = text->first_block; block; block = block->next) {
        if (block->type == FZ_STEXT_BLOCK_IMAGE) {
            images += area(fz_intersect_rect(block->bbox, text->mediabox));
            continue;
        }
        for (const fz_stext_line *line = block->u.t.first_line; line; line = line->next)
            for (const fz_stext_char *c = line->first_char; c; c = c->next)
                count_char(rune_of(c), layer, &rtl);
    }
    layer->image_share = page_area > 0 && images < page_area ? images / page_area : images > 0;
    *ret_rtl = rtl * 2 > layer->letters;
}

void pdf_text_read(struct pdf *pdf, fz_page *page, struct page_text *text,
                   struct pdf_layer *ret_layer)
{
    struct layout layout = {.page = text};

    *ret_layer = (struct pdf_layer){0};
    fz_stext_page *found = pdf_stext_new(pdf, page, &ret_layer->incomplete);
    if (!found)
        return;
    measure(found, ret_layer, &layout.page_rtl);
    for (const fz_stext_block *block = found->first_block; block; block = block->next)
        if (block->type == FZ_STEXT_BLOCK_TEXT)
            block_append(&layout, block);
    row_end(&layout);
    page_text_newline(text, 1);
    glyphs_release(&layout.row.glyphs);
    fz_drop_stext_page(pdf->ctx, found);
}
