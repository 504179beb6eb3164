/*
 * One document given to a reader of pages in this process, and what the reader said, taken back
 * through the checked reader of frames. A test is skipped, with a word, where the file or the model
 * that it needs is absent.
 */
#ifndef TESTS_PAGES_SAID_H
#define TESTS_PAGES_SAID_H

#include "worker/ocr/ocr.h"
#include "worker/pages.h"

struct said {
    struct verdict verdict;
    struct buf text; /* of all pages, a form feed after each */
    uint32_t pages, ocr_pages, words, children, warnings;
    uint32_t image_width, image_height;
    struct buf image;
    char meta[4096]; /* "key=value\n"... */
    size_t page_at;  /* where the page's text begins in `text` */
};

/* The readers; only those that draw use the argument: dots per inch. */
typedef struct verdict (*reader_call)(const struct input *input, struct emit *emit,
                                      uint32_t argument);
struct verdict call_pdf(const struct input *input, struct emit *emit, uint32_t unused);
struct verdict call_image(const struct input *input, struct emit *emit, uint32_t unused);
struct verdict call_pdf_render(const struct input *input, struct emit *emit, uint32_t dpi);
struct verdict call_image_render(const struct input *input, struct emit *emit, uint32_t dpi);

/* OCR is allowed where languages are given. said_release() afterwards. */
void said_of_bytes(reader_call call, const void *data, size_t len, const char *langs,
                   uint32_t argument, struct said *said);
/* A file of the shared data, and one of the repository's sample. */
void said_of_file(reader_call call, const char *path, const char *langs, uint32_t argument,
                  struct said *said);
void said_of_sample(reader_call call, const char *path, const char *langs, struct said *said);
void said_release(struct said *said);

/* Fails without these words in the text. */
void said_has(const struct said *said, const char *words);

/* Bytes of a file of the shared data. */
void said_load(const char *path, struct buf *out);
void said_need_model(const char *langs);

#endif
