#include "worker/pdf/pdf.h"

#include <stdio.h>
#include <string.h>

#include <leptonica/allheaders.h>

#include "worker/ocr/ocr.h"
#include "worker/pages.h"
#include "worker/pdf/pdf_labels.h"
#include "worker/pdf/pdf_revisions.h"
#include "worker/pdf/pdf_told.h"
#include "worker/pdf/pdf_veils.h"

/* What a document's pages were like. */
struct progress {
    uint32_t broken;            /* pages that could not be read, or not wholly */
    uint32_t unread;            /* pages that are pictures and were not read by OCR */
    char lacking[OCR_LANG_MAX]; /* the language whose model was missing for them, or "" */
    struct pdf_hidden_layers layers;
    struct veils veils;
    struct revisions revisions;
    struct pdf_told told;
    struct pdf_labels labels;
};

/* A layer with fewer letters than this says nearly nothing: a page number, a stamp. */
enum { LAYER_FEW = 16, LAYER_SOME = 120 };

/* More pages than this that cannot be loaded, up to the end, are a wrong count and no pages. */
enum { LOST_TAIL_MAX = 500 };

/* OCR replaces a garbled layer when it is at least this sure: the page may be in a language that
 * was not asked for. */
enum { SURE_LEAST = 70 };

/* Whether the page may hold words that its text layer does not give. */
static bool layer_lacks(const struct pdf_layer *layer)
{
    return pdf_layer_fault(layer) || layer->letters < LAYER_FEW ||
           (layer->letters < LAYER_SOME && layer->image_share > 0.5);
}

/* How far the darkest pixel is from the lightest. Nearly all words of a picture are like the one
 * before, and then are not looked at. */
static int shades_of(PIX *pix)
{
    int width = pixGetWidth(pix), height = pixGetHeight(pix), wpl = pixGetWpl(pix);
    int least = 255, most = 0;

    for (int y = 0; y < height; y++) {
        const l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)wpl;
        for (int x = 0; x < width; x++) {
            if (x % 4 == 0 && x >= 4 && x + 4 <= width && line[x / 4] == line[x / 4 - 1]) {
                x += 3;
                continue;
            }
            int shade = GET_DATA_BYTE(line, x);
            least = shade < least ? shade : least;
            most = shade > most ? shade : most;
        }
    }
    return most - least;
}

/* Whether anything is drawn at all: an empty page needs no OCR. */
static bool has_ink(struct pdf *pdf, fz_page *page)
{
    enum { THUMB_DPI = 40, THUMB_PIXELS = 1000000, SHADES = 8 };
    int dpi;
    PIX *pix = pdf_page_picture(pdf, page, THUMB_DPI, THUMB_PIXELS, &dpi);

    if (!pix)
        return false;
    bool ink = shades_of(pix) >= SHADES;
    pixDestroy(&pix);
    return ink;
}

static size_t count_letters(const struct page_text *page)
{
    size_t count = 0;

    for (size_t i = 0; i < page->word_count; i++)
        count += page->words[i].len;
    return count;
}

/* Whether OCR read the page better than the text layer gives it. */
static bool ocr_is_better(const struct ocr_page *ocr, const struct page_text *layer,
                          const struct pdf_layer *quality)
{
    size_t read = count_letters(&ocr->page), given = count_letters(layer);

    if (quality->lost > quality->letters)
        return ocr->page.word_count > 0;
    if (quality->implausible && pdf_text_implausible(ocr->page.text.data, ocr->page.text.len))
        return false;
    if (pdf_layer_fault(quality))
        return read > given / 2 && ocr->confidence >= SURE_LEAST;
    return read > given;
}

/* Reads the page by OCR; true if that is better than the text layer. */
static bool read_picture(struct pdf *pdf, fz_page *page, const struct input *input,
                         const struct page_text *layer, const struct pdf_layer *quality,
                         struct ocr_page *ret_ocr)
{
    int dpi;
    PIX *pix = pdf_page_picture(pdf, page, PDF_OCR_DPI, PDF_OCR_PIXELS_MAX, &dpi);

    if (!pix)
        return false;
    int rc = ocr_read(pix, dpi, input->langs, ret_ocr);
    pixDestroy(&pix);
    if (rc)
        return false;
    bool better = ocr_is_better(ret_ocr, layer, quality);
    if (!better)
        ocr_page_release(ret_ocr);
    return better;
}

/* The page's size in hundredths of a point. */
static void set_size(struct page_head *head, fz_rect bounds)
{
    double width = bounds.x1 - bounds.x0, height = bounds.y1 - bounds.y0;
    double long_side = width > height ? width : height;
    double unit = long_side * 100 > PAGE_SIDE_MAX ? PAGE_SIDE_MAX / long_side : 100;

    head->width = (uint32_t)(width * unit);
    head->height = (uint32_t)(height * unit);
}

/* Whether OCR may be tried; what stands against it is noted. */
static bool may_ocr(const struct input *input, struct progress *progress)
{
    char lacking[OCR_LANG_MAX];

    if (!input->ocr) {
        progress->unread++;
        return false;
    }
    if (ocr_lacks_model(input->langs, lacking)) {
        progress->unread++;
        memcpy(progress->lacking, lacking, sizeof(lacking));
        return false;
    }
    return true;
}

/* What the page does not show but holds: beside it, on layers that are off. */
static void read_hidden(struct pdf *pdf, int number, struct pdf_words *words,
                        struct progress *progress)
{
    struct buf *rest = &words->rest.text;
    size_t outside = rest->len;

    (void)buf_append(&words->veiled[VEIL_OUTSIDE], rest->data, rest->len);
    if (progress->layers.count && pdf_layers_read(pdf, &progress->layers, number, words))
        (void)buf_append(&words->veiled[VEIL_LAYER], rest->data + outside, rest->len - outside);
}

/* Replaces the text layer by what OCR reads, if it should and can be. */
static void read_by_ocr(struct pdf *pdf, fz_page *page, const struct input *input, uint32_t number,
                        struct page_head *head, struct pdf_words *words, struct progress *progress)
{
    const char *fault = pdf_layer_fault(&words->layer);
    struct ocr_page ocr;

    /* Without OCR a picture is not decoded only to know that it is one. */
    bool pictured = !input->ocr && words->layer.image_share > 0;
    if (!layer_lacks(&words->layer) || !(pictured || has_ink(pdf, page)))
        return;
    if (may_ocr(input, progress) &&
        read_picture(pdf, page, input, &words->main, &words->layer, &ocr)) {
        head->method = PAGE_OCR;
        head->confidence = ocr.confidence;
        snprintf(head->lang, sizeof(head->lang), "%.7s", ocr.lang);
        page_text_release(&words->main);
        words->main = ocr.page;
        if (fault)
            told_page(&progress->told, number, REASON_NONE, "read by OCR", fault);
    } else if (fault) {
        told_page(&progress->told, number, REASON_CORRUPT, "the text may be wrong", fault);
    }
}

static void read_page(struct pdf *pdf, fz_page *page, int number, const struct input *input,
                      struct emit *emit, struct progress *progress)
{
    fz_rect bounds = pdf_page_bounds(pdf, page);
    struct page_head head = {.method = PAGE_TEXT, .confidence = CONFIDENCE_NONE};
    struct pdf_words words;

    set_size(&head, bounds);
    pdf_label(&progress->labels, number, head.label, sizeof(head.label));
    pdf_words_init(&words, bounds.x1 - bounds.x0, bounds.y1 - bounds.y0);
    pdf_text_read(pdf, page, &words);
    progress->broken += words.layer.incomplete;
    read_hidden(pdf, number, &words, progress);
    veils_tell(&progress->veils, &words, (uint32_t)number + 1, &progress->told, emit);
    revisions_know(&progress->revisions, words.main.text.data);
    read_by_ocr(pdf, page, input, (uint32_t)number + 1, &head, &words, progress);
    pdf_notes_read(pdf, page, &words);
    revisions_know(&progress->revisions, words.main.text.data);
    revisions_know(&progress->revisions, words.rest.text.data);
    emit_page_rest(emit, &head, words.main.text.data, words.main.text.len, words.main.words,
                   words.main.word_count, words.rest.text.data, words.rest.text.len);
    pdf_words_release(&words);
}

/* Pages that cannot be loaded keep their numbers: they are sent without text, once a later page
 * shows that the document goes on. */
static void send_lost_pages(struct emit *emit, uint32_t count, struct progress *progress)
{
    struct page_head head = {.method = PAGE_TEXT, .confidence = CONFIDENCE_NONE};

    progress->broken += count;
    for (uint32_t i = 0; i < count; i++)
        emit_page(emit, &head, "", 0, NULL, 0);
}

static void read_pages(struct pdf *pdf, const struct input *input, struct emit *emit,
                       struct progress *progress)
{
    int count = pdf_pages(pdf);
    uint32_t lost = 0;

    if (count > PDF_PAGES_MAX) {
        emit_warning(emit, REASON_LIMIT_COUNT, "only the first %d of %d pages were read",
                     PDF_PAGES_MAX, count);
        count = PDF_PAGES_MAX;
    }
    for (int i = 0; i < count && !emit->stop; i++) {
        fz_page *page = pdf_page_load(pdf, i);
        if (!page) {
            lost++;
            continue;
        }
        send_lost_pages(emit, lost, progress);
        lost = 0;
        read_page(pdf, page, i, input, emit, progress);
        pdf_page_attachments_read(pdf, page, emit);
        pdf_page_free(pdf, page);
    }
    if (lost > LOST_TAIL_MAX)
        emit_warning(emit, REASON_CORRUPT, "the last %u pages it claims to have are not in it",
                     lost);
    else
        send_lost_pages(emit, lost, progress);
}

static struct verdict remark(struct verdict verdict, enum reason reason, const char *detail)
{
    verdict.reason = reason;
    snprintf(verdict.detail, sizeof(verdict.detail), "%s", detail);
    return verdict;
}

/* No words at all: why. */
static struct verdict without_words(const struct pdf *pdf, const struct emit *emit,
                                    const struct progress *progress, bool cut)
{
    if (progress->lacking[0])
        return ocr_no_model(progress->lacking);
    if (pdf->heap_refused)
        return verdict_failed(REASON_LIMIT_MEMORY, "its pages need more memory than they may have");
    if (cut && emit->children == 0)
        return verdict_failed(REASON_TRUNCATED, "the PDF ends early; no words are in what is left");
    if (progress->broken && emit->children == 0)
        return verdict_failed(REASON_CORRUPT, "%u of its %u pages cannot be interpreted",
                              progress->broken, emit->pages);
    if (emit->children)
        return verdict_empty(REASON_CONTAINER, "its pages hold no words; it holds %u files",
                             emit->children);
    if (progress->unread)
        return verdict_empty(REASON_NO_WORDS,
                             "its pages can be read only by OCR, which is switched off; sanad "
                             "retry CASE --reason no-words reads them");
    return verdict_empty(REASON_NO_WORDS, "its pages hold no words");
}

static struct verdict conclude(struct pdf *pdf, const struct input *input, struct emit *emit,
                               const struct progress *progress)
{
    bool repaired = pdf_was_repaired(pdf->ctx, pdf->pdf);
    bool cut = repaired && pdf_ends_early(input);
    struct verdict verdict = verdict_by_words(emit);
    char detail[DETAIL_MAX];

    if (verdict.outcome == OUTCOME_EMPTY)
        return without_words(pdf, emit, progress, cut);
    if (progress->lacking[0]) {
        snprintf(detail, sizeof(detail), "%u pages are pictures and were not read: %.900s",
                 progress->unread, ocr_no_model(progress->lacking).detail);
        return remark(verdict, REASON_NO_LANGUAGE_MODEL, detail);
    }
    if (cut)
        return remark(verdict, REASON_TRUNCATED, "the PDF ends early; what is left of it was read");
    if (progress->broken) {
        snprintf(detail, sizeof(detail), "%u of %u pages could not be read or not to their end",
                 progress->broken, emit->pages);
        return remark(verdict, pdf->heap_refused ? REASON_LIMIT_MEMORY : REASON_CORRUPT, detail);
    }
    return verdict;
}

static void tell_password(const struct pdf *pdf, struct emit *emit)
{
    char number[24];

    if (pdf->password == 0)
        return;
    snprintf(number, sizeof(number), "%zu", pdf->password);
    emit_meta(emit, META_PASSWORD, number);
}

struct verdict pdf_read(const struct input *input, struct emit *emit)
{
    struct progress progress = {0};
    struct verdict verdict;
    struct pdf pdf;

    if (pdf_open(&pdf, input, &verdict)) {
        tell_password(&pdf, emit);
        pdf_meta_read(&pdf, emit);
        pdf_layers_find(&pdf, &progress.layers);
        pdf_labels_read(&pdf, &progress.labels);
        revisions_find(input, &progress.revisions);
        read_pages(&pdf, input, emit, &progress);
        told_emit(&progress.told, emit);
        pdf_xfa_read(&pdf, emit);
        pdf_attachments_read(&pdf, emit);
        pdf_facts_read(&pdf, input, emit);
        if (pdf_was_repaired(pdf.ctx, pdf.pdf))
            emit_warning(emit, REASON_CORRUPT,
                         "the PDF's table of contents was broken and was rebuilt from its objects");
        verdict = conclude(&pdf, input, emit, &progress);
        pdf_layers_release(&progress.layers);
        pdf_labels_release(&progress.labels);
    }
    pdf_close(&pdf);
    revisions_emit(&progress.revisions, input, emit);
    revisions_release(&progress.revisions);
    return verdict;
}
