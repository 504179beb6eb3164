#include <math.h>

#include "worker/ocr/ocr_engine.h"
#include "worker/ocr/ocr_ink.h"

/* A page turned by less than this reads no worse. */
static const double SKEW_LEAST = 0.1; /* degrees */
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

bool ocr_view_open_uncoloured(struct ocr_view *view, PIX *picture, int dpi)
{
    *view = (struct ocr_view){.pix = ocr_colour_take(picture),
                              .dpi = dpi,
                              .page_width = pixGetWidth(picture),
                              .page_height = pixGetHeight(picture),
                              .scale = 1};
    return view->pix != NULL;
}

void ocr_view_close(struct ocr_view *view)
{
    pixDestroy(&view->pix);
}

/* Replaces the picture of the view by what a step made of it; false when that is nothing. */
static bool step(struct ocr_view *view, PIX *made)
{
    pixDestroy(&view->pix);
    view->pix = made;
    return made != NULL;
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

bool ocr_view_scaled(const struct ocr_view *from, double scale, struct ocr_view *ret_view)
{
    enum { PIXELS_MAX = 24000000 };
    double pixels = (double)pixGetWidth(from->pix) * pixGetHeight(from->pix);

    *ret_view = *from;
    ret_view->pix = NULL;
    if (pixels * scale * scale > PIXELS_MAX)
        return false;
    ret_view->scale = from->scale * scale;
    ret_view->dpi = (int)(from->dpi * scale);
    ret_view->left = from->left * scale;
    ret_view->top = from->top * scale;
    return made(ret_view, pixScale(from->pix, (l_float32)scale, (l_float32)scale));
}

/* The angle by which the page must be turned clockwise to stand straight, in degrees. */
static double find_skew(PIX *grey)
{
    const l_float32 SURE = 2;
    l_float32 angle = 0, sure = 0;
    PIX *ink = ocr_ink_threshold(grey);
    l_ok failed =
        !ink || pixFindSkewSweepAndSearch(ink, &angle, &sure, 4, 2, SKEW_MOST, 1.0F, 0.01F);

    pixDestroy(&ink);
    return failed || sure < SURE || fabs((double)angle) < SKEW_LEAST ? 0 : (double)angle;
}

static bool straighten(struct ocr_view *view)
{
    double angle = find_skew(view->pix) * M_PI / 180;

    if (angle == 0)
        return true;
    view->angle = angle;
    return step(view,
                pixRotate(view->pix, (l_float32)angle, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
}

/* White letters on a dark ground: the ground's rectangle is turned to its negative. */
static void lighten(PIX *grey)
{
    enum { REDUCED = 4, SOLID = 5, SIDE_LEAST = 10 };
    PIX *ink = pixThresholdToBinary(grey, 110);
    PIX *small = ink ? pixReduceRankBinaryCascade(ink, 3, 3, 0, 0) : NULL;
    PIX *solid = small ? pixOpenBrick(NULL, small, SOLID, SOLID) : NULL;
    PIXA *pieces = NULL;
    BOXA *boxes = solid ? pixConnComp(solid, &pieces, 8) : NULL;

    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        l_int32 x, y, width, height, dark = 0;
        PIX *piece = pixaGetPix(pieces, i, L_CLONE);
        (void)boxaGetBoxGeometry(boxes, i, &x, &y, &width, &height);
        (void)pixCountPixels(piece, &dark, NULL);
        pixDestroy(&piece);
        if (width >= SIDE_LEAST * 3 && height >= SIDE_LEAST / 2 && dark * 2 > width * height)
            (void)pixRasterop(grey, x * REDUCED, y * REDUCED, width * REDUCED, height * REDUCED,
                              PIX_NOT(PIX_DST), NULL, 0, 0);
    }
    boxaDestroy(&boxes);
    pixaDestroy(&pieces);
    pixDestroy(&solid);
    pixDestroy(&small);
    pixDestroy(&ink);
}

/* Specks and jagged edges are smoothed before a picture changes its size: always before it shrinks,
 * otherwise where it has but two tones. */
static bool smoothen(struct ocr_view *view, bool two_tones_only)
{
    const l_float32 TWO = 0.97F;
    NUMA *histogram = pixGetGrayHistogram(view->pix, 4);
    l_float32 extremes = 0, all = 0, black = 0, white = 0;

    if (!histogram)
        return false;
    (void)numaGetSum(histogram, &all);
    (void)numaGetFValue(histogram, 0, &black);
    (void)numaGetFValue(histogram, 255, &white);
    numaDestroy(&histogram);
    extremes = black + white;
    return (two_tones_only && extremes < TWO * all) || step(view, pixBlockconv(view->pix, 1, 1));
}

bool ocr_view_normal(const struct ocr_view *from, struct ocr_view *ret_view)
{
    const double LEAST = 0.2, MOST = 3, SAME = 0.12, SMALLER = 0.8;
    int height = ocr_letter_height(from->pix);
    double scale = height ? (double)OCR_LETTER / height : 1;
    struct ocr_view smooth = *from;

    smooth.pix = pixCopy(NULL, from->pix);
    scale = scale < LEAST ? LEAST : scale > MOST ? MOST : scale;
    if (!smooth.pix || !smoothen(&smooth, scale > SMALLER))
        return false;
    if (fabs(scale - 1) < SAME || !ocr_view_scaled(&smooth, scale, ret_view))
        *ret_view = smooth;
    else
        ocr_view_close(&smooth);
    if (!ret_view->pix || !straighten(ret_view))
        return false;
    lighten(ret_view->pix);
    return true;
}

bool ocr_view_is_faded(const struct ocr_view *view)
{
    enum { CONTRAST_LEAST = 130 };

    return percentile(view->pix, 0.5) - percentile(view->pix, 0.02) < CONTRAST_LEAST;
}

bool ocr_view_cut(const struct ocr_view *from, struct ocr_box box, struct ocr_view *ret_view)
{
    PIX *pix = pixCreate(box_width(box), box_height(box), 8);

    *ret_view = *from;
    ret_view->pix = NULL;
    if (!pix)
        return false;
    (void)pixSetAll(pix);
    (void)pixRasterop(pix, 0, 0, box_width(box), box_height(box), PIX_SRC, from->pix, box.x0,
                      box.y0);
    ret_view->left = from->left + box.x0;
    ret_view->top = from->top + box.y0;
    return made(ret_view, pix);
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
    double x = ((box.x0 + box.x1) / 2 + view->left) / view->scale - width / 2;
    double y = ((box.y0 + box.y1) / 2 + view->top) / view->scale - height / 2;
    double half_x = (box.x1 - box.x0) / 2 / view->scale;
    double half_y = (box.y1 - box.y0) / 2 / view->scale;
    /* Only the centre is turned back: for the few degrees of a skewed page the box itself stays
     * upright and as large as the word. */
    double cx = x * cos(view->angle) + y * sin(view->angle) + width / 2;
    double cy = y * cos(view->angle) - x * sin(view->angle) + height / 2;
    struct page_box upright = {cx - half_x, cy - half_y, cx + half_x, cy + half_y};

    return turn_back(upright, view->quarters, view->page_width, view->page_height);
}

struct page_box ocr_view_from_page(const struct ocr_view *view, struct page_box box)
{
    bool lying = view->quarters % 2 != 0;
    double width = lying ? view->page_height : view->page_width;
    double height = lying ? view->page_width : view->page_height;

    box = turn_back(box, (4 - view->quarters) % 4, width, height);
    double cx = (box.x0 + box.x1 - width) / 2, cy = (box.y0 + box.y1 - height) / 2;
    double x = cx * cos(view->angle) - cy * sin(view->angle) + width / 2;
    double y = cx * sin(view->angle) + cy * cos(view->angle) + height / 2;
    double half_x = (box.x1 - box.x0) / 2, half_y = (box.y1 - box.y0) / 2;

    return (struct page_box){
        (x - half_x) * view->scale - view->left, (y - half_y) * view->scale - view->top,
        (x + half_x) * view->scale - view->left, (y + half_y) * view->scale - view->top};
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
