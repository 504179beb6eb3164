/*
 * The characters of a page, by MuPDF's structured text device, with a device in front of it that
 * keeps what the structured text would lose:
 *
 * A glyph that stands for several characters (lam-alef, ffi) gives the first of them its room and
 * the others none. So does a letter of a font that prints it without an advance; but that one has a
 * place of its own in a line stored from left to right, and the others belong behind the first. The
 * former are marked.
 *
 * Where a character stands among all that the page paints (pdf_paint.h): the number of its text
 * object takes the place of its colour, which nobody asks for.
 *
 * A glyph of a Type 3 font whose name says nothing is named by its code, as fonts of bitmaps are
 * made; it is marked as guessed.
 */
#include <string.h>

#include "worker/pdf/pdf.h"
#include "worker/pdf/pdf_jpx.h"
#include "worker/pdf/pdf_paint.h"

enum { LIGATURE_PARTS = 4 };

struct marker {
    fz_device super;
    fz_device *stext;
    struct paint *paint;
    fz_text *last; /* text is filled and then stroked to look bold; it is read once */
};

static bool is_guess(fz_context *ctx, const fz_text_span *span, const fz_text_item *item)
{
    return item->ucs == 0xFFFD && item->gid > ' ' && item->gid < 0x7F &&
           fz_font_t3_procs(ctx, span->font) != NULL;
}

/* A ligature is often named by its parts ("f_f_i", AGL specification, section 2), of which MuPDF
 * takes the first. Writes the others to `parts`; returns how many. Only what begins with a letter
 * that begins ligatures is looked at. */
static int further_letters(fz_context *ctx, const fz_text_span *span, const fz_text_item *item,
                           int parts[LIGATURE_PARTS])
{
    char name[64];
    int count = 0;

    if (item->gid < 0 || item->ucs <= 0 || item->ucs > 'z' || !strchr("fTtcsSjQ", item->ucs) ||
        fz_font_t3_procs(ctx, span->font))
        return 0;
    fz_get_glyph_name(ctx, span->font, item->gid, name, sizeof(name));
    name[strcspn(name, ".")] = '\0';
    for (char *at = strchr(name, '_'); at && count < LIGATURE_PARTS;) {
        char *end = strchr(++at, '_');
        if (end)
            *end = '\0';
        int rune = fz_unicode_from_glyph_name(at);
        if (rune <= 0 || rune == 0xFFFD)
            return 0;
        parts[count++] = rune;
        at = end;
    }
    return count;
}

/* Whether the next item belongs to the same glyph: its letters are all told already. */
static bool is_told(const fz_text_span *span, int i)
{
    return i + 1 < span->len && span->items[i + 1].gid < 0;
}

/* Whether the text must be changed before it is passed on. */
static bool has_marks(fz_context *ctx, const fz_text *text)
{
    int parts[LIGATURE_PARTS];

    for (const fz_text_span *span = text->head; span; span = span->next)
        for (int i = 0; i < span->len; i++)
            if (span->items[i].gid < 0 || is_guess(ctx, span, &span->items[i]) ||
                further_letters(ctx, span, &span->items[i], parts))
                return true;
    return false;
}

static void copy_span(fz_context *ctx, const fz_text_span *span, fz_text *out)
{
    for (int i = 0; i < span->len; i++) {
        const fz_text_item *item = &span->items[i];
        fz_matrix trm = span->trm;
        int rune = item->ucs;
        if (is_guess(ctx, span, item))
            rune = item->gid | PDF_GUESSED;
        else if (item->gid < 0 && i > 0 && rune >= 0)
            rune |= PDF_CONTINUES;
        trm.e = item->x;
        trm.f = item->y;
        fz_show_glyph(ctx, out, span->font, trm, item->gid, rune, span->wmode, span->bidi_level,
                      span->markup_dir, span->language);
        int parts[LIGATURE_PARTS];
        int more = is_told(span, i) ? 0 : further_letters(ctx, span, item, parts);
        for (int part = 0; part < more; part++)
            fz_show_glyph(ctx, out, span->font, trm, -1, parts[part] | PDF_CONTINUES, span->wmode,
                          span->bidi_level, span->markup_dir, span->language);
    }
}

/* Passes on the text with its number for a colour; a quarter more than the number comes out as it
 * however the structured text rounds. */
static void pass_numbered(fz_context *ctx, fz_device *stext, const fz_text *text, fz_matrix ctm,
                          uint32_t number)
{
    float color[3];

    for (int i = 0; i < 3; i++)
        color[i] = ((float)(number >> (16 - 8 * i) & 0xFF) + 0.25F) / 255;
    fz_fill_text(ctx, stext, text, ctm, fz_device_rgb(ctx), color, 1, fz_default_color_params);
}

/* Every way of showing text ends here. */
static void pass_text(fz_context *ctx, struct marker *marker, const fz_text *text, fz_matrix ctm,
                      uint32_t number)
{
    fz_text *copy = NULL;

    fz_drop_text(ctx, marker->last);
    marker->last = fz_keep_text(ctx, text);
    if (!has_marks(ctx, text)) {
        pass_numbered(ctx, marker->stext, text, ctm, number);
        return;
    }
    fz_var(copy);
    fz_try(ctx)
    {
        copy = fz_new_text(ctx);
        for (const fz_text_span *span = text->head; span; span = span->next)
            copy_span(ctx, span, copy);
        pass_numbered(ctx, marker->stext, copy, ctm, number);
    }
    fz_always(ctx)
    {
        fz_drop_text(ctx, copy);
    }
    fz_catch(ctx)
    {
        fz_rethrow(ctx);
    }
}

/* 0 black - 1 white. */
static float light_of(fz_context *ctx, fz_colorspace *space, const float *color,
                      fz_color_params params)
{
    float grey = 0;

    if (space && color)
        fz_convert_color(ctx, space, color, fz_device_gray(ctx), &grey, NULL, params);
    return grey;
}

static void fill_text(fz_context *ctx, fz_device *device, const fz_text *text, fz_matrix ctm,
                      fz_colorspace *space, const float *color, float alpha, fz_color_params params)
{
    struct marker *marker = (struct marker *)device;

    if (text != marker->last)
        pass_text(ctx, marker, text, ctm,
                  paint_add_text(marker->paint, light_of(ctx, space, color, params), alpha, true));
}

static void stroke_text(fz_context *ctx, fz_device *device, const fz_text *text,
                        const fz_stroke_state *stroke, fz_matrix ctm, fz_colorspace *space,
                        const float *color, float alpha, fz_color_params params)
{
    (void)stroke;
    fill_text(ctx, device, text, ctm, space, color, alpha, params);
}

static void clip_text(fz_context *ctx, fz_device *device, const fz_text *text, fz_matrix ctm,
                      fz_rect scissor)
{
    struct marker *marker = (struct marker *)device;

    (void)scissor;
    if (text != marker->last)
        pass_text(ctx, marker, text, ctm, paint_add_text(marker->paint, 0, 1, true));
}

static void clip_stroke_text(fz_context *ctx, fz_device *device, const fz_text *text,
                             const fz_stroke_state *stroke, fz_matrix ctm, fz_rect scissor)
{
    (void)stroke;
    clip_text(ctx, device, text, ctm, scissor);
}

static void ignore_text(fz_context *ctx, fz_device *device, const fz_text *text, fz_matrix ctm)
{
    struct marker *marker = (struct marker *)device;

    if (text != marker->last)
        pass_text(ctx, marker, text, ctm, paint_add_text(marker->paint, 0, 1, false));
}

static void add_cover(fz_context *ctx, struct marker *marker, fz_rect box, float alpha, bool image)
{
    fz_rect shown = fz_intersect_rect(box, fz_device_current_scissor(ctx, &marker->super));

    paint_add_cover(marker->paint, shown, alpha, image);
}

static void fill_path(fz_context *ctx, fz_device *device, const fz_path *path, int even_odd,
                      fz_matrix ctm, fz_colorspace *space, const float *color, float alpha,
                      fz_color_params params)
{
    (void)even_odd;
    (void)space;
    (void)color;
    (void)params;
    add_cover(ctx, (struct marker *)device, fz_bound_path(ctx, path, NULL, ctm), alpha, false);
}

static void stroke_path(fz_context *ctx, fz_device *device, const fz_path *path,
                        const fz_stroke_state *stroke, fz_matrix ctm, fz_colorspace *space,
                        const float *color, float alpha, fz_color_params params)
{
    (void)space;
    (void)color;
    (void)params;
    if (stroke->linewidth * fz_matrix_expansion(ctm) >= 3) /* a pen broad enough to hide letters */
        add_cover(ctx, (struct marker *)device, fz_bound_path(ctx, path, stroke, ctm), alpha,
                  false);
}

static void fill_shade(fz_context *ctx, fz_device *device, fz_shade *shade, fz_matrix ctm,
                       float alpha, fz_color_params params)
{
    (void)params;
    add_cover(ctx, (struct marker *)device, fz_bound_shade(ctx, shade, ctm), alpha, false);
}

static void fill_image(fz_context *ctx, fz_device *device, fz_image *image, fz_matrix ctm,
                       float alpha, fz_color_params params)
{
    struct marker *marker = (struct marker *)device;

    add_cover(ctx, marker, fz_transform_rect(fz_unit_rect, ctm), alpha, true);
    fz_fill_image(ctx, marker->stext, image, ctm, alpha, params);
}

static void fill_image_mask(fz_context *ctx, fz_device *device, fz_image *image, fz_matrix ctm,
                            fz_colorspace *space, const float *color, float alpha,
                            fz_color_params params)
{
    (void)space;
    (void)color;
    fill_image(ctx, device, image, ctm, alpha, params);
}

static void drop_marker(fz_context *ctx, fz_device *device)
{
    fz_drop_text(ctx, ((struct marker *)device)->last);
}

static fz_device *marker_new(fz_context *ctx, fz_device *stext, struct paint *paint)
{
    struct marker *marker = fz_new_derived_device(ctx, struct marker);

    marker->stext = stext;
    marker->paint = paint;
    marker->super.hints = stext->hints;
    marker->super.drop_device = drop_marker;
    marker->super.fill_path = fill_path;
    marker->super.stroke_path = stroke_path;
    marker->super.fill_shade = fill_shade;
    marker->super.fill_text = fill_text;
    marker->super.stroke_text = stroke_text;
    marker->super.clip_text = clip_text;
    marker->super.clip_stroke_text = clip_stroke_text;
    marker->super.ignore_text = ignore_text;
    marker->super.fill_image = fill_image;
    marker->super.fill_image_mask = fill_image_mask;
    return &marker->super;
}

void pdf_run_bare(fz_context *ctx, fz_page *page, fz_device *device, fz_matrix ctm,
                  fz_cookie *cookie)
{
    pdf_page *found = pdf_page_from_fz_page(ctx, page);
    pdf_processor *processor = NULL;
    fz_matrix page_ctm;
    fz_rect box;

    if (!found)
        return;
    pdf_page_transform(ctx, found, &box, &page_ctm);
    fz_var(processor);
    fz_try(ctx)
    {
        processor = pdf_new_run_processor(ctx, device, fz_concat(page_ctm, ctm), "View", NULL, NULL,
                                          cookie);
        processor->op_Do_image = NULL;
        processor->op_sh = NULL;
        pdf_process_contents(ctx, processor, found->doc, pdf_page_resources(ctx, found),
                             pdf_page_contents(ctx, found), cookie);
        pdf_close_processor(ctx, processor);
    }
    fz_always(ctx)
    {
        pdf_drop_processor(ctx, processor);
    }
    fz_catch(ctx)
    {
        fz_rethrow(ctx);
    }
    fz_run_page_annots(ctx, page, device, ctm, cookie);
    fz_run_page_widgets(ctx, page, device, ctm, cookie);
}

/* Runs the page into structured text; `bare`: without its pictures. */
static fz_stext_page *run_page(struct pdf *pdf, fz_page *page, bool bare, struct paint *paint,
                               bool *ret_incomplete)
{
    const fz_stext_options options = {.flags = FZ_STEXT_PRESERVE_IMAGES, .scale = 1};
    fz_rect bounds = pdf_page_bounds(pdf, page);
    fz_matrix to_corner = fz_translate(-bounds.x0, -bounds.y0);
    fz_context *ctx = pdf->ctx;
    fz_stext_page *text = NULL;
    fz_device *stext = NULL, *marker = NULL;
    fz_cookie cookie = {0};

    fz_var(text);
    fz_var(stext);
    fz_var(marker);
    fz_try(ctx)
    {
        text = fz_new_stext_page(ctx, fz_transform_rect(bounds, to_corner));
        stext = fz_new_stext_device(ctx, text, &options);
        marker = marker_new(ctx, stext, paint);
        if (bare)
            pdf_run_bare(ctx, page, marker, to_corner, &cookie);
        else
            fz_run_page(ctx, page, marker, to_corner, &cookie);
        pdf_run_links(ctx, page, marker, to_corner, &cookie);
        fz_close_device(ctx, marker);
        fz_close_device(ctx, stext);
        *ret_incomplete = cookie.errors > 0;
    }
    fz_always(ctx)
    {
        fz_drop_device(ctx, marker);
        fz_drop_device(ctx, stext);
    }
    fz_catch(ctx)
    {
        *ret_incomplete = true; /* what was found before stays */
    }
    return text;
}

static size_t count_chars(const fz_stext_page *text)
{
    size_t count = 0;

    for (const fz_stext_block *block = text ? text->first_block : NULL; block; block = block->next)
        for (const fz_stext_line *line = block->type == FZ_STEXT_BLOCK_TEXT ? block->u.t.first_line
                                                                            : NULL;
             line; line = line->next)
            for (const fz_stext_char *c = line->first_char; c; c = c->next)
                count++;
    return count;
}

/* A picture that cannot be read may end a page; its text is then read without the pictures. */
fz_stext_page *pdf_stext_new(struct pdf *pdf, fz_page *page, struct paint *paint,
                             bool *ret_incomplete)
{
    struct paint other_paint = {0};
    struct pdf_jpx jpx;
    bool still;

    pdf_jpx_blank(pdf, page, &jpx);
    fz_stext_page *text = run_page(pdf, page, false, paint, ret_incomplete);
    pdf_jpx_restore(pdf, &jpx);

    if (!*ret_incomplete || pdf->heap_refused)
        return text;
    fz_stext_page *other = run_page(pdf, page, true, &other_paint, &still);
    if (count_chars(other) > count_chars(text)) {
        fz_drop_stext_page(pdf->ctx, text);
        paint_release(paint);
        *paint = other_paint;
        return other;
    }
    fz_drop_stext_page(pdf->ctx, other);
    paint_release(&other_paint);
    return text;
}
