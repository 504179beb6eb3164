/*
 * Which language lines are in, found by reading a few of them with each model asked for.
 *
 * Layout analysis gives the lines. A few long ones are copied under each other into one small
 * picture, and every model reads that. A model that meets a foreign
 * script is unsure of what it sees. Between languages of one script (Arabic, Persian) the models
 * are about equally sure; there the words themselves decide.
 */
#include <stdlib.h>
#include <string.h>

#include "text/language.h"
#include "worker/ocr/ocr_engine.h"

enum { SAMPLE_LINES = 5, SAMPLE_MARGIN = 12, CANDIDATES_MAX = 12 };

/* Models whose confidence differs by less than this are told apart by the words they read. */
static const double CLOSE = 12;

struct lines {
    struct ocr_box at[OCR_LINES_MAX];
    size_t count;
};

/* The middle of a long line is enough. */
static struct ocr_box sampled(struct ocr_box line)
{
    enum { WIDE = 30 * OCR_LETTER };
    int beyond = box_width(line) - WIDE;

    if (beyond > 0) {
        line.x0 += beyond / 2;
        line.x1 = line.x0 + WIDE;
    }
    return line;
}

static int by_width(const void *a, const void *b)
{
    return box_width(*(const struct ocr_box *)b) - box_width(*(const struct ocr_box *)a);
}

static int by_height(const void *a, const void *b)
{
    return box_height(*(const struct ocr_box *)a) - box_height(*(const struct ocr_box *)b);
}

/* Keeps the longest of the lines of common height. */
static void thin_out(struct lines *lines, size_t most)
{
    struct ocr_box kept[SAMPLE_LINES];
    size_t count = 0;

    qsort(lines->at, lines->count, sizeof(lines->at[0]), by_height);
    int median = lines->count ? box_height(lines->at[lines->count / 2]) : 0;
    qsort(lines->at, lines->count, sizeof(lines->at[0]), by_width);
    for (size_t i = 0; i < lines->count && count < most; i++)
        if (box_height(lines->at[i]) * 2 > median && box_height(lines->at[i]) < median * 2)
            kept[count++] = lines->at[i];
    memcpy(lines->at, kept, count * sizeof(kept[0]));
    lines->count = count;
}

/* The lines under each other on white. */
static PIX *sample_picture(const struct ocr_view *view, const struct lines *lines)
{
    int width = 0, height = SAMPLE_MARGIN;

    for (size_t i = 0; i < lines->count; i++) {
        width = box_width(lines->at[i]) > width ? box_width(lines->at[i]) : width;
        height += box_height(lines->at[i]) + 3 * SAMPLE_MARGIN;
    }
    PIX *sample = pixCreate(width + 2 * SAMPLE_MARGIN, height, 8);
    if (!sample)
        return NULL;
    pixSetAll(sample);
    for (size_t i = 0, y = SAMPLE_MARGIN; i < lines->count; i++) {
        struct ocr_box line = lines->at[i];
        /* A little more than the line's box: it is drawn tight. */
        pixRasterop(sample, SAMPLE_MARGIN, (l_int32)y, box_width(line), box_height(line) + 4,
                    PIX_SRC, view->pix, line.x0, line.y0 - 2);
        y += (size_t)box_height(line) + 3 * SAMPLE_MARGIN;
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

/* What is added to a candidate's confidence. The words speak for the language they are guessed to
 * be; and the Arabic model is as sure of Persian as the Persian model is, while the Persian model
 * is far less sure of Arabic: nearly equal confidence means Persian. */
static double bonus(const struct candidate *candidate, const char *guess, bool line)
{
    const double GUESSED = 6, EASY = -9, EASY_LINE = -5;
    double easy = strcmp(candidate->lang, "ara") == 0 ? line ? EASY_LINE : EASY : 0;

    return (strcmp(candidate->lang, guess) == 0 ? GUESSED : 0) + easy;
}

static size_t best_of(const struct candidates *candidates, bool line)
{
    double most = 0;
    size_t best = 0;

    for (size_t i = 0; i < candidates->count; i++)
        if (candidates->at[i].reading.confidence > most)
            most = candidates->at[i].reading.confidence;
    const char *guess = guess_together(candidates, most - CLOSE);
    most = -1;
    for (size_t i = 0; i < candidates->count; i++) {
        const struct candidate *candidate = &candidates->at[i];
        double sure = candidate->reading.confidence + bonus(candidate, guess, line);
        if (sure > most) {
            most = sure;
            best = i;
        }
    }
    return best;
}

/* Whether a model of the other direction of writing is so sure that this one can only be worse: a
 * third of the time that a page of English takes would go into asking the Arabic models too. */
static bool is_settled(const struct candidates *candidates, const char *lang)
{
    const double SETTLED = 85;

    for (size_t i = 0; i < candidates->count; i++)
        if (candidates->at[i].reading.confidence >= SETTLED &&
            ocr_lang_is_rtl(candidates->at[i].lang) != ocr_lang_is_rtl(lang))
            return true;
    return false;
}

static double choose(const struct ocr_view *sample, TessPageSegMode mode, const char *langs,
                     char ret_lang[OCR_LANG_MAX], struct ocr_reading *ret_reading)
{
    struct candidates candidates = {0};
    char lang[OCR_LANG_MAX];
    double sure = 0;

    *ret_reading = (struct ocr_reading){0};
    for (const char *next = ocr_next_lang(langs, lang); next; next = ocr_next_lang(next, lang))
        if (!is_settled(&candidates, lang))
            try_lang(sample, mode, lang, &candidates);
    if (candidates.count) {
        struct candidate *best = &candidates.at[best_of(&candidates, mode == PSM_RAW_LINE)];
        sure = best->reading.confidence;
        memcpy(ret_lang, best->lang, sizeof(best->lang));
        *ret_reading = best->reading;
        best->reading = (struct ocr_reading){0};
    }
    for (size_t i = 0; i < candidates.count; i++)
        ocr_reading_release(&candidates.at[i].reading);
    return sure;
}

/* A line is read as it is and, when that is doubtful, in a common size with a margin. */
static bool open_line(const struct ocr_view *line, struct ocr_view *ret_view)
{
    enum { MARGIN = 8 };
    struct ocr_view scaled;
    int height = pixGetHeight(line->pix);

    if (!ocr_view_scaled(line, (double)OCR_LINE / (height > 0 ? height : 1), &scaled))
        return false;
    struct ocr_box box = {-MARGIN, -MARGIN, pixGetWidth(scaled.pix) + MARGIN,
                          pixGetHeight(scaled.pix) + MARGIN};
    bool ok = ocr_view_cut(&scaled, box, ret_view);
    ocr_view_close(&scaled);
    return ok;
}

bool ocr_choose_line(const struct ocr_view *line, const char *langs, char ret_lang[OCR_LANG_MAX],
                     struct ocr_reading *ret_reading)
{
    const double GOOD = 80;
    struct ocr_reading again;
    struct ocr_view other;

    ret_lang[0] = '\0';
    double sure = choose(line, PSM_RAW_LINE, langs, ret_lang, ret_reading);
    if (sure >= GOOD || !open_line(line, &other))
        return ret_lang[0] != '\0';
    TessBaseAPI *api = ret_lang[0] ? ocr_engine(ret_lang) : NULL;
    if (api && ocr_reading_take(api, &other, PSM_SINGLE_LINE, &again)) {
        if (again.confidence > ret_reading->confidence) {
            ocr_reading_release(ret_reading);
            *ret_reading = again;
        } else {
            ocr_reading_release(&again);
        }
    }
    ocr_view_close(&other);
    return ret_lang[0] != '\0';
}

/* The language that reads the lines best, and how sure it is of them. */
static double choose_for(const struct ocr_view *view, const struct lines *lines, const char *langs,
                         char ret_lang[OCR_LANG_MAX])
{
    struct ocr_view sample = {.dpi = view->dpi, .scale = 1};
    struct ocr_reading reading;

    sample.pix = lines->count ? sample_picture(view, lines) : NULL;
    if (!sample.pix)
        return 0;
    sample.page_width = pixGetWidth(sample.pix);
    sample.page_height = pixGetHeight(sample.pix);
    double sure = choose(&sample, PSM_SINGLE_BLOCK, langs, ret_lang, &reading);
    ocr_reading_release(&reading);
    pixDestroy(&sample.pix);
    return sure;
}

double ocr_choose_lang(const struct ocr_view *view, const struct ocr_line *lines, size_t count,
                       const char *langs, char ret_lang[OCR_LANG_MAX])
{
    struct lines sample = {.count = 0};

    if (!ocr_next_lang(langs, ret_lang))
        langs = memcpy(ret_lang, "eng", sizeof("eng"));
    for (size_t i = 0; i < count && sample.count < OCR_LINES_MAX; i++)
        sample.at[sample.count++] = sampled(lines[i].box);
    thin_out(&sample, SAMPLE_LINES);
    return choose_for(view, &sample, langs, ret_lang);
}
