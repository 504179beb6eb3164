/*
 * DjVu, by DjVuLibre: the hidden text with its word boxes, or OCR of the drawn page where a page
 * has none; metadata, outline, notes. Of an indirect document, whose pages are files of their own,
 * only the index is here: it is listed with the reason `missing-part`.
 *
 * Limits: DJVU_PAGES_MAX pages, DJVU_DEPTH_MAX levels of its text, pages drawn at DJVU_PIXELS_MAX.
 */
#ifndef WORKER_DJVU_H
#define WORKER_DJVU_H

#include <libdjvu/ddjvuapi.h>
#include <libdjvu/miniexp.h>

#include "worker/ocr/page_text.h"
#include "worker/reader.h"

enum {
    DJVU_PAGES_MAX = 100000,
    DJVU_DEPTH_MAX = 64,
    DJVU_PIXELS_MAX = 40000000,
    DJVU_OCR_PIXELS_MAX = 16000000,
    DJVU_OCR_DPI = 300,
};

/* Appends the words of a page's hidden text; `info` tells how the page is turned (djvu_text.c). */
void djvu_text_put(miniexp_t zones, const ddjvu_pageinfo_t *info, struct page_text *text);

/* Appends the notes and links of a page's annotations, a line each. */
void djvu_notes_put(miniexp_t annotations, struct page_text *text);

/* Sends the metadata of the document's annotations. */
void djvu_meta_send(miniexp_t annotations, struct emit *emit);

/* Sends the titles of the outline as text beside the pages. */
void djvu_outline_send(miniexp_t outline, struct emit *emit);

struct verdict djvu_read(const struct input *input, struct emit *emit);
struct verdict djvu_render(const struct input *input, uint32_t page, uint32_t dpi,
                           struct emit *emit);

#endif
