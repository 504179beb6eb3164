/*
 * The parts of OCR between ocr_read and Tesseract; inside the ocr*.c files only.
 */
#ifndef WORKER_OCR_ENGINE_H
#define WORKER_OCR_ENGINE_H

#include <leptonica/allheaders.h>
#include <tesseract/capi.h>

#include "worker/ocr/ocr.h"
#include "worker/ocr/ocr_box.h"
#include "worker/ocr/ocr_layout.h"

/* ---- models (ocr_models.c) ---- */

/* The engine for one language, started if it was not; NULL without a model. */
TessBaseAPI *ocr_engine(const char *lang);

/* The engine that tells scripts, started if it was not; NULL without its model. */
TessBaseAPI *ocr_script_engine(void);

/* Copies the next language of a list joined by "+" and returns what follows; NULL at the end. */
const char *ocr_next_lang(const char *langs, char ret_lang[OCR_LANG_MAX]);

/* ---- views (ocr_view.c) ---- */

/* The height to which letters with ascenders are brought before they are read: a line of them then
 * is about as high as what the models were trained on, and layout analysis knows its measure. */
enum { OCR_LETTER = 22, OCR_LINE = 46 };

/* A picture changed for better reading, and the way back: it was turned by `quarters` quarter
 * turns clockwise, then by `angle` clockwise about its centre, then scaled; of that, the part from
 * (left, top) is shown. */
struct ocr_view {
    PIX *pix; /* 8 bits of grey, no colour map */
    int dpi;
    int page_width, page_height; /* pixels of the picture as it came */
    int quarters;
    double angle; /* radians */
    double scale;
    double left, top; /* in pixels of the view */
};

/* The picture itself in grey, alpha on white. False when memory ends. */
bool ocr_view_open(struct ocr_view *view, PIX *picture, int dpi);
void ocr_view_close(struct ocr_view *view);

/* The same without coloured ink: stamps and signatures over black letters. False when the picture
 * has next to none, or is a coloured picture. */
bool ocr_view_open_uncoloured(struct ocr_view *view, PIX *picture, int dpi);

/* Variants of a view, each a new one. False when memory ends or the picture is too small. */
bool ocr_view_turned(const struct ocr_view *from, int quarters, struct ocr_view *ret_view);
bool ocr_view_cleaned(const struct ocr_view *from, struct ocr_view *ret_view);
bool ocr_view_scaled(const struct ocr_view *from, double scale, struct ocr_view *ret_view);
bool ocr_view_cut(const struct ocr_view *from, struct ocr_box box, struct ocr_view *ret_view);

/* The page as it is best read: its letters OCR_LETTER high, its lines level, all of it dark on
 * light. */
bool ocr_view_normal(const struct ocr_view *from, struct ocr_view *ret_view);

/* Whether ink and ground are so near each other that the page is better cleaned. */
bool ocr_view_is_faded(const struct ocr_view *view);

/* Whether it is so low that it can hold few lines; whether it is a single line of text, cut out,
 * in which layout analysis finds nothing to work on. */
bool ocr_view_is_low(const struct ocr_view *view);
bool ocr_view_is_line(const struct ocr_view *view);

/* From pixels of the view to those of the picture as it came, and back. */
struct page_box ocr_view_to_page(const struct ocr_view *view, struct page_box box);
struct page_box ocr_view_from_page(const struct ocr_view *view, struct page_box box);

/* The picture's grey (8 bits) as if there were no coloured ink on it (ocr_colour.c): of each pixel
 * the lightest channel, and lighter still the more colour it has; black under the ink stays. NULL
 * when hardly any pixel or more than a few of ten are coloured. */
PIX *ocr_colour_take(PIX *picture);

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

/* Keeps the other reading of the same place if it is surer, and not by leaving out what it is not
 * sure of, or much richer; the one not kept is released. Returns whether it is kept. */
bool ocr_reading_improve(struct ocr_reading *best, struct ocr_reading *other);

/* Appends the reading of the next block of a page after so many line breaks; it is released. */
void ocr_reading_append(struct ocr_reading *page, struct ocr_reading *block, int breaks);

/* ---- blocks (ocr_blocks.c) ---- */

/* Reads the blocks of a view one after the other, those in another of the languages `langs` than
 * the page's, `lang`, with that; those read badly are tried in other forms too. `sure` is how sure
 * the language is of a sample of the page: what no model can read is not tried again. False without
 * a model. */
bool ocr_blocks_read(const struct ocr_view *view, const struct ocr_layout *layout,
                     const char *langs, const char *lang, double sure,
                     struct ocr_reading *ret_page);

/* Reads what is in the box, with a margin. */
bool ocr_block_take(const struct ocr_view *view, struct ocr_box box, const char *lang,
                    struct ocr_reading *ret_reading);

/* ---- languages within a page (ocr_foreign.c) ---- */

/* The language of a block of a page that is in `page_lang`, of those with the same script: those of
 * one script are not told apart by how sure a model is of a line. */
void ocr_foreign_choose(const struct ocr_view *view, const struct ocr_layout *layout, size_t block,
                        const char *langs, const char *page_lang, char ret_lang[OCR_LANG_MAX]);

/* Looks in a block that was read in `lang` for lines that another language of `langs` reads much
 * better, and puts their reading in the place of its own. False when there are none. */
bool ocr_foreign_read(const struct ocr_view *view, const struct ocr_layout *layout, size_t block,
                      const char *langs, const char *lang, struct ocr_reading *reading);

/* ---- words in Latin letters on a page in Arabic ones (ocr_latin.c) ---- */

/* The models of Arabic script read Latin words as strings of digits. Words of a reading in `lang`
 * that look so are shown to the models of `langs` for other scripts, and what one of them is sure
 * of takes their place. */
void ocr_latin_read(const struct ocr_view *view, const char *langs, const char *lang,
                    struct ocr_reading *reading);

/* ---- what is left (ocr_rescue.c) ---- */

/* Reads the page as it came with every language and puts the words that one of them is sure of in
 * the place of `reading`, if they are more than its own sure ones; of `noise` its own sure words
 * stay. False when there are none, and nothing is changed. */
bool ocr_rescue(const struct ocr_view *view, const char *langs, bool noise, char lang[OCR_LANG_MAX],
                struct ocr_reading *reading);

/* ---- scripts (ocr_script.c) ---- */

/* A page begins: its script may be asked for, once. */
void ocr_script_begin(void);

/* Asks for the script of a page of so many lines, of which no model of `langs` is sure. If it is
 * certainly one that none of them reads, it counts for ocr_script_verdict. The page is read all the
 * same: there may be names in it that they can read. */
void ocr_script_note(const struct ocr_view *view, size_t lines, const char *langs);

/* ---- choosing (ocr_choose.c) ---- */

/* Whether it is written from right to left. */
bool ocr_lang_is_rtl(const char *lang);

/* Whether it is written in Arabic letters. */
bool ocr_lang_is_arabic(const char *lang);

/* The language of `langs` that reads a sample of the lines best, and how sure it is of the sample
 * (0-100, 0 when there are no lines). */
double ocr_choose_lang(const struct ocr_view *view, const struct ocr_line *lines, size_t count,
                       const char *langs, char ret_lang[OCR_LANG_MAX]);

/* Reads a picture of a single line with every language and keeps the best reading. False when no
 * engine takes it. */
bool ocr_choose_line(const struct ocr_view *line, const char *langs, char ret_lang[OCR_LANG_MAX],
                     struct ocr_reading *ret_reading);

#endif
