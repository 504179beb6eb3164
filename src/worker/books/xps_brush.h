/*
 * A guard before MuPDF's brushes in fixed pages ([ECMA-388] 13): one that repeats itself is drawn
 * as often as it fits into what is to be filled, one that shows further elements may show itself.
 * The linker leads the four calls here (--wrap).
 *
 * A brush that would be repeated beyond any reason is drawn once: the library does not find its
 * attribute. Brushes inside of brushes end at a depth and at a number.
 *
 * Limits: XPS_TILES_MAX, XPS_GRADIENTS_MAX, XPS_BRUSH_DEPTH_MAX, XPS_BRUSHES_MAX.
 */
#ifndef WORKER_XPS_BRUSH_H
#define WORKER_XPS_BRUSH_H

#include <stdbool.h>

#include <mupdf/fitz.h>

enum {
    XPS_TILES_MAX = 4000000, /* finer than a screen shows */
    XPS_GRADIENTS_MAX = 1000,
    XPS_BRUSH_DEPTH_MAX = 8,
    XPS_BRUSHES_MAX = 1000, /* inside of one that is not inside of another */
};

typedef struct xps_document_s xps_document;
typedef struct xps_resource_s xps_resource;

/* Whether this attribute of the element is to be taken for missing. */
bool xps_brush_hides(const fz_xml *element, const char *name);

#endif
