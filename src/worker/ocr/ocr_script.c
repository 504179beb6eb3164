/*
 * Pages in a script that no language asked for is written in. The models read such a page all the
 * same, as a heap of letters of their own, and are unsure of it. Who is unsure of a sample of the
 * page asks here: Tesseract's detector compares the shapes of its letters with those of scripts.
 *
 * The detector errs: on faded English it finds Cyrillic, on pictures anything. So it is asked for
 * the page in two sizes, and believed when it says the same both times and is sure enough of it.
 */
#include <stdio.h>
#include <string.h>

#include "worker/ocr/ocr_engine.h"

/* How sure the detector is, by its own measure, of pages that are in the script; by less it has
 * been seen to err. The first language is that most often met. */
static const struct ocr_script {
    const char *name;  /* Tesseract's */
    const char *shown; /* NULL: the same */
    float least;
    const char *langs; /* models that read it, with a space around each */
} scripts[] = {
    {"Greek", NULL, 0.1F, " ell grc "},
    {"Cyrillic", NULL, 4, " rus ukr bul bel mkd srp kaz kir tgk tat mon uzb_cyrl aze_cyrl "},
    {"Hebrew", NULL, 1, " heb yid "},
    {"Arabic", NULL, 10, " fas ara urd pus snd uig kur_ara "},
    {"Latin", NULL, 5, NULL}, /* of all that are not in this list */
    {"Fraktur", NULL, 10, NULL},
    {"Devanagari", NULL, 5, " hin mar nep san "},
    {"Armenian", NULL, 5, " hye "},
    {"Georgian", NULL, 5, " kat kat_old "},
    {"Han", "Chinese", 5, " chi_sim chi_tra chi_sim_vert chi_tra_vert jpn jpn_vert "},
    {"Japanese", NULL, 5, " jpn jpn_vert "},
    {"Hiragana", "Japanese", 5, " jpn jpn_vert "},
    {"Katakana", "Japanese", 5, " jpn jpn_vert "},
    {"Korean", NULL, 5, " kor kor_vert "},
    {"Hangul", "Korean", 5, " kor kor_vert "},
    {"Thai", NULL, 5, " tha "},
    {"Bengali", NULL, 5, " ben asm "},
    {"Tamil", NULL, 5, " tam "},
    {"Telugu", NULL, 5, " tel "},
    {"Kannada", NULL, 5, " kan "},
    {"Malayalam", NULL, 5, " mal "},
    {"Gujarati", NULL, 5, " guj "},
    {"Gurmukhi", NULL, 5, " pan "},
    {"Oriya", NULL, 5, " ori "},
    {"Sinhala", NULL, 5, " sin "},
    {"Khmer", NULL, 5, " khm "},
    {"Lao", NULL, 5, " lao "},
    {"Myanmar", NULL, 5, " mya "},
    {"Tibetan", NULL, 5, " bod dzo "},
    {"Ethiopic", NULL, 5, " amh tir "},
    {"Syriac", NULL, 5, " syr "},
    {"Thaana", NULL, 5, " div "},
    {"Cherokee", NULL, 5, " chr "},
    {"Canadian_Aboriginal", "Canadian syllabics", 5, " iku "},
};

/* A page of fewer lines gives too few letters to tell by. */
enum { LINES_LEAST = 3 };

/* Of the document that this process reads. */
static struct {
    const struct ocr_script *script; /* of the first */
    unsigned pages;
    bool asked; /* for this page, which may be read several times */
} foreign;

static unsigned take_foreign(void)
{
    unsigned pages = foreign.pages;

    foreign.pages = 0;
    return pages;
}

static bool is_listed(const char *lang, const char *langs)
{
    char word[OCR_LANG_MAX + 2];

    snprintf(word, sizeof(word), " %s ", lang);
    return strstr(langs, word) != NULL;
}

static bool is_latin(const char *lang)
{
    for (size_t i = 0; i < ARRAY_LEN(scripts); i++)
        if (scripts[i].langs && is_listed(lang, scripts[i].langs))
            return false;
    return true;
}

/* Whether the model may read the script; of one that is nobody's but the user's, who knows. */
static bool may_read(const struct ocr_script *script, const char *lang)
{
    if (!model_is_known(lang))
        return true;
    return script->langs ? is_listed(lang, script->langs) : is_latin(lang);
}

static bool any_reads(const struct ocr_script *script, const char *langs)
{
    char lang[OCR_LANG_MAX];

    for (const char *next = ocr_next_lang(langs, lang); next; next = ocr_next_lang(next, lang))
        if (may_read(script, lang))
            return true;
    return false;
}

static const struct ocr_script *detect(TessBaseAPI *api, const struct ocr_view *view)
{
    enum { DPI_LEAST = 70, DPI_USUAL = 200 };
    const char *name = NULL;
    float upright, sure = 0;
    int degrees;

    /* The library looks beside the picture for a file of zones; there is none, and the sandbox
     * answers so for this folder. */
    TessBaseAPISetInputName(api, "/usr/share/tessdata/page");
    TessBaseAPISetImage2(api, view->pix);
    TessBaseAPISetSourceResolution(api, view->dpi >= DPI_LEAST ? view->dpi : DPI_USUAL);
    bool ok = TessBaseAPIDetectOrientationScript(api, &degrees, &upright, &name, &sure);
    const struct ocr_script *found = NULL;
    for (size_t i = 0; ok && name && i < ARRAY_LEN(scripts) && !found; i++)
        if (strcmp(scripts[i].name, name) == 0 && sure >= scripts[i].least)
            found = &scripts[i];
    TessBaseAPIClear(api);
    return found;
}

void ocr_script_begin(void)
{
    foreign.asked = false;
}

void ocr_script_note(const struct ocr_view *view, size_t lines, const char *langs)
{
    const double LARGER = 1.5;
    TessBaseAPI *api = lines >= LINES_LEAST && !foreign.asked ? ocr_script_engine() : NULL;
    const struct ocr_script *script = api ? detect(api, view) : NULL;
    struct ocr_view larger;

    foreign.asked = true;
    if (!script || any_reads(script, langs) || !ocr_view_scaled(view, LARGER, &larger))
        return;
    if (detect(api, &larger) == script && !foreign.pages++)
        foreign.script = script;
    ocr_view_close(&larger);
}

/* The language by which the script is most often meant, or one of it that is installed. */
static void best_lang(const struct ocr_script *script, char ret_lang[OCR_LANG_MAX],
                      bool *ret_installed)
{
    const char *langs = script->langs ? script->langs : " eng ";
    char lang[OCR_LANG_MAX], same[OCR_LANG_MAX];

    (void)ocr_next_lang(langs, ret_lang);
    *ret_installed = false;
    for (const char *next = ocr_next_lang(langs, lang); next; next = ocr_next_lang(next, lang))
        if (!ocr_lacks_model(lang, same)) {
            memcpy(ret_lang, lang, OCR_LANG_MAX);
            *ret_installed = true;
            return;
        }
}

struct verdict ocr_script_verdict(struct verdict verdict)
{
    char lang[OCR_LANG_MAX], package[MODEL_PACKAGE_MAX], how[128] = "", pages[48] = "";
    unsigned count = take_foreign();
    bool installed;

    bool empty = verdict.outcome == OUTCOME_EMPTY && verdict.reason == REASON_NO_WORDS;
    bool text = verdict.outcome == OUTCOME_TEXT || verdict.outcome == OUTCOME_OCR;
    if (!count || !(empty || (text && verdict.reason == REASON_NONE)))
        return verdict;
    best_lang(foreign.script, lang, &installed);
    model_package(lang, package);
    if (!installed)
        snprintf(how, sizeof(how), " On Debian: sudo apt install %s; then", package);
    if (count > 1)
        snprintf(pages, sizeof(pages), "%u pages are in ", count);
    else if (text)
        snprintf(pages, sizeof(pages), "1 page is in ");
    struct verdict named = verdict_failed(
        REASON_NO_LANGUAGE_MODEL,
        "%s%s script, which none of the languages asked for is written in.%s%s sanad retry CASE "
        "--reason no-language-model --langs %s",
        pages, foreign.script->shown ? foreign.script->shown : foreign.script->name, how,
        installed ? " Read it with:" : "", lang);
    if (text)
        named.outcome = verdict.outcome;
    return named;
}
