/*
 * Reading a page block by block.
 */
#include "worker/ocr/ocr_engine.h"

/* A block read with at least this confidence is not read again. English is read surer than Arabic
 * script ever is. */
static const double GOOD = 80;
/* Below this, the engine may not have found the lines. */
static const double BAD = 72;
/* A block read with less, on a page whose sample was read with less, is in a script that none of
 * the models knows, or no text. It takes an engine long to be so unsure. */
static const double HOPELESS = 45;

static void read_again(const struct ocr_view *view, const char *lang, struct ocr_reading *best)
{
    struct ocr_reading again;
    TessBaseAPI *api = ocr_engine(lang);

    if (api && ocr_reading_take(api, view, PSM_SINGLE_BLOCK, &again))
        (void)ocr_reading_improve(best, &again);
}

/* The block with a margin of white, which the engine needs to find its outer letters. */
static bool cut_block(const struct ocr_view *page, struct ocr_box block, struct ocr_view *ret_view)
{
    enum { MARGIN = OCR_LETTER / 2 };

    block.x0 -= MARGIN;
    block.y0 -= MARGIN / 2;
    block.x1 += MARGIN;
    block.y1 += MARGIN / 2;
    return ocr_view_cut(page, block, ret_view);
}

static bool cut_line(const struct ocr_view *page, struct ocr_box line, struct ocr_view *ret_view)
{
    enum { MARGIN = 3 };

    line.x0 -= MARGIN;
    line.y0 -= MARGIN;
    line.x1 += MARGIN;
    line.y1 += MARGIN;
    return ocr_view_cut(page, line, ret_view);
}

/* Reads each line of the block for itself: where letters are broken by noise, layout analysis finds
 * lines that the engine's own search does not. */
static void read_lines(const struct ocr_view *view, const struct ocr_layout *layout, size_t block,
                       const char *lang, struct ocr_reading *best)
{
    struct ocr_reading all = {0};
    TessBaseAPI *api = ocr_engine(lang);

    if (!api)
        return;
    page_text_init(&all.page, view->page_width, view->page_height);
    for (size_t i = 0; i < layout->line_count; i++) {
        struct ocr_reading reading;
        struct ocr_view line;
        if (layout->lines[i].block != block || !cut_line(view, layout->lines[i].box, &line))
            continue;
        if (ocr_reading_take(api, &line, PSM_RAW_LINE, &reading))
            ocr_reading_append(&all, &reading, 1);
        ocr_view_close(&line);
    }
    (void)ocr_reading_improve(best, &all);
}

static void improve(const struct ocr_view *view, const struct ocr_layout *layout, size_t block,
                    const char *lang, struct ocr_reading *best)
{
    struct ocr_view cut, cleaned;

    if (cut_block(view, layout->blocks[block], &cut)) {
        if (ocr_view_cleaned(&cut, &cleaned)) {
            read_again(&cleaned, lang, best);
            ocr_view_close(&cleaned);
        }
        ocr_view_close(&cut);
    }
    if (best->confidence < BAD)
        read_lines(view, layout, block, lang, best);
}

bool ocr_block_take(const struct ocr_view *view, struct ocr_box box, const char *lang,
                    struct ocr_reading *ret_reading)
{
    TessBaseAPI *api = ocr_engine(lang);
    struct ocr_view block;

    *ret_reading = (struct ocr_reading){0};
    if (!api || !cut_block(view, box, &block))
        return false;
    bool ok = ocr_reading_take(api, &block, PSM_SINGLE_BLOCK, ret_reading);
    ocr_view_close(&block);
    return ok;
}

bool ocr_blocks_read(const struct ocr_view *view, const struct ocr_layout *layout,
                     const char *langs, const char *lang, double sure, struct ocr_reading *ret_page)
{
    *ret_page = (struct ocr_reading){0};
    if (!ocr_engine(lang))
        return false;
    page_text_init(&ret_page->page, view->page_width, view->page_height);
    for (size_t i = 0; i < layout->block_count; i++) {
        struct ocr_reading reading;
        char own[OCR_LANG_MAX];
        ocr_foreign_choose(view, layout, i, langs, lang, own);
        if (!ocr_block_take(view, layout->blocks[i], own, &reading))
            continue;
        bool hopeless = sure < HOPELESS && reading.confidence < HOPELESS;
        if (!hopeless && !ocr_foreign_read(view, layout, i, langs, own, &reading) &&
            reading.confidence < GOOD)
            improve(view, layout, i, own, &reading);
        if (!hopeless)
            ocr_latin_read(view, langs, own, &reading);
        ocr_reading_append(ret_page, &reading, 2);
    }
    page_text_newline(&ret_page->page, 1);
    return true;
}
