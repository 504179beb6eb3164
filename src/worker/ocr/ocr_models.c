#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "wire/models.h"
#include "worker/ocr/ocr_engine.h"

struct model {
    char lang[OCR_LANG_MAX];
    const char *data;
    size_t len;
    TessBaseAPI *api; /* NULL until first needed */
};

/* What the nursery opens and its children inherit; written by ocr_models_open and ocr_engine only.
 */
static struct {
    struct model at[OCR_MODELS_MAX];
    size_t count;
    struct model scripts; /* MODEL_OF_SCRIPTS; without data when it is not there */
} models;

static void model_map(void *ctx, const char *lang, int fd, size_t size)
{
    struct model model = {.len = size};

    (void)ctx;
    if (models.count == OCR_MODELS_MAX)
        return;
    void *map = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (map == MAP_FAILED)
        return;
    snprintf(model.lang, sizeof(model.lang), "%s", lang);
    model.data = map;
    if (strcmp(lang, MODEL_OF_SCRIPTS) == 0)
        models.scripts = model;
    else
        models.at[models.count++] = model;
}

static int model_compare(const void *a, const void *b)
{
    return strcmp(((const struct model *)a)->lang, ((const struct model *)b)->lang);
}

/* Starts the smallest engine: the first to start opens what the library opens once in a process. */
static void start_first(bool keep)
{
    struct model *least = NULL;

    for (size_t i = 0; i < models.count; i++)
        if (!least || models.at[i].len < least->len)
            least = &models.at[i];
    if (!least || !ocr_engine(least->lang) || keep)
        return;
    TessBaseAPIDelete(least->api);
    least->api = NULL;
}

/* Tesseract asks OpenMP for four threads at a time. A child is one process and may not start any;
 * with no level of parallelism allowed, every such region runs in the thread that meets it. The
 * function is looked up because only gcc's OpenMP comes with its header. */
static void one_thread(void)
{
    void (*set_levels)(int);
    void *symbol = dlsym(RTLD_DEFAULT, "omp_set_max_active_levels");

    if (!symbol)
        return;
    memcpy(&set_levels, &symbol, sizeof(set_levels));
    set_levels(0);
}

void ocr_models_open(bool ocr)
{
    if (models.count)
        return;
    one_thread();
    setMsgSeverity(L_SEVERITY_NONE);
    (void)models_each(model_map, NULL);
    qsort(models.at, models.count, sizeof(models.at[0]), model_compare);
    start_first(ocr);
}

void ocr_models_list(char *out, size_t size)
{
    size_t at = 0;

    out[0] = '\0';
    for (size_t i = 0; i < models.count; i++) {
        size_t len = strlen(models.at[i].lang);
        if (at + len + 2 > size)
            return;
        at += (size_t)snprintf(out + at, size - at, "%s%s", at ? "+" : "", models.at[i].lang);
    }
}

const char *ocr_next_lang(const char *langs, char ret_lang[OCR_LANG_MAX])
{
    langs += strspn(langs, "+, ");
    size_t len = strcspn(langs, "+, ");

    if (len == 0)
        return NULL;
    snprintf(ret_lang, OCR_LANG_MAX, "%.*s", (int)len, langs);
    return langs + len;
}

static struct model *model_find(const char *lang)
{
    for (size_t i = 0; i < models.count; i++)
        if (strcmp(models.at[i].lang, lang) == 0)
            return &models.at[i];
    return NULL;
}

/* Reads an empty picture with an impossible resolution: Tesseract complains, which opens its log
 * once and for all in this process, and touches the memory that children will share. */
static void engine_try(TessBaseAPI *api)
{
    enum { SIDE = 64, NO_DPI = 1 };
    PIX *blank = pixCreate(SIDE, SIDE, 8);

    if (!blank)
        return;
    pixSetAll(blank);
    TessBaseAPISetImage2(api, blank);
    TessBaseAPISetSourceResolution(api, NO_DPI);
    (void)TessBaseAPIRecognize(api, NULL);
    TessBaseAPIClear(api);
    pixDestroy(&blank);
}

static TessBaseAPI *engine_start(const struct model *model)
{
    TessBaseAPI *api = TessBaseAPICreate();

    if (!api)
        return NULL;
    TessBaseAPISetVariable(api, "debug_file", "/dev/null");
    if (TessBaseAPIInit5(api, model->data, (int)model->len, model->lang, OEM_LSTM_ONLY, NULL, 0,
                         NULL, NULL, 0, FALSE)) {
        TessBaseAPIDelete(api);
        return NULL;
    }
    TessBaseAPISetVariable(api, "debug_file", "/dev/null");
    engine_try(api);
    return api;
}

TessBaseAPI *ocr_engine(const char *lang)
{
    struct model *model = model_find(lang);

    if (model && !model->api)
        model->api = engine_start(model);
    return model ? model->api : NULL;
}

TessBaseAPI *ocr_script_engine(void)
{
    struct model *model = &models.scripts;

    if (model->data && !model->api) {
        model->api = TessBaseAPICreate();
        TessBaseAPISetVariable(model->api, "debug_file", "/dev/null");
        if (TessBaseAPIInit5(model->api, model->data, (int)model->len, model->lang,
                             OEM_TESSERACT_ONLY, NULL, 0, NULL, NULL, 0, FALSE)) {
            TessBaseAPIDelete(model->api);
            *model = (struct model){0};
        }
    }
    return model->api;
}

void ocr_warm(const char *langs)
{
    char lang[OCR_LANG_MAX];

    for (const char *next = ocr_next_lang(langs, lang); next; next = ocr_next_lang(next, lang))
        (void)ocr_engine(lang);
}

bool ocr_lacks_model(const char *langs, char ret_lang[OCR_LANG_MAX])
{
    const char *next = ocr_next_lang(langs, ret_lang);

    if (!next) {
        snprintf(ret_lang, OCR_LANG_MAX, "eng");
        return model_find(ret_lang) == NULL;
    }
    for (; next; next = ocr_next_lang(next, ret_lang))
        if (!model_find(ret_lang))
            return true;
    return false;
}

struct verdict ocr_no_model(const char *lang)
{
    char package[MODEL_PACKAGE_MAX];

    if (!model_is_known(lang))
        return verdict_failed(REASON_NO_LANGUAGE_MODEL,
                              "no OCR model for \"%s\", and Debian has none by this name", lang);
    model_package(lang, package);
    return verdict_failed(REASON_NO_LANGUAGE_MODEL,
                          "no OCR model for \"%s\"; on Debian: sudo apt install %s", lang, package);
}
