/*
 * How good a page's text layer is. A PDF can show a text well and store it badly: fonts without a
 * table of their characters, with a wrong one, with letters of the private use areas. Such a page
 * is better read by OCR.
 */
#ifndef WORKER_PDF_LAYER_H
#define WORKER_PDF_LAYER_H

#include <stdbool.h>
#include <stddef.h>

#include <mupdf/fitz.h>

struct pdf_layer {
    size_t letters;     /* letters and digits */
    size_t lost;        /* characters without a meaning: no ToUnicode, private use, control */
    size_t garbled;     /* letters that stand for others: U+FFFD, or what no language writes */
    size_t guessed;     /* letters that are only named by their code */
    double image_share; /* part of the page under its largest images, 0-1 */
    bool rtl;           /* most letters read right to left */
    bool implausible;   /* its letters are not distributed as those of a language are */
    bool incomplete;    /* the page could not be interpreted to its end */
};

/* Fills all but `incomplete`. */
void pdf_layer_measure(const fz_stext_page *text, struct pdf_layer *layer);

/* Whether text of this kind is no language's: too few or too many vowels, or, in Arabic script, too
 * few of the letters that every language written in it uses most. False for a short text. */
bool pdf_text_implausible(const char *text, size_t len);

/* Why the layer should not be trusted, in words, or NULL. */
const char *pdf_layer_fault(const struct pdf_layer *layer);

#endif
