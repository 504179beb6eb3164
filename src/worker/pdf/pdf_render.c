#include <math.h>
#include <string.h>

#include <leptonica/allheaders.h>

#include "worker/pages.h"
#include "worker/pdf/pdf.h"

/* The largest resolution, up to `dpi`, at which the page has no more than `pixels_max`. */
static double fitting_dpi(fz_rect bounds, double dpi, double pixels_max)
{
    double pixels = (double)(bounds.x1 - bounds.x0) * (bounds.y1 - bounds.y0) * dpi * dpi / 5184;

    return pixels > pixels_max ? dpi * sqrt(pixels_max / pixels) : dpi;
}

/* Runs the page; one that a broken picture ends is run to its end without pictures. */
static void run(fz_context *ctx, fz_page *page, fz_device *device, fz_matrix ctm)
{
    fz_cookie cookie = {0};

    fz_try(ctx)
    {
        fz_run_page(ctx, page, device, ctm, &cookie);
    }
    fz_catch(ctx)
    {
        if (fz_caught(ctx) == FZ_ERROR_MEMORY)
            fz_rethrow(ctx);
        pdf_run_bare(ctx, page, device, ctm, &cookie);
    }
}

/* Draws what of the page lies in `bounds` on white; NULL on failure. What cannot be interpreted
 * stays undrawn. */
static fz_pixmap *draw(struct pdf *pdf, fz_page *page, fz_rect bounds, fz_colorspace *space,
                       double dpi)
{
    fz_matrix scale = fz_concat(fz_translate(-bounds.x0, -bounds.y0),
                                fz_scale((float)(dpi / 72), (float)(dpi / 72)));
    fz_context *ctx = pdf->ctx;
    fz_pixmap *pixmap = NULL;
    fz_device *device = NULL;

    fz_var(pixmap);
    fz_var(device);
    fz_try(ctx)
    {
        pixmap = fz_new_pixmap_with_bbox(ctx, space,
                                         fz_round_rect(fz_transform_rect(bounds, scale)), NULL, 0);
        fz_clear_pixmap_with_value(ctx, pixmap, 255);
        device = fz_new_draw_device(ctx, fz_identity, pixmap);
        run(ctx, page, device, scale);
        fz_close_device(ctx, device);
    }
    fz_always(ctx)
    {
        fz_drop_device(ctx, device);
    }
    fz_catch(ctx)
    {
        if (fz_caught(ctx) == FZ_ERROR_MEMORY) {
            fz_drop_pixmap(ctx, pixmap);
            pixmap = NULL;
        }
    }
    return pixmap;
}

static PIX *pix_from_grey(fz_context *ctx, fz_pixmap *pixmap)
{
    int width = fz_pixmap_width(ctx, pixmap), height = fz_pixmap_height(ctx, pixmap);
    int stride = fz_pixmap_stride(ctx, pixmap);
    const unsigned char *samples = fz_pixmap_samples(ctx, pixmap);
    PIX *pix = pixCreateNoInit(width, height, 8);

    if (!pix)
        return NULL;
    l_uint32 *data = pixGetData(pix);
    for (int y = 0; y < height; y++)
        memcpy(data + (size_t)y * (size_t)pixGetWpl(pix), samples + (size_t)y * (size_t)stride,
               (size_t)width);
    /* Leptonica keeps a line's pixels as words, the first pixel in the highest byte. */
    pixEndianByteSwap(pix);
    return pix;
}

struct Pix *pdf_page_picture(struct pdf *pdf, fz_page *page, int dpi, int pixels_max, int *ret_dpi)
{
    return pdf_area_picture(pdf, page, pdf_page_bounds(pdf, page), dpi, pixels_max, ret_dpi);
}

struct Pix *pdf_area_picture(struct pdf *pdf, fz_page *page, fz_rect area, int dpi, int pixels_max,
                             int *ret_dpi)
{
    double fitting = fitting_dpi(area, dpi, pixels_max);
    fz_pixmap *pixmap = draw(pdf, page, area, fz_device_gray(pdf->ctx), fitting);

    *ret_dpi = (int)(fitting + 0.5);
    if (!pixmap)
        return NULL;
    PIX *pix = pix_from_grey(pdf->ctx, pixmap);
    fz_drop_pixmap(pdf->ctx, pixmap);
    if (pix)
        pixSetResolution(pix, *ret_dpi, *ret_dpi);
    return pix;
}

static fz_buffer *png_of(struct pdf *pdf, fz_pixmap *pixmap)
{
    fz_context *ctx = pdf->ctx;
    fz_buffer *png = NULL;

    fz_var(png);
    fz_try(ctx)
    {
        png = fz_new_buffer_from_pixmap_as_png(ctx, pixmap, fz_default_color_params);
    }
    fz_catch(ctx)
    {
        png = NULL;
    }
    return png;
}

static struct verdict send_picture(struct pdf *pdf, fz_page *page, uint32_t dpi, struct emit *emit)
{
    const struct verdict memory =
        verdict_failed(REASON_LIMIT_MEMORY, "the page needs more memory than it may have");
    fz_rect bounds = pdf_page_bounds(pdf, page);
    double fitting = fitting_dpi(bounds, dpi, PDF_PIXELS_MAX);
    fz_pixmap *pixmap = draw(pdf, page, bounds, fz_device_rgb(pdf->ctx), fitting);

    if (!pixmap)
        return memory;
    fz_buffer *png = png_of(pdf, pixmap);
    unsigned char *data = NULL;
    size_t len = png ? fz_buffer_storage(pdf->ctx, png, &data) : 0;
    if (png)
        emit_image(emit, "image/png", (uint32_t)fz_pixmap_width(pdf->ctx, pixmap),
                   (uint32_t)fz_pixmap_height(pdf->ctx, pixmap), data, len);
    fz_drop_buffer(pdf->ctx, png);
    fz_drop_pixmap(pdf->ctx, pixmap);
    return png ? verdict_text() : memory;
}

static struct verdict render_page(struct pdf *pdf, uint32_t page, uint32_t dpi, struct emit *emit)
{
    fz_page *found =
        page >= 1 && page <= (uint32_t)pdf_pages(pdf) ? pdf_page_load(pdf, (int)page - 1) : NULL;
    struct verdict verdict = found ? send_picture(pdf, found, dpi, emit)
                                   : verdict_failed(REASON_CORRUPT, "page %u cannot be read", page);

    pdf_page_free(pdf, found);
    return verdict;
}

struct verdict pdf_render(const struct input *input, uint32_t page, uint32_t dpi, struct emit *emit)
{
    struct verdict verdict;
    struct pdf pdf;

    if (pdf_open(&pdf, input, &verdict))
        verdict = render_page(&pdf, page, dpi, emit);
    pdf_close(&pdf);
    return verdict;
}

struct verdict pdf_render_other(const struct input *input, const char *mime, uint32_t page,
                                uint32_t dpi, struct emit *emit)
{
    struct verdict verdict;
    struct pdf pdf;

    if (pdf_open_other(&pdf, input, mime, &verdict))
        verdict = render_page(&pdf, page, dpi, emit);
    pdf_close(&pdf);
    return verdict;
}
