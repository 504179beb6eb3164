/*
 * What links show. MuPDF draws every annotation but these: to it a link is an area that leads
 * somewhere. One with an appearance of its own ([ISO 32000-1] 12.5.5) shows words as well.
 */
#include "worker/pdf/pdf.h"

/* The normal appearance of a link that can be seen, or NULL. */
static pdf_obj *link_appearance(fz_context *ctx, pdf_obj *annotation)
{
    int hidden = PDF_ANNOT_IS_HIDDEN | PDF_ANNOT_IS_NO_VIEW;

    if (!pdf_name_eq(ctx, pdf_dict_get(ctx, annotation, PDF_NAME(Subtype)), PDF_NAME(Link)) ||
        (pdf_dict_get_int(ctx, annotation, PDF_NAME(F)) & hidden))
        return NULL;
    pdf_obj *shown = pdf_dict_get(ctx, pdf_dict_get(ctx, annotation, PDF_NAME(AP)), PDF_NAME(N));
    if (!pdf_is_stream(ctx, shown))
        shown = pdf_dict_get(ctx, shown, pdf_dict_get(ctx, annotation, PDF_NAME(AS)));
    return pdf_is_stream(ctx, shown) ? shown : NULL;
}

/* From the appearance's own space to the page's: its box comes to lie on the annotation's. */
static fz_matrix appearance_matrix(fz_context *ctx, pdf_obj *annotation, pdf_obj *shown)
{
    fz_matrix own = pdf_dict_get_matrix(ctx, shown, PDF_NAME(Matrix));
    fz_rect from = fz_transform_rect(pdf_dict_get_rect(ctx, shown, PDF_NAME(BBox)), own);
    fz_rect to = pdf_dict_get_rect(ctx, annotation, PDF_NAME(Rect));
    float width = from.x1 - from.x0, height = from.y1 - from.y0;
    float across = width > 0 ? (to.x1 - to.x0) / width : 0;
    float up = height > 0 ? (to.y1 - to.y0) / height : 0;
    fz_matrix place = {across, 0, 0, up, to.x0 - from.x0 * across, to.y0 - from.y0 * up};

    return fz_concat(own, place);
}

static void run_appearance(fz_context *ctx, pdf_page *page, pdf_obj *shown, fz_device *device,
                           fz_matrix ctm, fz_cookie *cookie)
{
    pdf_obj *resources = pdf_dict_get(ctx, shown, PDF_NAME(Resources));
    pdf_processor *processor = NULL;

    fz_var(processor);
    fz_try(ctx)
    {
        processor = pdf_new_run_processor(ctx, device, ctm, "View", NULL, NULL, cookie);
        pdf_process_contents(ctx, processor, page->doc,
                             resources ? resources : pdf_page_resources(ctx, page), shown, cookie);
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
}

void pdf_run_links(fz_context *ctx, fz_page *page, fz_device *device, fz_matrix ctm,
                   fz_cookie *cookie)
{
    pdf_page *found = pdf_page_from_fz_page(ctx, page);
    fz_matrix page_ctm;
    fz_rect box;

    if (!found)
        return;
    pdf_obj *annotations = pdf_dict_get(ctx, found->obj, PDF_NAME(Annots));
    int count = pdf_array_len(ctx, annotations);
    pdf_page_transform(ctx, found, &box, &page_ctm);
    for (int i = 0; i < count && i < PDF_NOTES_MAX; i++) {
        pdf_obj *annotation = pdf_array_get(ctx, annotations, i);
        pdf_obj *shown = link_appearance(ctx, annotation);
        if (!shown)
            continue;
        fz_matrix place = fz_concat(appearance_matrix(ctx, annotation, shown), page_ctm);
        run_appearance(ctx, found, shown, device, fz_concat(place, ctm), cookie);
    }
}
