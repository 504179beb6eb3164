/*
 * What the sheets of an OOXML workbook share, read from its parts.
 */
#ifndef WORKER_OOXML_BOOK_H
#define WORKER_OOXML_BOOK_H

#include "worker/archive/package.h"
#include "worker/office/workbook.h"

/* workbook_release() afterwards. */
void ooxml_book_read(struct package *package, const char *main_part, struct workbook *ret);

#endif
