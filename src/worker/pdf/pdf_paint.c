#include "worker/pdf/pdf_paint.h"

#include <math.h>
#include <stdlib.h>

#include <leptonica/allheaders.h>

#include "worker/pdf/pdf.h"

enum {
    VIEW_DPI = 110,
    VIEW_PIXELS_MAX = 4000000,
    VIEW_BAND = 72, /* points above and below a letter that are drawn with it */
};

/* Text paler than this is looked at on white paper; covers thinner than this, in points, are lines.
 */
static const float PALE = 0.85F;
static const float FAINT = 0.04F;
static const float OPAQUE = 0.9F;
static const float COVER_LEAST = 3;
/* How much of a letter a cover must take, and how alike the pixels of nothing are. */
static const float COVERED_SHARE = 0.7F;
enum { SHADES_OF_NOTHING = 12 };

void paint_release(struct paint *paint)
{
    free(paint->texts);
    free(paint->covers);
    *paint = (struct paint){0};
}

uint32_t paint_add_text(struct paint *paint, float light, float alpha, bool painted)
{
    uint32_t order = paint->order++;

    if (paint->text_count >= PAINT_TEXTS_MAX)
        return 0;
    if (paint->text_count == paint->text_space) {
        paint->text_space = paint->text_space ? paint->text_space * 2 : 256;
        paint->texts = mem_realloc(paint->texts, paint->text_space, sizeof(*paint->texts));
    }
    paint->texts[paint->text_count++] = (struct paint_text){
        .order = order, .light = light, .painted = painted, .faint = alpha < FAINT};
    return (uint32_t)paint->text_count;
}

void paint_add_cover(struct paint *paint, fz_rect box, float alpha, bool image)
{
    uint32_t order = paint->order++;

    if (alpha < OPAQUE || !(box.x1 - box.x0 >= COVER_LEAST && box.y1 - box.y0 >= COVER_LEAST))
        return;
    if (!paint->covers)
        paint->covers = mem_zalloc(PAINT_COVERS_MAX, sizeof(*paint->covers));
    paint->covers[paint->cover_count++ % PAINT_COVERS_MAX] =
        (struct paint_cover){.order = order, .box = box, .image = image};
}

/* ---- what shows ---- */

void paint_view_release(struct paint_view *view)
{
    if (view->picture)
        pixDestroy(&view->picture);
}

/* Draws the page around the box, unless it is drawn already. */
static void look_at(struct paint_view *view, fz_rect box)
{
    fz_rect bounds = pdf_page_bounds(view->pdf, view->page);
    fz_rect area = {0, 0, bounds.x1 - bounds.x0, bounds.y1 - bounds.y0};
    int dpi;

    if (view->drawings > 1 ||
        (view->drawings == 1 && box.y0 >= view->drawn.y0 && box.y1 <= view->drawn.y1))
        return;
    if (view->drawings++ == 0) {
        area.y0 = fz_max(area.y0, floorf(box.y0 - VIEW_BAND));
        area.y1 = fz_min(area.y1, ceilf(box.y1 + VIEW_BAND));
    }
    paint_view_release(view);
    view->drawn = area;
    if (!(area.x1 > area.x0 && area.y1 > area.y0))
        return;
    view->picture =
        pdf_area_picture(view->pdf, view->page, fz_translate_rect(area, bounds.x0, bounds.y0),
                         VIEW_DPI, VIEW_PIXELS_MAX, &dpi);
    if (view->picture)
        view->scale = pixGetWidth(view->picture) / (double)(area.x1 - area.x0);
}

/* Whether nothing is to be seen in the middle of the box: its pixels are all alike. */
static bool nothing_shows(struct paint_view *view, fz_rect box)
{
    l_uint32 least = 255, most = 0;

    look_at(view, box);
    if (!view->picture)
        return false;
    box = fz_translate_rect(box, -view->drawn.x0, -view->drawn.y0);
    double inset_x = (box.x1 - box.x0) * 0.15, inset_y = (box.y1 - box.y0) * 0.25;
    int x0 = (int)floor((box.x0 + inset_x) * view->scale);
    int x1 = (int)ceil((box.x1 - inset_x) * view->scale);
    int y0 = (int)floor((box.y0 + inset_y) * view->scale);
    int y1 = (int)ceil((box.y1 - inset_y) * view->scale);
    int width = pixGetWidth(view->picture), height = pixGetHeight(view->picture);

    x0 = x0 < 0 ? 0 : x0;
    y0 = y0 < 0 ? 0 : y0;
    x1 = x1 > width ? width : x1;
    y1 = y1 > height ? height : y1;
    for (int y = y0; y < y1; y++) {
        const l_uint32 *line =
            pixGetData(view->picture) + (size_t)y * (size_t)pixGetWpl(view->picture);
        for (int x = x0; x < x1; x++) {
            l_uint32 shade = GET_DATA_BYTE(line, x);
            least = shade < least ? shade : least;
            most = shade > most ? shade : most;
        }
    }
    return x0 < x1 && y0 < y1 && most < least + SHADES_OF_NOTHING;
}

static bool covers(const struct paint_cover *cover, fz_rect box)
{
    fz_rect both = fz_intersect_rect(cover->box, box);

    return both.x1 > both.x0 && both.y1 > both.y0 &&
           (both.x1 - both.x0) * (both.y1 - both.y0) >=
               COVERED_SHARE * (box.x1 - box.x0) * (box.y1 - box.y0);
}

/* Whether something was painted in the letter's place after it, or before it an image. */
static void look_up(const struct paint *paint, const struct paint_text *text, fz_rect box,
                    bool *ret_over, bool *ret_on_image)
{
    size_t count = paint->cover_count < PAINT_COVERS_MAX ? paint->cover_count : PAINT_COVERS_MAX;

    *ret_over = *ret_on_image = false;
    for (size_t i = 0; i < count; i++) {
        const struct paint_cover *cover = &paint->covers[i];
        if (!(cover->order > text->order ? !*ret_over : cover->image) || !covers(cover, box))
            continue;
        *ret_over |= cover->order > text->order;
        *ret_on_image |= cover->image;
    }
}

enum veil paint_veil(struct paint_view *view, uint32_t number, fz_rect box)
{
    const struct paint *paint = view->paint;
    bool over, on_image;

    if (number == 0 || number > paint->text_count || !(box.x1 > box.x0 && box.y1 > box.y0))
        return VEIL_NONE;
    const struct paint_text *text = &paint->texts[number - 1];
    look_up(paint, text, box, &over, &on_image);
    if (!text->painted || text->faint)
        return !on_image && nothing_shows(view, box) ? VEIL_INVISIBLE : VEIL_NONE;
    if (over)
        return nothing_shows(view, box) ? VEIL_COVER : VEIL_NONE;
    if (text->light > PALE)
        return nothing_shows(view, box) ? VEIL_COLOUR : VEIL_NONE;
    return VEIL_NONE;
}
