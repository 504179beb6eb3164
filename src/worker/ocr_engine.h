/*
 * The parts of OCR between ocr_read and Tesseract; inside the ocr*.c files only.
 */
#ifndef WORKER_OCR_ENGINE_H
#define WORKER_OCR_ENGINE_H

#include <leptonica/allheaders.h>
#include <tesseract/capi.h>

#include "worker/ocr.h"

/* ---- models (ocr_models.c) ---- */

/* The engine for one language, started if it was not; NULL without a model. */
TessBaseAPI *ocr_engine(const char *lang);

/* Copies the next language of a list joined by "+" and returns what follows; NULL at the end. */
const char *ocr_next_lang(const char *langs, char ret_lang[OCR_LANG_MAX]);

/* ---- views (ocr_view.c) ---- */

/* A picture changed for better reading, and the way back: it was turned by `quarters` quarter
 * turns clockwise, then by `angle` clockwise about its centre, then enlarged by `scale`. */
struct ocr_view {
    PIX *pix; /* 8 bits of grey, no colour map */
    int dpi;
    int page_width, page_height; /* pixels of the picture as it came */
    int quarters;
    double angle; /* radians */
    double scale;
};

/* The picture itself in grey, alpha on white. False when memory ends. */
bool ocr_view_open(struct ocr_view *view, PIX *picture, int dpi);
void ocr_view_close(struct ocr_view *view);

/* Variants of a view, each a new one. False when the change would make no difference. */
bool ocr_view_turned(const struct ocr_view *from, int quarters, struct ocr_view *ret_view);
bool ocr_view_straightened(const struct ocr_view *from, struct ocr_view *ret_view);
bool ocr_view_cleaned(const struct ocr_view *from, struct ocr_view *ret_view);
bool ocr_view_enlarged(const struct ocr_view *from, double scale, struct ocr_view *ret_view);

/* Whether it is so low that it can hold few lines; whether it is a single line of text, cut out,
 * in which layout analysis finds nothing to work on. */
bool ocr_view_is_low(const struct ocr_view *view);
bool ocr_view_is_line(const struct ocr_view *view);

struct page_box ocr_view_to_page(const struct ocr_view *view, struct page_box box);

/* ---- one reading (ocr_words.c) ---- */

struct ocr_reading {
    struct page_text page; /* boxes in the pixels of the picture as it came */
    double confidence;     /* mean over letters, 0-100; 0 without words */
    double evidence;       /* letters weighed by how sure they are; compares readings of one page */
    size_t letters;
    double word_height; /* median, in pixels of the view */
};

/* Reads the view. False when the engine refuses it. */
bool ocr_reading_take(TessBaseAPI *api, const struct ocr_view *view, TessPageSegMode mode,
                      struct ocr_reading *ret_reading);
void ocr_reading_release(struct ocr_reading *reading);

/* ---- choosing (ocr_choose.c) ---- */

/* The language of `langs` that reads a sample of the view's lines best, and how sure it is of the
 * sample (0-100, 0 when no lines were found). */
double ocr_choose_lang(const struct ocr_view *view, const char *langs, char ret_lang[OCR_LANG_MAX]);

#endif
