/*
 * What a page paints, in its order: which text, what was laid over it later, and what shows in the
 * end. Words that a reader of the page cannot see are found so: those under a box drawn over them
 * (a redaction that only looks like one), in the colour of what they stand on, never painted, or
 * outside the part of the page that is shown.
 *
 * A cover is any opaque area; whether it really hides a letter is decided on the picture of the
 * page, where nothing may be seen in the letter's place.
 */
#ifndef WORKER_PDF_PAINT_H
#define WORKER_PDF_PAINT_H

#include <mupdf/fitz.h>

#include "base/buf.h"

struct pdf;

/* Why words cannot be seen. */
enum veil {
    VEIL_NONE,
    VEIL_COVER,     /* something was drawn over them */
    VEIL_COLOUR,    /* in the colour of the page behind them */
    VEIL_INVISIBLE, /* never painted, and no scan shows them */
    VEIL_OUTSIDE,   /* outside the part of the page that is shown */
    VEIL_LAYER,     /* on a layer that is switched off */
    VEIL_COUNT
};

enum {
    PAINT_TEXTS_MAX = 1 << 20, /* text objects of a page that are told apart */
    PAINT_COVERS_MAX = 4096,   /* of the covers, the last */
};

struct paint_text {
    uint32_t order; /* place among all that is painted */
    float light;    /* 0 black - 1 white */
    bool painted;   /* not in the invisible mode */
    bool faint;     /* all but transparent */
};

struct paint_cover {
    uint32_t order;
    fz_rect box;
    bool image;
};

/* To be zeroed before use, and released. */
struct paint {
    uint32_t order;
    struct paint_text *texts;
    size_t text_count, text_space;
    struct paint_cover *covers; /* a ring of PAINT_COVERS_MAX */
    size_t cover_count;         /* in all */
};

void paint_release(struct paint *paint);

/* Notes text; returns its number from 1, 0 when there is no room for more. */
uint32_t paint_add_text(struct paint *paint, float light, float alpha, bool painted);
void paint_add_cover(struct paint *paint, fz_rect box, float alpha, bool image);

/* ---- one page's letters ---- */

/* The page as it looks, drawn when first asked for: one band of it, and all of it when letters in
 * more than one place are in doubt. */
struct paint_view {
    const struct paint *paint;
    struct pdf *pdf;
    fz_page *page;
    struct Pix *picture;
    double scale;  /* pixels a point */
    fz_rect drawn; /* what the picture shows, in points from the page's corner */
    int drawings;
};

void paint_view_release(struct paint_view *view);

/* Why a letter of text number `text` in `box` (points from the page's corner) cannot be seen. */
enum veil paint_veil(struct paint_view *view, uint32_t text, fz_rect box);

#endif
