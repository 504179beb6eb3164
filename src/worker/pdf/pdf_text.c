#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "worker/pdf/pdf.h"
#include "worker/pdf/pdf_line.h"
#include "worker/pdf/pdf_paint.h"
#include "worker/pdf/visual.h"

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
    struct buf *veiled;      /* words that cannot be seen, by enum veil */
    struct paint_view *view; /* NULL where nothing can be seen anyway */
    struct row row;          /* being collected */
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

static void row_add_line(struct row *row, const fz_stext_line *line, struct paint_view *view)
{
    if (row->glyphs.count == 0)
        row->dir = line->dir;
    for (const fz_stext_char *c = line->first_char; c; c = c->next) {
        struct glyph glyph = {.rune = pdf_rune(c),
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
        if (view && rune_direction(glyph.rune) != DIRECTION_NEUTRAL)
            glyph.veil = paint_veil(view, (uint32_t)c->color, fz_rect_from_quad(c->quad));
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
        line_append(&row->glyphs, row->rtl, &layout->brackets, layout->page, layout->veiled);
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
        if (rune_direction(pdf_rune(c)) == DIRECTION_RTL)
            return true;
    return false;
}

static void line_take(struct layout *layout, const fz_stext_line *line, bool first)
{
    if (!joins_row(layout, line, line_is_rtl(line))) {
        row_end(layout);
        layout->row.new_block = first;
    }
    row_add_line(&layout->row, line, layout->view);
}

/* Whether any of the line is on the part of the page that is shown. */
static bool on_page(const fz_stext_line *line, fz_rect page)
{
    fz_rect both = fz_intersect_rect(line->bbox, page);

    return both.x1 > both.x0 && both.y1 > both.y0;
}

static void layout_end(struct layout *layout)
{
    row_end(layout);
    page_text_newline(layout->page, 1);
    glyphs_release(&layout->row.glyphs);
}

static void block_append(const fz_stext_block *block, fz_rect page, struct layout *shown,
                         struct layout *outside)
{
    bool first = true, first_outside = true;

    for (const fz_stext_line *line = block->u.t.first_line; line; line = line->next) {
        if (on_page(line, page)) {
            line_take(shown, line, first);
            first = false;
        } else {
            line_take(outside, line, first_outside);
            first_outside = false;
        }
    }
}

/* ---- running heads and feet ---- */

enum place { PLACE_HEAD, PLACE_BODY, PLACE_FOOT, PLACE_COUNT };

/* The parts of the page, of 1, where running heads and feet stand, and how far from the text, in
 * their own height. */
static const float MARGIN = 0.12F;
static const float APART = 0.7F;

static enum place place_in(const fz_stext_block *block, fz_rect page)
{
    float height = page.y1 - page.y0;

    if (block->bbox.y0 >= page.y1 - MARGIN * height)
        return PLACE_FOOT;
    return block->bbox.y1 <= page.y0 + MARGIN * height ? PLACE_HEAD : PLACE_BODY;
}

static bool is_text(const fz_stext_block *block)
{
    return block->type == FZ_STEXT_BLOCK_TEXT && block->u.t.first_line;
}

/* The blocks' extent, by place. */
static void measure_places(const fz_stext_page *found, fz_rect boxes[PLACE_COUNT])
{
    for (int place = 0; place < PLACE_COUNT; place++)
        boxes[place] = fz_empty_rect;
    for (const fz_stext_block *block = found->first_block; block; block = block->next) {
        enum place place = place_in(block, found->mediabox);
        if (is_text(block))
            boxes[place] = fz_union_rect(boxes[place], block->bbox);
    }
}

/* The lines on the page, and those beside it. Files store heads and feet anywhere, often before the
 * text: where they stand well apart from it they are read first and last. */
static void page_append(const fz_stext_page *found, struct layout *shown, struct layout *outside)
{
    fz_rect boxes[PLACE_COUNT];

    measure_places(found, boxes);
    const fz_rect *head = &boxes[PLACE_HEAD], *body = &boxes[PLACE_BODY],
                  *foot = &boxes[PLACE_FOOT];
    bool some = !fz_is_empty_rect(*body);
    bool head_apart = some && body->y0 - head->y1 > APART * (head->y1 - head->y0);
    bool foot_apart = some && foot->y0 - body->y1 > APART * (foot->y1 - foot->y0);

    for (int turn = 0; turn < PLACE_COUNT; turn++)
        for (const fz_stext_block *block = found->first_block; block; block = block->next) {
            enum place place = place_in(block, found->mediabox);
            if ((place == PLACE_HEAD && !head_apart) || (place == PLACE_FOOT && !foot_apart))
                place = PLACE_BODY;
            if (is_text(block) && (int)place == turn)
                block_append(block, found->mediabox, shown, outside);
        }
    layout_end(shown);
    layout_end(outside);
}

void pdf_words_init(struct pdf_words *words, double width, double height)
{
    *words = (struct pdf_words){0};
    page_text_init(&words->main, width, height);
    page_text_init(&words->rest, width, height);
    for (size_t i = 0; i < VEIL_COUNT; i++)
        buf_init(&words->veiled[i], PDF_VEILED_MAX);
}

void pdf_words_release(struct pdf_words *words)
{
    page_text_release(&words->main);
    page_text_release(&words->rest);
    for (size_t i = 0; i < VEIL_COUNT; i++)
        buf_release(&words->veiled[i]);
}

void pdf_text_read(struct pdf *pdf, fz_page *page, struct pdf_words *words)
{
    struct paint paint = {0};
    struct paint_view view = {.paint = &paint, .pdf = pdf, .page = page};
    fz_stext_page *found = pdf_stext_new(pdf, page, &paint, &words->layer.incomplete);

    if (found) {
        struct layout shown = {.page = &words->main, .veiled = words->veiled, .view = &view};
        struct layout outside = {.page = &words->rest};
        shown.row.glyphs.as_read = outside.row.glyphs.as_read = !pdf->pdf;
        pdf_layer_measure(found, &words->layer);
        shown.page_rtl = outside.page_rtl = words->layer.rtl;
        page_append(found, &shown, &outside);
        fz_drop_stext_page(pdf->ctx, found);
    }
    paint_view_release(&view);
    paint_release(&paint);
}
