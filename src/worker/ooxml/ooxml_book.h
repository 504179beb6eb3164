/*
 * What the sheets of an OOXML workbook share, read from its parts.
 */
#ifndef WORKER_OOXML_BOOK_H
#define WORKER_OOXML_BOOK_H

#include "worker/archive/package.h"
#include "worker/office/workbook.h"
#include "worker/ooxml/ooxml_rels.h"

/* workbook_release() afterwards. */
void ooxml_book_read(struct package *package, const char *main_part, struct workbook *ret);

/* Calls `read` for each sheet with its part, which `relations`, of the main part, name. */
typedef void sheet_reader(struct package *package, const struct workbook *book,
                          const struct sheet *sheet, const char *part, struct emit *emit);
void ooxml_book_sheets(struct package *package, const struct relations *relations,
                       const struct workbook *book, sheet_reader *read, struct emit *emit);

#endif
