#include "worker/books/djvu.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <leptonica/allheaders.h>

#include "base/bytes.h"
#include "worker/books/inline_threads.h"
#include "worker/image/image_decode.h"
#include "worker/ocr/ocr.h"

struct djvu {
    ddjvu_context_t *context;
    ddjvu_document_t *document;
    const struct input *input;
    bool fed; /* the file's bytes were given */
};

/* ---- opening: the library asks for streams of bytes ---- */

/* Answers what the library asks. Its first stream is the file; others are files that are not here.
 * Its complaints are in what it returns, too. */
static void answer(void *ctx)
{
    const ddjvu_message_t *message;
    struct djvu *djvu = ctx;

    while (djvu->context && (message = ddjvu_message_peek(djvu->context)) != NULL) {
        if (message->m_any.tag == DDJVU_NEWSTREAM && djvu->document) {
            int stream = message->m_newstream.streamid;
            if (!djvu->fed)
                ddjvu_stream_write(djvu->document, stream, (const char *)djvu->input->data,
                                   djvu->input->len);
            ddjvu_stream_close(djvu->document, stream, djvu->fed);
            djvu->fed = true;
        }
        ddjvu_message_pop(djvu->context);
    }
}

static void djvu_close(struct djvu *djvu)
{
    if (djvu->document)
        ddjvu_document_release(djvu->document);
    if (djvu->context)
        ddjvu_context_release(djvu->context);
    *djvu = (struct djvu){0};
}

/* Whether every chunk ends inside the file: the outermost says how long the file should be. */
static bool is_cut(const struct input *input)
{
    const unsigned char *data = input->data;

    if (input->len < 12)
        return true;
    uint32_t len = be32_get(data + 8);
    return len > input->len - 12;
}

static bool djvu_open(struct djvu *djvu, const struct input *input, struct verdict *ret_verdict)
{
    *djvu = (struct djvu){.input = input};
    threads_hold(answer, djvu);
    (void)unsetenv("HOME"); /* translations of its messages are looked for there */
    djvu->context = ddjvu_context_create("sanad-worker");
    djvu->document = djvu->context ? ddjvu_document_create(djvu->context, NULL, FALSE) : NULL;
    if (djvu->document) {
        answer(djvu);
        threads_go();
        answer(djvu);
        if (ddjvu_document_decoding_status(djvu->document) == DDJVU_JOB_OK)
            return true;
    }
    *ret_verdict = is_cut(input)
                       ? verdict_failed(REASON_TRUNCATED, "the file ends before its pages")
                       : verdict_failed(REASON_CORRUPT, "its structure is broken");
    return false;
}

/* ---- drawing ---- */

/* Draws a decoded page into `bytes`, rows of `width` pixels of 1 byte (grey) or 3. */
static void render(ddjvu_page_t *page, unsigned width, unsigned height, bool grey,
                   unsigned char *bytes)
{
    ddjvu_format_t *format =
        ddjvu_format_create(grey ? DDJVU_FORMAT_GREY8 : DDJVU_FORMAT_RGB24, 0, NULL);
    ddjvu_rect_t whole = {0, 0, width, height};
    size_t row = (size_t)width * (grey ? 1 : 3);

    memset(bytes, 0xFF, row * height); /* of a blank page it draws nothing */
    if (!format)
        return;
    ddjvu_format_set_row_order(format, TRUE);
    ddjvu_format_set_y_direction(format, TRUE);
    (void)ddjvu_page_render(page, DDJVU_RENDER_COLOR, &whole, &whole, format, row, (char *)bytes);
    ddjvu_format_release(format);
}

static PIX *pix_of(const unsigned char *bytes, unsigned width, unsigned height, bool grey)
{
    PIX *pix = pixCreateNoInit((int)width, (int)height, grey ? 8 : 32);
    l_uint32 *line = pix ? pixGetData(pix) : NULL;

    for (unsigned y = 0; line && y < height; y++, line += pixGetWpl(pix))
        for (unsigned x = 0; x < width; x++, bytes += grey ? 1 : 3)
            if (grey)
                SET_DATA_BYTE(line, x, bytes[0]);
            else
                composeRGBPixel(bytes[0], bytes[1], bytes[2], line + x);
    return pix;
}

/* A decoded page at `dpi`, or less where it is large. */
static PIX *draw_decoded(ddjvu_page_t *page, double dpi, double pixels_max, bool grey)
{
    int own = ddjvu_page_get_resolution(page);
    double width = ddjvu_page_get_width(page), height = ddjvu_page_get_height(page);
    double scale = own > 0 && dpi < own ? dpi / own : 1;

    if (width * height * scale * scale > pixels_max)
        scale = sqrt(pixels_max / (width * height));
    unsigned w = (unsigned)fmax(1, width * scale), h = (unsigned)fmax(1, height * scale);
    CLEANUP(cleanup_free) unsigned char *bytes = mem_alloc((size_t)w * h * 3);
    render(page, w, h, grey, bytes);
    PIX *pix = pix_of(bytes, w, h, grey);
    if (pix && own > 0)
        pixSetResolution(pix, (int)(own * scale + 0.5), (int)(own * scale + 0.5));
    return pix;
}

/* The page with this number from 0; NULL on failure. */
static PIX *draw(struct djvu *djvu, int number, double dpi, double pixels_max, bool grey)
{
    ddjvu_page_t *page = ddjvu_page_create_by_pageno(djvu->document, number);
    PIX *pix = NULL;

    answer(djvu);
    if (page && ddjvu_page_decoding_status(page) == DDJVU_JOB_OK)
        pix = draw_decoded(page, dpi, pixels_max, grey);
    if (page)
        ddjvu_page_release(page);
    return pix;
}

/* ---- reading ---- */

struct progress {
    uint32_t broken, missing, unread;
};

/* Reads a page without hidden text by OCR. */
static bool read_picture(struct djvu *djvu, int number, struct progress *progress,
                         struct ocr_page *ret_ocr)
{
    const struct input *input = djvu->input;
    char lacking[OCR_LANG_MAX];

    if (!input->ocr || ocr_lacks_model(input->langs, lacking)) {
        progress->unread++;
        return false;
    }
    PIX *pix = draw(djvu, number, DJVU_OCR_DPI, DJVU_OCR_PIXELS_MAX, true);
    if (!pix) {
        progress->broken++;
        return false;
    }
    int rc = ocr_read(pix, pixGetXRes(pix), input->langs, ret_ocr);
    pixDestroy(&pix);
    progress->broken += rc != 0;
    return rc == 0;
}

/* The page's name, where it is not only its file's. */
static void set_label(struct djvu *djvu, int number, struct page_head *head)
{
    ddjvu_fileinfo_t info;
    int files = ddjvu_document_get_filenum(djvu->document);

    for (int i = number; i < files; i++)
        if (ddjvu_document_get_fileinfo(djvu->document, i, &info) == DDJVU_JOB_OK &&
            info.type == 'P' && info.pageno == number) {
            if (info.title && info.id && strcmp(info.title, info.id) != 0)
                snprintf(head->label, sizeof(head->label), "%s", info.title);
            return;
        }
}

/* Sides in hundredths of a point. */
static void set_size(const ddjvu_pageinfo_t *info, struct page_head *head)
{
    double unit = 7200.0 / (info->dpi > 0 ? info->dpi : 300);

    while (info->width * unit > PAGE_SIDE_MAX || info->height * unit > PAGE_SIDE_MAX)
        unit /= 2;
    head->width = (uint32_t)(info->width * unit);
    head->height = (uint32_t)(info->height * unit);
}

static void read_page(struct djvu *djvu, int number, struct emit *emit, struct progress *progress)
{
    struct page_head head = {.method = PAGE_TEXT, .confidence = CONFIDENCE_NONE};
    ddjvu_pageinfo_t info = {0};
    struct page_text text;
    struct ocr_page ocr;

    if (ddjvu_document_get_pageinfo(djvu->document, number, &info) != DDJVU_JOB_OK) {
        progress->missing++;
        answer(djvu);
        emit_page(emit, &head, "", 0, NULL, 0);
        return;
    }
    set_size(&info, &head);
    set_label(djvu, number, &head);
    page_text_init(&text, info.width, info.height);
    miniexp_t zones = ddjvu_document_get_pagetext(djvu->document, number, "word");
    djvu_text_put(zones, &info, &text);
    ddjvu_miniexp_release(djvu->document, zones);
    if (text.text.len == 0 && read_picture(djvu, number, progress, &ocr)) {
        head.method = PAGE_OCR;
        head.confidence = ocr.confidence;
        snprintf(head.lang, sizeof(head.lang), "%.7s", ocr.lang);
        emit->ocr_used = true;
        page_text_release(&text);
        text = ocr.page;
    }
    miniexp_t notes = ddjvu_document_get_pageanno(djvu->document, number);
    djvu_notes_put(notes, &text);
    if (number == 0) /* documents of one page have their metadata there */
        djvu_meta_send(notes, emit);
    ddjvu_miniexp_release(djvu->document, notes);
    answer(djvu);
    emit_page(emit, &head, text.text.data, text.text.len, text.words, text.word_count);
    page_text_release(&text);
}

static void read_facts(struct djvu *djvu, struct emit *emit)
{
    miniexp_t notes = ddjvu_document_get_anno(djvu->document, TRUE);
    miniexp_t outline = ddjvu_document_get_outline(djvu->document);

    if (miniexp_consp(notes))
        djvu_meta_send(notes, emit);
    if (miniexp_consp(outline))
        djvu_outline_send(outline, emit);
    ddjvu_miniexp_release(djvu->document, notes);
    ddjvu_miniexp_release(djvu->document, outline);
    answer(djvu);
}

static struct verdict conclude(const struct input *input, struct emit *emit,
                               const struct progress *progress)
{
    struct verdict verdict = verdict_by_words(emit);
    uint32_t lost = progress->broken + progress->missing;
    enum reason reason = is_cut(input) ? REASON_TRUNCATED : REASON_CORRUPT;

    if (lost && verdict.outcome == OUTCOME_EMPTY)
        return verdict_failed(reason, "%u of its %u pages cannot be read", lost, emit->pages);
    if (verdict.outcome == OUTCOME_EMPTY)
        return verdict_empty(REASON_NO_WORDS,
                             progress->unread ? "its pages are pictures and were not read by OCR"
                                              : "its pages hold no words");
    if (lost || is_cut(input)) {
        verdict.reason = reason;
        snprintf(verdict.detail, sizeof(verdict.detail), "%u of %u pages could not be read", lost,
                 emit->pages);
    }
    return verdict;
}

static struct verdict read_document(struct djvu *djvu, struct emit *emit)
{
    ddjvu_document_type_t type = ddjvu_document_get_type(djvu->document);
    int count = ddjvu_document_get_pagenum(djvu->document);
    struct progress progress = {0};

    if (type == DDJVU_DOCTYPE_INDIRECT || type == DDJVU_DOCTYPE_OLD_INDEXED)
        return verdict_failed(REASON_MISSING_PART,
                              "it is only the index of %d pages, which are files of their own",
                              count);
    if (count > DJVU_PAGES_MAX) {
        emit_warning(emit, REASON_LIMIT_COUNT, "only the first %d of %d pages were read",
                     DJVU_PAGES_MAX, count);
        count = DJVU_PAGES_MAX;
    }
    read_facts(djvu, emit);
    for (int i = 0; i < count && !emit->stop; i++)
        read_page(djvu, i, emit, &progress);
    return conclude(djvu->input, emit, &progress);
}

struct verdict djvu_read(const struct input *input, struct emit *emit)
{
    struct verdict verdict;
    struct djvu djvu;

    if (djvu_open(&djvu, input, &verdict))
        verdict = read_document(&djvu, emit);
    djvu_close(&djvu);
    return verdict;
}

struct verdict djvu_render(const struct input *input, uint32_t page, uint32_t dpi,
                           struct emit *emit)
{
    struct verdict verdict;
    struct djvu djvu;

    if (djvu_open(&djvu, input, &verdict)) {
        PIX *pix = page >= 1 && page <= (uint32_t)ddjvu_document_get_pagenum(djvu.document)
                       ? draw(&djvu, (int)page - 1, dpi, DJVU_PIXELS_MAX, false)
                       : NULL;
        verdict = image_send(pix, emit)
                      ? verdict_text()
                      : verdict_failed(REASON_CORRUPT, "the page cannot be drawn");
        pixDestroy(&pix);
    }
    djvu_close(&djvu);
    return verdict;
}
