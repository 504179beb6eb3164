#include "worker/ocr/ocr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "worker/ocr/ocr_engine.h"

/* Below this, the page may stand on its side. */
static const double LOST = 62;
/* Below this, a stamp may lie over the words, and sure words may be left that were not found. */
static const double DOUBTFUL = 75;
/* A page with less than this, or with few letters and less than the second, holds no words: it is
 * a photograph's texture. */
static const double NOISE = 42, NOISE_FEW = 60, NOISE_LOW = 30;
enum { FEW_LETTERS = 12 };

/* The page in the form in which it is read. */
struct form {
    struct ocr_view view;
    struct ocr_layout layout;
    char lang[OCR_LANG_MAX]; /* of most of it */
    double sure;             /* of the language, by a sample */
};

static bool find_layout(struct form *form, bool rtl)
{
    struct ocr_ink ink;

    if (!ocr_ink_find(form->view.pix, OCR_LETTER, &ink))
        return false;
    ocr_layout_find(&ink, rtl, &form->layout);
    ocr_ink_release(&ink);
    return true;
}

/* Makes the form of the page at hand; NULL when memory ends. To be freed with form_free. */
static struct form *form_new(const struct ocr_view *view, const char *langs)
{
    struct form *form = mem_zalloc(1, sizeof(*form));
    struct ocr_view cleaned;

    if (!ocr_view_normal(view, &form->view) || !find_layout(form, false)) {
        ocr_view_close(&form->view);
        free(form);
        return NULL;
    }
    if (ocr_view_is_faded(&form->view) && ocr_view_cleaned(&form->view, &cleaned)) {
        ocr_view_close(&form->view);
        form->view = cleaned;
    }
    form->sure = ocr_choose_lang(&form->view, form->layout.lines, form->layout.line_count, langs,
                                 form->lang);
    if (ocr_lang_is_rtl(form->lang))
        (void)find_layout(form, true);
    return form;
}

static void form_free(struct form *form)
{
    if (form)
        ocr_view_close(&form->view);
    free(form);
}

/* The page turned by the quarters after which a sample of it reads clearly better; otherwise the
 * form given. */
static struct form *form_upright(struct form *form, const struct ocr_view *view, const char *langs)
{
    const double CLEARLY = 12;
    double least = form->sure + CLEARLY > LOST ? form->sure + CLEARLY : LOST;

    for (int quarters = 1; quarters <= 3; quarters++) {
        struct ocr_view turned;
        if (!ocr_view_turned(view, quarters, &turned))
            continue;
        struct form *other = form_new(&turned, langs);
        ocr_view_close(&turned);
        if (other && other->sure > least && other->sure > form->sure) {
            form_free(form);
            form = other;
        } else {
            form_free(other);
        }
    }
    return form;
}

/* A picture cut out around a line was cut by someone who saw a line in it. */
static bool is_noise(const struct ocr_reading *reading, bool low)
{
    if (reading->letters == 0)
        return true;
    if (low)
        return reading->confidence < NOISE_LOW;
    return reading->confidence < NOISE ||
           (reading->letters < FEW_LETTERS && reading->confidence < NOISE_FEW);
}

static bool read_page(const struct ocr_view *view, const char *langs, char ret_lang[OCR_LANG_MAX],
                      struct ocr_reading *ret_reading)
{
    struct form *form = form_new(view, langs);

    if (!form)
        return false;
    if (ocr_view_is_low(view) && form->layout.line_count <= 1) {
        form_free(form);
        return ocr_choose_line(view, langs, ret_lang, ret_reading);
    }
    if (form->sure < LOST) {
        ocr_script_note(&form->view, form->layout.line_count, langs);
        form = form_upright(form, view, langs);
    }
    memcpy(ret_lang, form->lang, sizeof(form->lang));
    bool ok =
        ocr_blocks_read(&form->view, &form->layout, langs, form->lang, form->sure, ret_reading);
    form_free(form);
    return ok;
}

static bool read_view(const struct ocr_view *view, const char *langs, char ret_lang[OCR_LANG_MAX],
                      struct ocr_reading *ret_reading)
{
    return ocr_view_is_line(view) ? ocr_choose_line(view, langs, ret_lang, ret_reading)
                                  : read_page(view, langs, ret_lang, ret_reading);
}

/* Reads the picture once more without its coloured ink and keeps what is better. */
static void read_uncoloured(PIX *picture, int dpi, const char *langs, char lang[OCR_LANG_MAX],
                            struct ocr_reading *reading)
{
    struct ocr_reading other = {0};
    char other_lang[OCR_LANG_MAX];
    struct ocr_view view;

    if (!ocr_view_open_uncoloured(&view, picture, dpi))
        return;
    if (read_view(&view, langs, other_lang, &other) && ocr_reading_improve(reading, &other))
        memcpy(lang, other_lang, sizeof(other_lang));
    ocr_view_close(&view);
}

int ocr_read(struct Pix *picture, int dpi, const char *langs, struct ocr_page *ret_page)
{
    struct ocr_reading reading = {0};
    char lang[OCR_LANG_MAX];
    struct ocr_view view;

    *ret_page = (struct ocr_page){0};
    if (ocr_lacks_model(langs, lang))
        return ERR_UNSUPPORTED;
    if (!ocr_view_open(&view, picture, dpi))
        return ERR_INTERNAL;
    bool low = ocr_view_is_low(&view);
    ocr_script_begin();
    bool ok = read_view(&view, langs, lang, &reading);
    if (ok && reading.confidence < DOUBTFUL)
        read_uncoloured(picture, dpi, langs, lang, &reading);
    /* A line alone was read as one; the engine's own layout would only tear it. */
    if (ok &&
        ((reading.confidence < DOUBTFUL && !ocr_view_is_line(&view)) || is_noise(&reading, low)))
        (void)ocr_rescue(&view, langs, is_noise(&reading, low), lang, &reading);
    ocr_view_close(&view);
    if (!ok)
        return ERR_INTERNAL;
    if (is_noise(&reading, low)) {
        ocr_reading_release(&reading);
        page_text_init(&reading.page, 1, 1);
        reading.confidence = 0;
    }
    ret_page->page = reading.page;
    ret_page->confidence = (uint8_t)lround(reading.confidence);
    memcpy(ret_page->lang, lang, sizeof(lang));
    return 0;
}

void ocr_page_release(struct ocr_page *page)
{
    page_text_release(&page->page);
}
