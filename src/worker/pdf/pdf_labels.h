/*
 * The numbers that a document prints on its pages, as it says itself (ISO 32000-1, 12.4.2): "iv",
 * "A-3". People cite pages by them.
 *
 * Limits: PDF_LABEL_RANGES_MAX ranges, PDF_LABEL_DEPTH nested nodes.
 */
#ifndef WORKER_PDF_LABELS_H
#define WORKER_PDF_LABELS_H

#include <stddef.h>

#include "worker/pdf/pdf.h"

enum { PDF_LABEL_RANGES_MAX = 100000, PDF_LABEL_DEPTH = 32, PDF_LABEL_PREFIX = 64 };

struct pdf_label_range {
    int from; /* page, from 0 */
    int start;
    char style; /* 'D', 'R', 'r', 'A', 'a', or 0: the prefix only */
    char prefix[PDF_LABEL_PREFIX];
};

struct pdf_labels {
    struct pdf_label_range *ranges; /* by page */
    size_t count;
};

void pdf_labels_read(struct pdf *pdf, struct pdf_labels *ret_labels);
void pdf_labels_release(struct pdf_labels *labels);

/* The label of a page, from 0, cut at size - 1 bytes; "" when it is only its number. */
void pdf_label(const struct pdf_labels *labels, int page, char *out, size_t size);

#endif
