/*
 * Where the models of OCR are, and what Debian calls them. The worker maps them; sanad, which
 * links no OCR, looks here whether a language that is asked for has one before it begins.
 */
#ifndef WIRE_MODELS_H
#define WIRE_MODELS_H

#include <stdbool.h>
#include <stddef.h>

enum { MODEL_LANG_MAX = 24, MODEL_PACKAGE_MAX = 48 };

/* The model in which Tesseract keeps the shapes of all scripts, of no language. */
#define MODEL_OF_SCRIPTS "osd"

/* A model: "fas" of fas.traineddata, or MODEL_OF_SCRIPTS. `fd` is open for reading during the call,
 * the file regular and of a size that a model has. */
typedef void model_fn(void *ctx, const char *lang, int fd, size_t size);

/* Calls `fn` for each model of a language and for that of scripts, in no order: those of
 * TESSDATA_PREFIX, if that folder holds a language, or else those of the first of the folders where
 * systems keep them that does. False without any. */
bool models_each(model_fn *fn, void *ctx);

/* Whether Debian has a model with this name. */
bool model_is_known(const char *lang);

/* Debian's package of it: "tesseract-ocr-chi-sim" for "chi_sim". */
void model_package(const char *lang, char out[MODEL_PACKAGE_MAX]);

#endif
