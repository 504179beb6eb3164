/*
 * JPEG 2000 pictures (ISO 32000-1, 7.4.9): MuPDF decodes them as soon as a page's contents name
 * them, even when only text is wanted. In books from libraries' scanners they are most of the work.
 */
#ifndef WORKER_PDF_JPX_H
#define WORKER_PDF_JPX_H

#include "worker/pdf/pdf.h"

enum { PDF_JPX_MAX = 256 /* of a page; more are decoded */ };

/* Pictures for which blank ones of their size stand in MuPDF's store. */
struct pdf_jpx {
    pdf_obj *streams[PDF_JPX_MAX];
    size_t count;
};

/* Puts blanks in the place of the page's JPEG 2000 pictures, also of those within its forms. Until
 * they are taken away the page is run, not drawn. */
void pdf_jpx_blank(struct pdf *pdf, fz_page *page, struct pdf_jpx *ret_jpx);

/* Takes the blanks away and frees the list. */
void pdf_jpx_restore(struct pdf *pdf, struct pdf_jpx *jpx);

#endif
