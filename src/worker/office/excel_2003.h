/*
 * Excel 2003's XML, "XML Spreadsheet" (Microsoft's Office 2003 XML Reference Schemas; namespace
 * urn:schemas-microsoft-com:office:spreadsheet), which many programs write that want to be opened
 * by Excel. As other workbooks: a sheet's name on a line, then a line a row with tabs between
 * cells, numbers as their style shows them and dates as ISO 8601; below it header and footer, and
 * comments with their authors. Addresses of links go to the rest.
 *
 * Limits: those of xml.h and workbook.h.
 */
#ifndef WORKER_EXCEL_2003_H
#define WORKER_EXCEL_2003_H

#include "worker/reader.h"

struct verdict excel_2003_read(const struct input *input, struct emit *emit);

#endif
