/*
 * XPS and OpenXPS (ECMA-388): fixed pages in a package, drawn and read by MuPDF like those of a
 * PDF. What a page only says to those who cannot see it (names and help texts of pictures) and
 * where its links lead stands behind its text. Pictures become children.
 *
 * Limits: PDF_PAGES_MAX pages, those of pdf.h and package.h.
 */
#ifndef WORKER_XPS_H
#define WORKER_XPS_H

#include "worker/reader.h"

struct verdict xps_read(const struct input *input, struct emit *emit);
struct verdict xps_render(const struct input *input, uint32_t page, uint32_t dpi,
                          struct emit *emit);

#endif
