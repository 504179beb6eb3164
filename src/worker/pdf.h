/*
 * PDF, by MuPDF. Inside the pdf*.c files only: MuPDF reports errors with longjmp, so every call
 * that may throw stands in a small function with its own fz_try, and none lets a jump out.
 */
#ifndef WORKER_PDF_H
#define WORKER_PDF_H

#include <mupdf/fitz.h>
#include <mupdf/pdf.h>

#include "worker/page_text.h"
#include "worker/reader.h"

struct Pix;

enum {
    PDF_HEAP_MAX = 288 << 20, /* bytes MuPDF may hold */
    PDF_STORE_MAX = 64 << 20, /* of these, as its cache */
    PDF_PAGES_MAX = 100000,   /* pages read of one document */
    PDF_ATTACHMENTS_MAX = 10000,
    PDF_NOTES_MAX = 20000,     /* annotations and fields read on a page */
    PDF_PIXELS_MAX = 40000000, /* of a page shown */
    PDF_OCR_DPI = 300,
    PDF_OCR_PIXELS_MAX = 16000000, /* of a page read by OCR */
};

struct pdf {
    fz_context *ctx;
    fz_document *doc;
    pdf_document *pdf; /* the same document */
    size_t heap;       /* bytes MuPDF holds now */
    bool heap_refused; /* it asked for more than it may hold */
};

/* Opens the document. On failure the verdict says why and pdf_close is still to be called. */
bool pdf_open(struct pdf *pdf, const struct input *input, struct verdict *ret_verdict);
void pdf_close(struct pdf *pdf);

/* The same for what else MuPDF reads, with `pdf->pdf` NULL: only the functions about pages may be
 * used. */
bool pdf_open_other(struct pdf *pdf, const struct input *input, const char *mime,
                    struct verdict *ret_verdict);

/* Whether the file lacks its end mark, as one cut short does. */
bool pdf_ends_early(const struct input *input);

/* Number of pages, or -1. */
int pdf_pages(struct pdf *pdf);
/* A page from 0, or NULL; to be dropped with pdf_page_free. */
fz_page *pdf_page_load(struct pdf *pdf, int number);
void pdf_page_free(struct pdf *pdf, fz_page *page);
/* The page as shown, in points; its corner is at 0, 0. Never empty. */
fz_rect pdf_page_bounds(struct pdf *pdf, fz_page *page);

/* How good a text layer is. */
struct pdf_layer {
    size_t letters;     /* letters and digits */
    size_t lost;        /* characters without a meaning: no ToUnicode, private use, control */
    size_t garbled;     /* letters that stand for others: U+FFFD, or what no language writes */
    double image_share; /* part of the page under its largest images, 0-1 */
    bool incomplete;    /* the page could not be interpreted to its end */
};

/* Appends the text layer of the page in reading order (pdf_text.c, pdf_line.c). */
void pdf_text_read(struct pdf *pdf, fz_page *page, struct page_text *text,
                   struct pdf_layer *ret_layer);

/* Marks a character of the structured text that the glyph before it shows too. */
enum { PDF_CONTINUES = 1 << 24 };

/* The page's characters with their places, NULL on failure; to be dropped with
 * fz_drop_stext_page (pdf_stext.c). */
fz_stext_page *pdf_stext_new(struct pdf *pdf, fz_page *page, bool *ret_incomplete);

/* Appends annotations and field values that the page does not show as text (pdf_notes.c). */
void pdf_notes_read(struct pdf *pdf, fz_page *page, struct page_text *text);

/* Title, author, dates, ... (pdf_meta.c). */
void pdf_meta_read(struct pdf *pdf, struct emit *emit);

/* Embedded files as children, in name order and then by page (pdf_attach.c). */
void pdf_attachments_read(struct pdf *pdf, struct emit *emit);
void pdf_page_attachments_read(struct pdf *pdf, fz_page *page, struct emit *emit);

/* One page as PNG; for a document opened either way. */
struct verdict pdf_render_page(struct pdf *pdf, uint32_t page, uint32_t dpi, struct emit *emit);

/* The page in grey at about `dpi`, at most `pixels_max`; NULL on failure. `ret_dpi` is what it
 * became. To be freed with pixDestroy. */
struct Pix *pdf_page_picture(struct pdf *pdf, fz_page *page, int dpi, int pixels_max, int *ret_dpi);

#endif
