/*
 * Office Open XML (ECMA-376, ISO/IEC 29500, both editions' namespaces): DOCX, XLSX, PPTX and their
 * template and macro kin.
 *
 *  - text documents flow, with the numbers of their lists: body, text boxes, notes, comments,
 * headers and footers; deleted text and the addresses of links go to the rest;
 *  - a sheet flows: its name on a line, then a line a row with tabs between cells, as stored or,
 * for dates, as ISO 8601;
 *  - a slide is a page named "slide N", its notes and comments below its text;
 *  - pictures and embedded files are children.
 *
 * Limits: those of package.h, xml.h and workbook.h.
 */
#ifndef WORKER_OOXML_H
#define WORKER_OOXML_H

#include <stdbool.h>
#include <stddef.h>

#include "worker/reader.h"

enum { SLIDES_MAX = 20000 };

struct verdict ooxml_read(const struct input *input, struct emit *emit);
/* The same as one XML file: the package's parts as elements of pkg:package ("Flat OPC", which Word
 * and PowerPoint call XML documents; [MS-DOCX] 2.1 names the form, and its namespace is
 * http://schemas.microsoft.com/office/2006/xmlPackage). All parts together 128 MiB. */
struct verdict ooxml_flat_read(const struct input *input, struct emit *emit);
/* Word 2003's own XML (w:wordDocument; Microsoft's Office 2003 XML Reference Schemas). */
struct verdict word_2003_read(const struct input *input, struct emit *emit);

#endif
