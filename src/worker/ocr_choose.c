/*
 * Which language a page is in, found by reading a little of it with each model asked for.
 *
 * Layout analysis gives the page's lines. A few long ones from its whole height are copied under
 * each other into one small picture, and every model reads that. A model that meets a foreign
 * script is unsure of what it sees. Between languages of one script (Arabic, Persian) the models
 * are about equally sure; there the words themselves decide.
 */
#include <stdlib.h>
#include <string.h>

#include "text/language.h"
#include "worker/ocr_engine.h"

enum {
    SAMPLE_LINES = 5,
    SAMPLE_MARGIN = 12,
    LINES_MAX = 400,
    CANDIDATES_MAX = 12,
    LINE_PIXELS_LEAST = 8
};

/* Models whose confidence differs by less than this are told apart by the words they read. */
static const double CLOSE = 12;

struct lines {
    struct line {
        int x, y, width, height;
    } at[LINES_MAX];
    size_t count;
};

static void find_lines(TessBaseAPI *api, const struct ocr_view *view, struct lines *lines)
{
    lines->count = 0;
    TessBaseAPISetPageSegMode(api, PSM_AUTO);
    TessBaseAPISetImage2(api, view->pix);
    TessBaseAPISetSourceResolution(api, view->dpi);
    TessPageIterator *it = TessBaseAPIAnalyseLayout(api);
    if (it) {
        do {
            int x0, y0, x1, y1;
            if (TessPageIteratorBoundingBox(it, RIL_TEXTLINE, &x0, &y0, &x1, &y1) &&
                y1 - y0 >= LINE_PIXELS_LEAST && x1 - x0 >= LINE_PIXELS_LEAST)
                lines->at[lines->count++] = (struct line){x0, y0, x1 - x0, y1 - y0};
        } while (lines->count < LINES_MAX && TessPageIteratorNext(it, RIL_TEXTLINE));
        TessPageIteratorDelete(it);
    }
    TessBaseAPIClear(api);
}

static int by_width(const void *a, const void *b)
{
    return ((const struct line *)b)->width - ((const struct line *)a)->width;
}

static int by_height(const void *a, const void *b)
{
    return ((const struct line *)a)->height - ((const struct line *)b)->height;
}

/* Keeps some lines of common height, the longest of each part of the list. */
static void thin_out(struct lines *lines)
{
    struct line kept[SAMPLE_LINES];
    size_t count = 0;

    qsort(lines->at, lines->count, sizeof(lines->at[0]), by_height);
    int median = lines->count ? lines->at[lines->count / 2].height : 0;
    qsort(lines->at, lines->count, sizeof(lines->at[0]), by_width);
    for (size_t i = 0; i < lines->count && count < SAMPLE_LINES; i++)
        if (lines->at[i].height * 2 > median && lines->at[i].height < median * 2)
            kept[count++] = lines->at[i];
    memcpy(lines->at, kept, count * sizeof(kept[0]));
    lines->count = count;
}

/* The lines under each other on white. */
static PIX *sample_picture(const struct ocr_view *view, const struct lines *lines)
{
    int width = 0, height = SAMPLE_MARGIN;

    for (size_t i = 0; i < lines->count; i++) {
        width = lines->at[i].width > width ? lines->at[i].width : width;
        height += lines->at[i].height + 3 * SAMPLE_MARGIN;
    }
    PIX *sample = pixCreate(width + 2 * SAMPLE_MARGIN, height, 8);
    if (!sample)
        return NULL;
    pixSetAll(sample);
    for (size_t i = 0, y = SAMPLE_MARGIN; i < lines->count; i++) {
        const struct line *line = &lines->at[i];
        /* A little more than the line's box: it is drawn tight. */
        pixRasterop(sample, SAMPLE_MARGIN, (l_int32)y, line->width, line->height + 4, PIX_SRC,
                    view->pix, line->x, line->y - 2);
        y += (size_t)line->height + 3 * SAMPLE_MARGIN;
    }
    return sample;
}

struct candidate {
    char lang[OCR_LANG_MAX];
    struct ocr_reading reading;
};

struct candidates {
    struct candidate at[CANDIDATES_MAX];
    size_t count;
};

static void try_lang(const struct ocr_view *sample, TessPageSegMode mode, const char *lang,
                     struct candidates *candidates)
{
    struct candidate *candidate = &candidates->at[candidates->count];
    TessBaseAPI *api = ocr_engine(lang);

    if (!api || candidates->count == CANDIDATES_MAX ||
        !ocr_reading_take(api, sample, mode, &candidate->reading))
        return;
    snprintf(candidate->lang, sizeof(candidate->lang), "%s", lang);
    candidates->count++;
}

/* Each model writes with its own language's letters (ي or ی), whatever it reads. Put together, the
 * readings of the models that are about equally sure leave only the words to decide. */
static const char *guess_together(const struct candidates *candidates, double least)
{
    CLEANUP(cleanup_buf) struct buf text = {0};

    buf_init(&text, PAGE_TEXT_MAX);
    for (size_t i = 0; i < candidates->count; i++) {
        const struct ocr_reading *reading = &candidates->at[i].reading;
        if (reading->confidence >= least)
            (void)buf_append(&text, reading->page.text.data, reading->page.text.len);
    }
    return language_guess(text.data, text.len);
}

static const struct candidate *best_of(const struct candidates *candidates)
{
    const struct candidate *best = &candidates->at[0];

    for (size_t i = 1; i < candidates->count; i++)
        if (candidates->at[i].reading.confidence > best->reading.confidence)
            best = &candidates->at[i];
    double least = best->reading.confidence - CLOSE;
    const char *guess = guess_together(candidates, least);
    for (size_t i = 0; i < candidates->count; i++)
        if (candidates->at[i].reading.confidence >= least &&
            strcmp(candidates->at[i].lang, guess) == 0)
            return &candidates->at[i];
    return best;
}

static double choose(const struct ocr_view *sample, TessPageSegMode mode, const char *langs,
                     char ret_lang[OCR_LANG_MAX])
{
    struct candidates candidates = {0};
    char lang[OCR_LANG_MAX];
    double sure = 0;

    for (const char *next = ocr_next_lang(langs, lang); next; next = ocr_next_lang(next, lang))
        try_lang(sample, mode, lang, &candidates);
    if (candidates.count) {
        const struct candidate *best = best_of(&candidates);
        sure = best->reading.confidence;
        memcpy(ret_lang, best->lang, sizeof(best->lang));
    }
    for (size_t i = 0; i < candidates.count; i++)
        ocr_reading_release(&candidates.at[i].reading);
    return sure;
}

double ocr_choose_lang(const struct ocr_view *view, const char *langs, char ret_lang[OCR_LANG_MAX])
{
    struct ocr_view sample = {.dpi = view->dpi, .scale = 1};
    struct lines lines;

    if (!ocr_next_lang(langs, ret_lang))
        langs = memcpy(ret_lang, "eng", sizeof("eng"));
    TessBaseAPI *api = ocr_engine(ret_lang);
    if (!api)
        return 0;
    lines.count = 0;
    if (!ocr_view_is_line(view))
        find_lines(api, view, &lines);
    if (lines.count == 0 && ocr_view_is_low(view))
        return choose(view, PSM_RAW_LINE, langs, ret_lang);
    thin_out(&lines);
    sample.pix = lines.count ? sample_picture(view, &lines) : NULL;
    if (!sample.pix)
        return 0;
    sample.page_width = pixGetWidth(sample.pix);
    sample.page_height = pixGetHeight(sample.pix);
    double sure = choose(&sample, PSM_SINGLE_BLOCK, langs, ret_lang);
    pixDestroy(&sample.pix);
    return sure;
}
