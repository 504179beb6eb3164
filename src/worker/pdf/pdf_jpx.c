#include "worker/pdf/pdf_jpx.h"

enum {
    FORMS_DEEP = 6,       /* forms within forms that are looked into */
    OBJECTS_MAX = 10000,  /* of a page that are looked at */
    SIDE_MAX = 1 << 20,   /* pixels */
    BLANK_BYTES = 1 << 10 /* in the store, generously */
};

struct walk {
    struct pdf *pdf;
    struct pdf_jpx *jpx;
    int left; /* objects that may still be looked at */
};

static fz_pixmap *no_pixels(fz_context *ctx, fz_image *image, fz_irect *area, int width, int height,
                            int *l2factor)
{
    (void)image;
    (void)area;
    (void)width;
    (void)height;
    (void)l2factor;
    fz_throw(ctx, FZ_ERROR_GENERIC, "a blank picture was asked for its pixels");
}

static size_t blank_size(fz_context *ctx, fz_image *image)
{
    (void)ctx;
    (void)image;
    return BLANK_BYTES;
}

static void drop_nothing(fz_context *ctx, fz_image *image)
{
    (void)ctx;
    (void)image;
}

static bool is_jpx(fz_context *ctx, pdf_obj *stream)
{
    pdf_obj *filter = pdf_dict_geta(ctx, stream, PDF_NAME(Filter), PDF_NAME(F));

    if (pdf_is_array(ctx, filter))
        filter = pdf_array_get(ctx, filter, pdf_array_len(ctx, filter) - 1);
    return pdf_name_eq(ctx, filter, PDF_NAME(JPXDecode));
}

static int side(fz_context *ctx, pdf_obj *stream, pdf_obj *name, pdf_obj *short_name)
{
    int pixels = pdf_to_int(ctx, pdf_dict_geta(ctx, stream, name, short_name));

    return pixels < 1 ? 1 : pixels > SIDE_MAX ? SIDE_MAX : pixels;
}

static void put_blank(fz_context *ctx, pdf_obj *stream, struct pdf_jpx *jpx)
{
    fz_image *known = pdf_find_item(ctx, fz_drop_image_imp, stream);

    if (known || jpx->count == PDF_JPX_MAX) {
        fz_drop_image(ctx, known);
        return;
    }
    fz_image *blank = fz_new_image_of_size(ctx, side(ctx, stream, PDF_NAME(Width), PDF_NAME(W)),
                                           side(ctx, stream, PDF_NAME(Height), PDF_NAME(H)), 8,
                                           fz_device_gray(ctx), 96, 96, 0, 0, NULL, NULL, NULL,
                                           sizeof(fz_image), no_pixels, blank_size, drop_nothing);
    fz_try(ctx)
    {
        pdf_store_item(ctx, stream, blank, BLANK_BYTES);
        jpx->streams[jpx->count++] = pdf_keep_obj(ctx, stream);
    }
    fz_always(ctx)
    {
        fz_drop_image(ctx, blank);
    }
    fz_catch(ctx)
    {
        fz_rethrow(ctx);
    }
}

/* NOLINTNEXTLINE(misc-no-recursion): at most FORMS_DEEP */
static void look(struct walk *walk, pdf_obj *resources, int depth)
{
    fz_context *ctx = walk->pdf->ctx;
    pdf_obj *objects = pdf_dict_get(ctx, resources, PDF_NAME(XObject));
    int count = pdf_dict_len(ctx, objects);

    for (int i = 0; i < count && walk->left-- > 0; i++) {
        pdf_obj *object = pdf_dict_get_val(ctx, objects, i);
        pdf_obj *subtype = pdf_dict_get(ctx, object, PDF_NAME(Subtype));
        if (pdf_name_eq(ctx, subtype, PDF_NAME(Image)) && is_jpx(ctx, object))
            put_blank(ctx, object, walk->jpx);
        else if (pdf_name_eq(ctx, subtype, PDF_NAME(Form)) && depth < FORMS_DEEP)
            look(walk, pdf_dict_get(ctx, object, PDF_NAME(Resources)), depth + 1);
    }
}

void pdf_jpx_blank(struct pdf *pdf, fz_page *page, struct pdf_jpx *ret_jpx)
{
    fz_context *ctx = pdf->ctx;
    pdf_page *found = pdf_page_from_fz_page(ctx, page);
    struct walk walk = {.pdf = pdf, .jpx = ret_jpx, .left = OBJECTS_MAX};

    ret_jpx->count = 0;
    if (!found)
        return;
    fz_try(ctx)
    {
        look(&walk, pdf_page_resources(ctx, found), 0);
    }
    fz_catch(ctx)
    {
        return; /* what has no blank is decoded */
    }
}

static void take_away(fz_context *ctx, pdf_obj *stream)
{
    fz_try(ctx)
    {
        pdf_remove_item(ctx, fz_drop_image_imp, stream);
    }
    fz_always(ctx)
    {
        pdf_drop_obj(ctx, stream);
    }
    fz_catch(ctx)
    {
        return;
    }
}

void pdf_jpx_restore(struct pdf *pdf, struct pdf_jpx *jpx)
{
    for (size_t i = 0; i < jpx->count; i++)
        take_away(pdf->ctx, jpx->streams[i]);
    jpx->count = 0;
}
