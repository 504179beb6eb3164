/*
 * OCR: reading the words of a picture with Tesseract's LSTM models.
 *
 * Models are files (ara.traineddata, ...) found in TESSDATA_PREFIX or in Debian's folder
 * (wire/models.h). The nursery maps them before its sandbox closes and starts the engines it
 * expects to need; a child inherits both and opens nothing. Everything here is per process and
 * single-threaded.
 *
 * Models of several languages at once read worse than the right one alone. A sample of the page's
 * lines is read with each language asked for and the best is taken (ocr_choose.c); a block, or
 * lines of one, in another language than the page's are found by how badly they were read, and by
 * samples of their own (ocr_foreign.c).
 */
#ifndef WORKER_OCR_H
#define WORKER_OCR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/models.h"
#include "worker/ocr/page_text.h"
#include "worker/reader.h"

struct Pix; /* Leptonica's picture */

enum { OCR_MODELS_MAX = 160, OCR_LANG_MAX = MODEL_LANG_MAX };

/* ---- for the nursery ---- */

/* Maps every model file read-only. To be called once, before the sandbox closes and before any
 * other call here; a missing folder gives no models. Also keeps Tesseract from starting threads.
 * Without `ocr` no engine stays started: the nursery would copy its memory to every child. */
void ocr_models_open(bool ocr);

/* The models at hand as "ara+eng+fas", sorted, as many as fit; "" for none. */
void ocr_models_list(char *out, size_t size);

/* Starts the engines for `langs` ("eng+fas+ara"), so that children forked later inherit them.
 * Languages without a model are skipped. An engine costs 10-40 MiB, shared with the children. */
void ocr_warm(const char *langs);

/* ---- for readers ---- */

/* Whether a language of `langs` has no model; names the first of them. */
bool ocr_lacks_model(const char *langs, char ret_lang[OCR_LANG_MAX]);

/* The verdict for it: names the model and how to get it. */
struct verdict ocr_no_model(const char *lang);

/* A document's verdict, if pages of it are in a script that none of the languages asked for is
 * written in: names it, and how to read it. Else the verdict given. */
struct verdict ocr_script_verdict(struct verdict verdict);

/* What was read on one picture. */
struct ocr_page {
    struct page_text page;   /* logical order; "\n" ends a line, "\n\n" a paragraph */
    uint8_t confidence;      /* mean over the words' letters, 0-100 */
    char lang[OCR_LANG_MAX]; /* the model that read most of it: "fas" */
};

/* Reads a picture (1, 8 or 32 bits a pixel; not changed). `dpi` is its resolution, 0 unknown.
 * Returns 0 (also for a picture without words: no text),
 * ERR_UNSUPPORTED when no model of `langs` is at hand, ERR_INTERNAL when the engine refuses the
 * picture. */
int ocr_read(struct Pix *picture, int dpi, const char *langs, struct ocr_page *ret_page);

void ocr_page_release(struct ocr_page *page);

#endif
