/*
 * Excel's binary workbooks ([MS-XLS]): BIFF8 (97-2003), BIFF5 and 7 in compound files, and BIFF2 to
 * 4, which are plain files.
 *
 *  - a sheet flows: its name on a line, then a line a row with tabs between cells, numbers as their
 *    formats show them, formulas by the results kept in the file; then headers and footers, notes,
 *    text boxes and charts' texts; addresses of links go to the rest;
 *  - pictures, embedded documents and macros are children; properties are metadata;
 *  - what is locked is opened with "VelvetSweatshop", Excel's own, or a password given.
 *
 * Limits: those of workbook.h; XLS_STREAM_MAX bytes of workbook.
 */
#ifndef WORKER_XLS_H
#define WORKER_XLS_H

#include "worker/reader.h"

enum { XLS_STREAM_MAX = 256 << 20 };

struct verdict xls_read(const struct input *input, struct emit *emit);

#endif
