/*
 * Pictures: each page is read by OCR. Of an animation the first picture is read, and it is said.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <leptonica/allheaders.h>

#include "worker/image/image_decode.h"
#include "worker/image/image_facts.h"
#include "worker/image/image_frames.h"
#include "worker/ocr/ocr.h"
#include "worker/pages.h"

enum {
    OCR_PIXELS_MAX = 16000000,   /* larger pictures are read at this size */
    SHOWN_PIXELS_MAX = 40000000, /* of a page as an image */
    DPI_LEAST = 120,             /* cameras write 72 whatever they mean */
    DPI_MOST = 1200,
    SCREEN_DPI = 150, /* of pictures that do not say theirs, when shown */
    WORD_SIDE = 16,   /* pixels: a picture narrower or lower is a bullet or a spacer */
};

static int known_dpi(PIX *pix)
{
    int dpi = pixGetXRes(pix);

    return dpi >= DPI_LEAST && dpi <= DPI_MOST ? dpi : 0;
}

/* The picture with at most `pixels_max`; a new reference. */
static PIX *shrunk(PIX *pix, double pixels_max)
{
    double pixels = (double)pixGetWidth(pix) * pixGetHeight(pix);
    double scale = sqrt(pixels_max / pixels);
    int side = L_MIN(pixGetWidth(pix), pixGetHeight(pix));

    if (pixels <= pixels_max || side * scale < 1)
        return pixClone(pix);
    if (pixGetDepth(pix) == 1)
        return pixScaleToGray(pix, (l_float32)scale);
    return pixScale(pix, (l_float32)scale, (l_float32)scale);
}

/* How many of a document's pages came to what. */
struct tally {
    int read, damaged, failed;
    struct verdict failure; /* the first */
};

/* A page that cannot be decoded keeps its number: it is sent without text. */
static void send_nothing(struct emit *emit, uint32_t width, uint32_t height)
{
    struct page_head head = {
        .method = PAGE_OCR, .width = width, .height = height, .confidence = CONFIDENCE_NONE};

    emit_page(emit, &head, "", 0, NULL, 0);
}

static void send_page(struct emit *emit, PIX *pix, const struct ocr_page *ocr)
{
    struct page_head head = {.method = PAGE_OCR,
                             .width = (uint32_t)pixGetWidth(pix),
                             .height = (uint32_t)pixGetHeight(pix),
                             .confidence = ocr->confidence};

    snprintf(head.lang, sizeof(head.lang), "%.7s", ocr->lang);
    emit_page(emit, &head, ocr->page.text.data, ocr->page.text.len, ocr->page.words,
              ocr->page.word_count);
    emit->ocr_used = true;
}

/* OCR refuses pictures of a few pixels: that is no fault of theirs. */
static bool has_room_for_words(PIX *pix)
{
    return pixGetWidth(pix) >= WORD_SIDE && pixGetHeight(pix) >= WORD_SIDE;
}

static void fail_page(struct emit *emit, struct tally *tally, struct verdict failure)
{
    if (tally->failed++ == 0)
        tally->failure = failure;
    send_nothing(emit, 0, 0);
}

/* With OCR off nobody looks at the picture: its header says enough. */
static void measure_page(const struct input *input, enum image_format format, int page,
                         struct emit *emit, struct tally *tally)
{
    struct image_size size;
    struct verdict failure;

    if (image_measure(input, format, page, &size, &failure))
        send_nothing(emit, size.width, size.height);
    else
        fail_page(emit, tally, failure);
}

static void read_page(const struct input *input, enum image_format format, int page,
                      struct emit *emit, struct tally *tally)
{
    struct verdict failure;
    bool damaged;
    PIX *pix = image_decode(input, format, page, &damaged, &failure);
    struct ocr_page ocr;

    tally->damaged += damaged;
    if (!pix) {
        fail_page(emit, tally, failure);
        return;
    }
    PIX *small = shrunk(pix, OCR_PIXELS_MAX);
    if (small && ocr_read(small, known_dpi(small), input->langs, &ocr) == 0) {
        send_page(emit, pix, &ocr);
        ocr_page_release(&ocr);
        tally->read++;
    } else {
        if (has_room_for_words(pix) && tally->failed++ == 0)
            tally->failure = verdict_failed(REASON_CORRUPT, "OCR refused the picture");
        send_nothing(emit, (uint32_t)pixGetWidth(pix), (uint32_t)pixGetHeight(pix));
    }
    pixDestroy(&small);
    pixDestroy(&pix);
}

static void read_pages(const struct input *input, enum image_format format, struct emit *emit,
                       struct tally *tally)
{
    int count = image_pages(input, format);

    for (int page = 0; page < count && !emit->stop; page++) {
        if (input->ocr)
            read_page(input, format, page, emit, tally);
        else
            measure_page(input, format, page, emit, tally);
    }
    if (count == IMAGE_PAGES_MAX)
        emit_warning(emit, REASON_LIMIT_COUNT, "only the first %d pages were read", count);
}

static struct verdict conclude(const struct input *input, enum image_format format,
                               struct emit *emit, const struct tally *tally)
{
    struct verdict verdict = verdict_by_words(emit);

    if (tally->failed && verdict.outcome == OUTCOME_EMPTY)
        return tally->failure;
    if (tally->failed || tally->damaged) {
        bool cut = image_ends_early(format, input->data, input->len);
        struct verdict broken = verdict_failed(cut ? REASON_TRUNCATED : REASON_CORRUPT,
                                               "%d pages could not be decoded, %d only in part",
                                               tally->failed, tally->damaged);
        if (verdict.outcome != OUTCOME_EMPTY)
            broken.outcome = verdict.outcome;
        return broken;
    }
    if (verdict.outcome == OUTCOME_EMPTY && !input->ocr)
        return verdict_empty(REASON_NO_WORDS,
                             "a picture, and OCR is switched off; sanad retry CASE --reason "
                             "no-words reads it");
    return verdict;
}

struct verdict image_read(const struct input *input, struct emit *emit)
{
    enum image_format format = image_format(input->data, input->len);
    struct tally tally = {0};
    char lacking[OCR_LANG_MAX];

    if (format == IMAGE_UNKNOWN)
        return verdict_failed(REASON_CORRUPT, "the picture's first bytes are not of its format");
    image_facts(format, input->data, input->len, emit);
    if (input->ocr && ocr_lacks_model(input->langs, lacking))
        return ocr_no_model(lacking);
    unsigned frames = image_frames(format, input->data, input->len);
    if (frames > 1)
        emit_warning(emit, REASON_LIMIT_COUNT, "an animation of %u pictures; its first was read",
                     frames);
    read_pages(input, format, emit, &tally);
    return conclude(input, format, emit, &tally);
}

/* The size at which a page of this resolution is shown at `dpi`; never enlarged. */
static PIX *shown(PIX *pix, uint32_t dpi)
{
    int own = known_dpi(pix) ? known_dpi(pix) : SCREEN_DPI;
    double scale = (double)dpi / own;
    double pixels = (double)pixGetWidth(pix) * pixGetHeight(pix);

    if (scale > 1)
        scale = 1;
    double wanted = pixels * scale * scale;
    return shrunk(pix, wanted < SHOWN_PIXELS_MAX ? wanted : SHOWN_PIXELS_MAX);
}

struct verdict image_render(const struct input *input, uint32_t page, uint32_t dpi,
                            struct emit *emit)
{
    enum image_format format = image_format(input->data, input->len);
    struct verdict verdict;
    bool damaged;

    if (page < 1 || page > IMAGE_PAGES_MAX)
        return verdict_failed(REASON_CORRUPT, "there is no page %u", page);
    PIX *pix = image_decode(input, format, (int)page - 1, &damaged, &verdict);
    if (!pix)
        return verdict;
    PIX *small = shown(pix, dpi);
    pixDestroy(&pix);
    verdict =
        image_send(small, emit)
            ? verdict_text()
            : verdict_failed(REASON_LIMIT_MEMORY, "the page needs more memory than it may have");
    pixDestroy(&small);
    return verdict;
}
