/*
 * One printed line of a PDF: characters with their places, put into reading order and appended to
 * the page as words with boxes.
 */
#ifndef WORKER_PDF_LINE_H
#define WORKER_PDF_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "worker/ocr/page_text.h"
#include "worker/pdf/pdf_paint.h"
#include "worker/pdf/visual.h"

/* A character as the page shows it. `from` and `to` are its ends along the baseline. */
struct glyph {
    uint32_t rune;
    float from, to;
    float size; /* of the font */
    struct page_box box;
    bool continues; /* the glyph before it shows this character too: "la" of one lam-alef */
    bool ahead;     /* it is read before the glyph it belongs to */
    uint32_t seat;  /* the glyph it stands on or belongs to; itself for all others */
    enum veil veil; /* why it cannot be seen */
};

struct glyphs {
    struct glyph *at;
    size_t count, space;
    bool as_read; /* stored in the order in which they are read, as in XPS and SVG */
};

void glyphs_add(struct glyphs *glyphs, struct glyph glyph);
void glyphs_release(struct glyphs *glyphs);

/* Appends the line's words, and those of which a letter cannot be seen also to `veiled` (by enum
 * veil; may be NULL). `rtl`: the line belongs to text that reads right to left; its glyphs are then
 * put in order by their places, for files store them in either order. `habit` is kept from line to
 * line of a page, zero at first. */
void line_append(struct glyphs *glyphs, bool rtl, struct bracket_habit *habit,
                 struct page_text *page, struct buf *veiled);

#endif
