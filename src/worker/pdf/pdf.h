/*
 * PDF, by MuPDF. Inside the pdf*.c files only: MuPDF reports errors with longjmp, so every call
 * that may throw stands in a small function with its own fz_try, and none lets a jump out.
 */
#ifndef WORKER_PDF_H
#define WORKER_PDF_H

#include <mupdf/fitz.h>
#include <mupdf/pdf.h>

#include "worker/ocr/page_text.h"
#include "worker/pdf/pdf_layer.h"
#include "worker/pdf/pdf_paint.h"
#include "worker/reader.h"

struct Pix;

enum {
    PDF_HEAP_MAX = 288 << 20, /* bytes MuPDF may hold */
    PDF_STORE_MAX = 64 << 20, /* of these, as its cache */
    PDF_PAGES_MAX = 100000,   /* pages read of one document */
    PDF_ATTACHMENTS_MAX = 10000,
    PDF_NOTES_MAX = 20000,     /* annotations and fields read on a page */
    PDF_VEILED_MAX = 4096,     /* bytes kept of a page's words that cannot be seen, by reason */
    PDF_PIXELS_MAX = 40000000, /* of a page shown */
    PDF_OCR_DPI = 300,
    PDF_OCR_PIXELS_MAX = 16000000, /* of a page read by OCR */
};

struct pdf {
    fz_context *ctx;
    fz_document *doc;
    pdf_document *pdf;     /* the same document */
    unsigned char *mended; /* the file's bytes where they had to be mended, or NULL */
    size_t heap;           /* bytes MuPDF holds now */
    bool heap_refused;     /* it asked for more than it may hold */
    int *files;            /* object numbers of the embedded files given out */
    size_t file_count;
    size_t password;   /* the one that opened it, from 1; 0: it needed none */
    bool files_locked; /* its pages are open, but the files in it are encrypted and no password fits
                        */
};

/* Opens the document. On failure the verdict says why and pdf_close is still to be called. */
bool pdf_open(struct pdf *pdf, const struct input *input, struct verdict *ret_verdict);
void pdf_close(struct pdf *pdf);

/* The same for what else MuPDF reads, with `pdf->pdf` NULL: only the functions about pages may be
 * used. */
bool pdf_open_other(struct pdf *pdf, const struct input *input, const char *mime,
                    struct verdict *ret_verdict);

/* Opens what is encrypted: with the empty password, by luck of an empty owner's password, with one
 * of those given. True also when only the embedded files stay locked (pdf_crypt.c). */
bool pdf_unlock(struct pdf *pdf, const struct input *input);

/* The security handler of a file that MuPDF refuses, if it is not one of passwords; else NULL. */
const char *pdf_foreign_handler(const struct input *input);

/* An embedded file's bytes, decrypted as the document says for embedded files (ISO 32000-1, table
 * 20: EFF); NULL on failure. */
fz_stream *pdf_file_stream(struct pdf *pdf, pdf_obj *stream);

/* Whether the file lacks its end mark, as one cut short does. */
bool pdf_ends_early(const struct input *input);

/* Number of pages, or -1. */
int pdf_pages(struct pdf *pdf);
/* A page from 0, or NULL; to be dropped with pdf_page_free. */
fz_page *pdf_page_load(struct pdf *pdf, int number);
void pdf_page_free(struct pdf *pdf, fz_page *page);
/* The page as shown, in points; its corner is at 0, 0. Never empty. */
fz_rect pdf_page_bounds(struct pdf *pdf, fz_page *page);

/* What a page says: its words with their places, those outside the part that is shown, and which of
 * all cannot be seen. */
struct pdf_words {
    struct page_text main, rest;
    struct buf veiled[VEIL_COUNT]; /* separated by spaces, by reason */
    struct pdf_layer layer;
};

void pdf_words_init(struct pdf_words *words, double width, double height);
void pdf_words_release(struct pdf_words *words);

/* Appends the text layer of the page in reading order (pdf_text.c, pdf_line.c). */
void pdf_text_read(struct pdf *pdf, fz_page *page, struct pdf_words *words);

/* The layers that the document switches off. */
struct pdf_hidden_layers {
    int *off, count;
    struct buf names; /* separated by commas */
};

void pdf_layers_find(struct pdf *pdf, struct pdf_hidden_layers *ret_layers);
void pdf_layers_release(struct pdf_hidden_layers *layers);
/* Appends to the page's rest the words that only these layers show; whether there are any. `number`
 * from 0. */
bool pdf_layers_read(struct pdf *pdf, const struct pdf_hidden_layers *layers, int number,
                     struct pdf_words *words);

/* Marks of a character of the structured text: the glyph before it shows it too; its font does not
 * say which it is. */
enum { PDF_CONTINUES = 1 << 24, PDF_GUESSED = 1 << 25, PDF_MARKS = PDF_CONTINUES | PDF_GUESSED };

/* The character without its marks. */
static inline uint32_t pdf_rune(const fz_stext_char *c)
{
    return (uint32_t)c->c & ~(uint32_t)PDF_MARKS;
}

/* The page's characters with their places, NULL on failure; to be dropped with
 * fz_drop_stext_page (pdf_stext.c). A character's colour is the number of its text in `paint`. */
fz_stext_page *pdf_stext_new(struct pdf *pdf, fz_page *page, struct paint *paint,
                             bool *ret_incomplete);

/* Runs the page's contents without loading its pictures and shadings, then what lies on it: one
 * that cannot be read ends a page for MuPDF. May throw. */
void pdf_run_bare(fz_context *ctx, fz_page *page, fz_device *device, fz_matrix ctm,
                  fz_cookie *cookie);

/* Runs the appearances of the page's links, which MuPDF leaves out. May throw. */
void pdf_run_links(fz_context *ctx, fz_page *page, fz_device *device, fz_matrix ctm,
                   fz_cookie *cookie);

/* Appends annotations and field values that the page does not show as text (pdf_notes.c), and to
 * the page's rest who marked what, the fields by their names, and where links lead (pdf_remarks.c).
 */
void pdf_notes_read(struct pdf *pdf, fz_page *page, struct pdf_words *words);
void pdf_remarks_read(struct pdf *pdf, fz_page *page, struct pdf_words *words);

/* Title, author, dates, ... (pdf_meta.c). */
void pdf_meta_read(struct pdf *pdf, struct emit *emit);

/* Signatures as metadata, scripts as children (pdf_facts.c). */
void pdf_facts_read(struct pdf *pdf, const struct input *input, struct emit *emit);
/* The data of an XFA form as flowing text (pdf_xfa.c). */
void pdf_xfa_read(struct pdf *pdf, struct emit *emit);

/* Embedded files as children, in name order and then by page (pdf_attach.c). */
void pdf_attachments_read(struct pdf *pdf, struct emit *emit);
void pdf_page_attachments_read(struct pdf *pdf, fz_page *page, struct emit *emit);

/* One page of what else MuPDF reads as PNG, from its opening to its closing. */
struct verdict pdf_render_other(const struct input *input, const char *mime, uint32_t page,
                                uint32_t dpi, struct emit *emit);

/* The page in grey at about `dpi`, at most `pixels_max`; NULL on failure. `ret_dpi` is what it
 * became. To be freed with pixDestroy. */
struct Pix *pdf_page_picture(struct pdf *pdf, fz_page *page, int dpi, int pixels_max, int *ret_dpi);

/* The same of an area of the page, in the page's points. */
struct Pix *pdf_area_picture(struct pdf *pdf, fz_page *page, fz_rect area, int dpi, int pixels_max,
                             int *ret_dpi);

#endif
