#include <math.h>

#include "worker/ocr_engine.h"

/* A page turned by less than this reads no worse. */
static const double SKEW_LEAST = 0.25; /* degrees */
static const l_float32 SKEW_MOST = 15;

bool ocr_view_open(struct ocr_view *view, PIX *picture, int dpi)
{
    PIX *plain =
        pixGetSpp(picture) == 4 ? pixAlphaBlendUniform(picture, 0xFFFFFF00) : pixClone(picture);
    PIX *grey = plain ? pixConvertTo8(plain, 0) : NULL;

    pixDestroy(&plain);
    *view = (struct ocr_view){.pix = grey,
                              .dpi = dpi,
                              .page_width = pixGetWidth(picture),
                              .page_height = pixGetHeight(picture),
                              .scale = 1};
    return grey != NULL;
}

void ocr_view_close(struct ocr_view *view)
{
    pixDestroy(&view->pix);
}

static bool made(struct ocr_view *view, PIX *pix)
{
    view->pix = pix;
    return pix != NULL;
}

bool ocr_view_turned(const struct ocr_view *from, int quarters, struct ocr_view *ret_view)
{
    *ret_view = *from;
    ret_view->quarters = quarters;
    return made(ret_view, pixRotateOrth(from->pix, quarters));
}

bool ocr_view_straightened(const struct ocr_view *from, struct ocr_view *ret_view)
{
    l_float32 angle = 0, sure = 0;
    PIX *ink = pixThresholdToBinary(from->pix, 128);

    *ret_view = *from;
    ret_view->pix = NULL;
    if (!ink)
        return false;
    l_ok failed = pixFindSkewSweepAndSearch(ink, &angle, &sure, 4, 2, SKEW_MOST, 1.0F, 0.01F);
    pixDestroy(&ink);
    if (failed || sure < 2.0F || fabs((double)angle) < SKEW_LEAST)
        return false;
    ret_view->angle = (double)angle * M_PI / 180;
    return made(ret_view, pixRotate(from->pix, (l_float32)ret_view->angle, L_ROTATE_AREA_MAP,
                                    L_BRING_IN_WHITE, 0, 0));
}

/* The grey value below which `share` of the picture's pixels lie. */
static int percentile(PIX *grey, double share)
{
    NUMA *histogram = pixGetGrayHistogram(grey, 4);
    l_float32 value = 0, part;

    if (!histogram)
        return 0;
    numaHistogramGetValFromRank(histogram, (l_float32)share, &value);
    part = value;
    numaDestroy(&histogram);
    return (int)part;
}

/* Noise is averaged away, the ground made even, and ink and ground spread over the whole range. */
static PIX *clean(PIX *grey)
{
    PIX *smooth = pixBlockconv(grey, 1, 1);
    PIX *even = smooth ? pixBackgroundNormSimple(smooth, NULL, NULL) : NULL;

    pixDestroy(&smooth);
    if (!even)
        return NULL;
    int ink = percentile(even, 0.01), ground = percentile(even, 0.5);
    if (ground - ink > 8)
        pixGammaTRC(even, even, 1.0F, ink, ground);
    return even;
}

bool ocr_view_cleaned(const struct ocr_view *from, struct ocr_view *ret_view)
{
    enum { SIDE_LEAST = 64 };

    *ret_view = *from;
    ret_view->pix = NULL;
    if (pixGetWidth(from->pix) < SIDE_LEAST || pixGetHeight(from->pix) < SIDE_LEAST)
        return false;
    return made(ret_view, clean(from->pix));
}

bool ocr_view_enlarged(const struct ocr_view *from, double scale, struct ocr_view *ret_view)
{
    enum { PIXELS_MAX = 24000000 };
    double pixels = (double)pixGetWidth(from->pix) * pixGetHeight(from->pix);

    *ret_view = *from;
    ret_view->pix = NULL;
    if (pixels * scale * scale > PIXELS_MAX)
        return false;
    ret_view->scale = from->scale * scale;
    ret_view->dpi = (int)(from->dpi * scale);
    return made(ret_view, pixScale(from->pix, (l_float32)scale, (l_float32)scale));
}

/* Undoes quarter turns: from a turned page of `width` x `height` before the turn. */
static struct page_box turn_back(struct page_box b, int quarters, double width, double height)
{
    switch (quarters) {
    case 1:
        return (struct page_box){b.y0, height - b.x1, b.y1, height - b.x0};
    case 2:
        return (struct page_box){width - b.x1, height - b.y1, width - b.x0, height - b.y0};
    case 3:
        return (struct page_box){width - b.y1, b.x0, width - b.y0, b.x1};
    default:
        return b;
    }
}

struct page_box ocr_view_to_page(const struct ocr_view *view, struct page_box box)
{
    bool lying = view->quarters % 2 != 0;
    double width = lying ? view->page_height : view->page_width;
    double height = lying ? view->page_width : view->page_height;
    double x = (box.x0 + box.x1) / 2 / view->scale - width / 2;
    double y = (box.y0 + box.y1) / 2 / view->scale - height / 2;
    double half_x = (box.x1 - box.x0) / 2 / view->scale;
    double half_y = (box.y1 - box.y0) / 2 / view->scale;
    /* Only the centre is turned back: for the few degrees of a skewed page the box itself stays
     * upright and as large as the word. */
    double cx = x * cos(view->angle) + y * sin(view->angle) + width / 2;
    double cy = y * cos(view->angle) - x * sin(view->angle) + height / 2;
    struct page_box upright = {cx - half_x, cy - half_y, cx + half_x, cy + half_y};

    return turn_back(upright, view->quarters, view->page_width, view->page_height);
}

bool ocr_view_is_low(const struct ocr_view *view)
{
    enum { HEIGHT_MAX = 250 };

    return view->page_height < HEIGHT_MAX;
}

bool ocr_view_is_line(const struct ocr_view *view)
{
    enum { LENGTH = 4 };

    return ocr_view_is_low(view) && view->page_width > LENGTH * view->page_height;
}
