#include "worker/ocr.h"

#include <math.h>
#include <string.h>

#include "worker/ocr_engine.h"

/* A page read with at least this confidence is not read again. */
static const double GOOD = 79;
/* Below this, the page may stand on its side. */
static const double LOST = 62;
/* A page with less than this, or with few letters and less than the second, holds no words: it is
 * a photograph's texture. */
static const double NOISE = 42, NOISE_FEW = 60;
enum { FEW_LETTERS = 12 };
/* Type whose words are lower than this reads better when enlarged. */
static const double WORD_PIXELS_LEAST = 17;

struct best {
    struct ocr_reading reading;
    char lang[OCR_LANG_MAX];
};

/* Whether reading b of the same page is better than a: as long and surer, or much richer. */
static bool better(const struct ocr_reading *a, const struct ocr_reading *b)
{
    const double SURER = 2, AS_LONG = 0.9, RICHER = 1.3;

    if (b->evidence > a->evidence * RICHER)
        return true;
    return b->confidence > a->confidence + SURER &&
           (double)b->letters > (double)a->letters * AS_LONG;
}

static void keep_better(struct best *best, struct ocr_reading *reading, const char *lang)
{
    if (better(&best->reading, reading)) {
        ocr_reading_release(&best->reading);
        best->reading = *reading;
        snprintf(best->lang, sizeof(best->lang), "%s", lang);
    } else {
        ocr_reading_release(reading);
    }
}

static bool read_view(struct best *best, const struct ocr_view *view, const char *lang,
                      TessPageSegMode mode)
{
    TessBaseAPI *api = ocr_engine(lang);
    struct ocr_reading reading;

    if (!api || !ocr_reading_take(api, view, mode, &reading))
        return false;
    keep_better(best, &reading, lang);
    return true;
}

static TessPageSegMode page_mode(const struct ocr_view *view)
{
    return ocr_view_is_line(view) ? PSM_RAW_LINE : PSM_AUTO;
}

/* Reads the other form of the page and says whether it reads better. */
static bool reads_better(struct best *best, const struct ocr_view *other, const char *lang)
{
    double evidence = best->reading.evidence, confidence = best->reading.confidence;

    return read_view(best, other, lang, page_mode(other)) &&
           (best->reading.evidence != evidence || best->reading.confidence != confidence);
}

/* A faded or noisy page, cleaned and at twice its size: smoothing takes away detail that the
 * larger size gives room for. False when it cannot be made. */
static bool open_cleaned(const struct ocr_view *view, struct ocr_view *ret_view)
{
    struct ocr_view large;

    if (!ocr_view_enlarged(view, 2, &large))
        return false;
    bool ok = ocr_view_cleaned(&large, ret_view);
    ocr_view_close(&large);
    return ok;
}

/* Reads again what may be read better in another form, and keeps the better: larger, straight,
 * cleaned, each step from the best so far. */
static void improve(struct best *best, const struct ocr_view *view)
{
    char lang[OCR_LANG_MAX];
    struct ocr_view large, straight = {0}, cleaned;
    const struct ocr_view *from = view;

    memcpy(lang, best->lang, sizeof(lang));
    if (best->reading.word_height > 0 && best->reading.word_height < WORD_PIXELS_LEAST &&
        ocr_view_enlarged(view, 2, &large)) {
        (void)reads_better(best, &large, lang);
        ocr_view_close(&large);
    }
    if (best->reading.confidence < GOOD && ocr_view_straightened(view, &straight) &&
        reads_better(best, &straight, lang))
        from = &straight;
    if (best->reading.confidence < GOOD && open_cleaned(from, &cleaned)) {
        (void)reads_better(best, &cleaned, lang);
        ocr_view_close(&cleaned);
    }
    if (best->reading.confidence < GOOD && ocr_view_is_low(view))
        read_view(best, view, lang, ocr_view_is_line(view) ? PSM_SINGLE_LINE : PSM_RAW_LINE);
    ocr_view_close(&straight);
}

/* The quarter turns after which a sample of the page reads well; 0 when it stands upright or none
 * helps. The language is chosen anew: that of a page on its side was a guess. */
static int find_turn(const struct ocr_view *view, const char *langs, double upright,
                     char ret_lang[OCR_LANG_MAX])
{
    const double CLEARLY = 15;
    double most = upright + CLEARLY > LOST ? upright + CLEARLY : LOST;
    int found = 0;

    for (int quarters = 1; quarters <= 3; quarters++) {
        char lang[OCR_LANG_MAX];
        struct ocr_view turned;
        if (!ocr_view_turned(view, quarters, &turned))
            continue;
        double sure = ocr_choose_lang(&turned, langs, lang);
        ocr_view_close(&turned);
        if (sure > most) {
            most = sure;
            found = quarters;
            memcpy(ret_lang, lang, sizeof(lang));
        }
    }
    return found;
}

static void read_turned(struct best *best, const struct ocr_view *view, const char *langs)
{
    char lang[OCR_LANG_MAX];
    struct ocr_view turned;
    int quarters = find_turn(view, langs, best->reading.confidence, lang);

    if (quarters == 0 || !ocr_view_turned(view, quarters, &turned))
        return;
    best->reading.evidence = 0; /* what was read sideways does not count */
    if (read_view(best, &turned, lang, PSM_AUTO))
        improve(best, &turned);
    ocr_view_close(&turned);
}

static bool is_noise(const struct ocr_reading *reading)
{
    return reading->letters == 0 || reading->confidence < NOISE ||
           (reading->letters < FEW_LETTERS && reading->confidence < NOISE_FEW);
}

/* The form of the page that reads best at first sight, its language, and how sure that is. */
struct first_sight {
    struct ocr_view other; /* straightened or cleaned; no picture when the page is best as it is */
    char lang[OCR_LANG_MAX];
    double sure;
};

/* Takes over the other form if a sample of it reads clearly better, else closes it. */
static void prefer(struct first_sight *sight, struct ocr_view *other, const char *langs)
{
    const double CLEARLY = 5;
    char lang[OCR_LANG_MAX];
    double sure = ocr_choose_lang(other, langs, lang);

    if (sure < sight->sure + CLEARLY) {
        ocr_view_close(other);
        return;
    }
    ocr_view_close(&sight->other);
    sight->other = *other;
    sight->sure = sure;
    memcpy(sight->lang, lang, sizeof(lang));
}

static void look(struct first_sight *sight, const struct ocr_view *view, const char *langs)
{
    const double DOUBTFUL = 70;
    struct ocr_view other;

    sight->sure = ocr_choose_lang(view, langs, sight->lang);
    if (sight->sure >= DOUBTFUL || ocr_view_is_line(view))
        return;
    if (ocr_view_straightened(view, &other))
        prefer(sight, &other, langs);
    if (sight->sure < DOUBTFUL && open_cleaned(sight->other.pix ? &sight->other : view, &other))
        prefer(sight, &other, langs);
}

/* A page of which not even a sample can be read is a photograph, in a script that was not asked
 * for, or on its side: other forms of it would only take time. */
static bool is_hopeless(const struct first_sight *sight, const struct ocr_view *view)
{
    const double HOPELESS = 48;

    return sight->sure < HOPELESS && !ocr_view_is_low(view);
}

static bool read_page(struct best *best, const struct ocr_view *view, const char *langs)
{
    struct first_sight sight = {0};

    look(&sight, view, langs);
    const struct ocr_view *form = sight.other.pix ? &sight.other : view;
    memcpy(best->lang, sight.lang, sizeof(sight.lang));
    bool ok = read_view(best, form, sight.lang, page_mode(view));
    if (ok && form != view && best->reading.confidence < GOOD)
        read_view(best, view, sight.lang, page_mode(view));
    ocr_view_close(&sight.other);
    if (!ok)
        return false;
    bool small = best->reading.word_height < WORD_PIXELS_LEAST;
    if (form == view && !is_hopeless(&sight, view) && (best->reading.confidence < GOOD || small))
        improve(best, view);
    if (best->reading.confidence < LOST && !ocr_view_is_line(view))
        read_turned(best, view, langs);
    if (best->reading.letters == 0)
        read_view(best, view, sight.lang, PSM_SPARSE_TEXT);
    return true;
}

int ocr_read(struct Pix *picture, int dpi, const char *langs, struct ocr_page *ret_page)
{
    struct best best = {0};
    struct ocr_view view;
    char lacking[OCR_LANG_MAX];

    *ret_page = (struct ocr_page){0};
    if (ocr_lacks_model(langs, lacking))
        return ERR_UNSUPPORTED;
    if (!ocr_view_open(&view, picture, dpi))
        return ERR_INTERNAL;
    page_text_init(&best.reading.page, view.page_width, view.page_height);
    bool ok = read_page(&best, &view, langs);
    ocr_view_close(&view);
    if (!ok) {
        ocr_reading_release(&best.reading);
        return ERR_INTERNAL;
    }
    if (is_noise(&best.reading)) {
        ocr_reading_release(&best.reading);
        page_text_init(&best.reading.page, 1, 1);
        best.reading.confidence = 0;
    }
    ret_page->page = best.reading.page;
    ret_page->confidence = (uint8_t)lround(best.reading.confidence);
    memcpy(ret_page->lang, best.lang, sizeof(best.lang));
    return 0;
}

void ocr_page_release(struct ocr_page *page)
{
    page_text_release(&page->page);
}
