/*
 * Small binary office documents, built in memory for tests.
 */
#ifndef TESTS_MSOFFICE_BUILD_H
#define TESTS_MSOFFICE_BUILD_H

#include "base/buf.h"

/* Each is initialised here. A document of two pieces, bytes and UTF-16, with a field and a table; a
 * workbook of two sheets, whose strings go on in a CONTINUE record of the other width; a
 * presentation of one slide with notes. */
void build_doc(struct buf *out);
void build_xls(struct buf *out);
void build_ppt(struct buf *out);

#endif
