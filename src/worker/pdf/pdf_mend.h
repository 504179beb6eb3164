/*
 * What MuPDF takes for a broken object and other readers forgive: a font's name with a space in it
 * ("/BaseFont /Arial,Unicode MS"), which old programs wrote. Without the object its text has no
 * letters.
 */
#ifndef WORKER_PDF_MEND_H
#define WORKER_PDF_MEND_H

#include <stddef.h>

/* A copy of the file with such spaces as underscores, to be freed; NULL when there are none (or the
 * file is too large to be copied). Streams are left as they are. */
unsigned char *pdf_mend_font_names(const unsigned char *data, size_t len);

#endif
