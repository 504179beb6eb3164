/*
 * The characters of a page, by MuPDF's structured text device.
 *
 * A glyph that stands for several characters (lam-alef, ffi) gives the first of them its room and
 * the others none. So does a letter of a font that prints it without an advance; but that one has a
 * place of its own in a line stored from left to right, and the others belong behind the first. The
 * structured text does not tell the two apart. A device in front of it marks the former.
 */
#include "worker/pdf.h"

struct marker {
    fz_device super;
    fz_device *stext;
    fz_text *last; /* text is filled and then stroked to look bold; it is read once */
};

static bool has_clusters(const fz_text *text)
{
    for (const fz_text_span *span = text->head; span; span = span->next)
        for (int i = 0; i < span->len; i++)
            if (span->items[i].gid < 0)
                return true;
    return false;
}

static void copy_span(fz_context *ctx, const fz_text_span *span, fz_text *out)
{
    for (int i = 0; i < span->len; i++) {
        const fz_text_item *item = &span->items[i];
        fz_matrix trm = span->trm;
        int continues = item->gid < 0 && i > 0 && item->ucs >= 0 ? PDF_CONTINUES : 0;
        trm.e = item->x;
        trm.f = item->y;
        fz_show_glyph(ctx, out, span->font, trm, item->gid, item->ucs | continues, span->wmode,
                      span->bidi_level, span->markup_dir, span->language);
    }
}

/* Every way of showing text ends here: its colour does not matter. */
static void pass_text(fz_context *ctx, fz_device *device, const fz_text *text, fz_matrix ctm)
{
    struct marker *marker = (struct marker *)device;
    fz_device *stext = marker->stext;
    fz_text *copy = NULL;

    if (text == marker->last)
        return;
    fz_drop_text(ctx, marker->last);
    marker->last = fz_keep_text(ctx, text);
    if (!has_clusters(text)) {
        fz_ignore_text(ctx, stext, text, ctm);
        return;
    }
    fz_var(copy);
    fz_try(ctx)
    {
        copy = fz_new_text(ctx);
        for (const fz_text_span *span = text->head; span; span = span->next)
            copy_span(ctx, span, copy);
        fz_ignore_text(ctx, stext, copy, ctm);
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

static void fill_text(fz_context *ctx, fz_device *device, const fz_text *text, fz_matrix ctm,
                      fz_colorspace *space, const float *color, float alpha, fz_color_params params)
{
    (void)space;
    (void)color;
    (void)alpha;
    (void)params;
    pass_text(ctx, device, text, ctm);
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
    (void)scissor;
    pass_text(ctx, device, text, ctm);
}

static void clip_stroke_text(fz_context *ctx, fz_device *device, const fz_text *text,
                             const fz_stroke_state *stroke, fz_matrix ctm, fz_rect scissor)
{
    (void)stroke;
    clip_text(ctx, device, text, ctm, scissor);
}

static void fill_image(fz_context *ctx, fz_device *device, fz_image *image, fz_matrix ctm,
                       float alpha, fz_color_params params)
{
    fz_fill_image(ctx, ((struct marker *)device)->stext, image, ctm, alpha, params);
}

static void fill_image_mask(fz_context *ctx, fz_device *device, fz_image *image, fz_matrix ctm,
                            fz_colorspace *space, const float *color, float alpha,
                            fz_color_params params)
{
    (void)space;
    (void)color;
    fz_fill_image(ctx, ((struct marker *)device)->stext, image, ctm, alpha, params);
}

static void drop_marker(fz_context *ctx, fz_device *device)
{
    fz_drop_text(ctx, ((struct marker *)device)->last);
}

static fz_device *marker_new(fz_context *ctx, fz_device *stext)
{
    struct marker *marker = fz_new_derived_device(ctx, struct marker);

    marker->stext = stext;
    marker->super.hints = stext->hints;
    marker->super.drop_device = drop_marker;
    marker->super.fill_text = fill_text;
    marker->super.stroke_text = stroke_text;
    marker->super.clip_text = clip_text;
    marker->super.clip_stroke_text = clip_stroke_text;
    marker->super.ignore_text = pass_text;
    marker->super.fill_image = fill_image;
    marker->super.fill_image_mask = fill_image_mask;
    return &marker->super;
}

fz_stext_page *pdf_stext_new(struct pdf *pdf, fz_page *page, bool *ret_incomplete)
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
        marker = marker_new(ctx, stext);
        fz_run_page(ctx, page, marker, to_corner, &cookie);
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
