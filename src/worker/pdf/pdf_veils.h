/*
 * Words that a page holds and does not show are told of, with what they say: a redaction that
 * covers and does not remove is the first of them.
 */
#ifndef WORKER_PDF_VEILS_H
#define WORKER_PDF_VEILS_H

#include "worker/pdf/pdf.h"
#include "worker/pdf/pdf_told.h"

/* What was told of a document. To be zeroed before use. */
struct veils {
    uint32_t told;             /* warnings with words */
    uint32_t last[VEIL_COUNT]; /* a sum of the words told last, 0 none */
};

/* Warns of the page's hidden words. What says the same as on the page before, as a letterhead does,
 * and what comes after many warnings, is only counted, in `told`. */
void veils_tell(struct veils *veils, const struct pdf_words *words, uint32_t page,
                struct pdf_told *told, struct emit *emit);

#endif
