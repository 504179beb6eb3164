/*
 * What is to be told of single pages, collected so that a document of a thousand pages gets a
 * warning for each matter and not for each page: "pages 3, 5-9: ...".
 */
#ifndef WORKER_PDF_TOLD_H
#define WORKER_PDF_TOLD_H

#include <stdint.h>

#include "base/buf.h"
#include "worker/emit.h"

enum { TOLD_MATTERS_MAX = 24, TOLD_PAGES_BYTES = 400 };

struct told_matter {
    const char *what, *why; /* static strings; `why` may be NULL */
    enum reason reason;
    char pages[TOLD_PAGES_BYTES];
    uint32_t first, last; /* the range being collected; 0 none */
    uint32_t count;
    bool cut; /* more pages than are named */
};

/* To be zeroed before use. */
struct pdf_told {
    struct told_matter matters[TOLD_MATTERS_MAX];
    size_t count;
};

/* Pages are to be told of in rising order; the same page twice counts once. `what` and `why` are
 * kept and compared as pointers. */
void told_page(struct pdf_told *told, uint32_t page, enum reason reason, const char *what,
               const char *why);

/* Sends a warning for each matter. */
void told_emit(struct pdf_told *told, struct emit *emit);

#endif
