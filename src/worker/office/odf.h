/*
 * OpenDocument (OASIS ODF 1.0-1.3, ISO/IEC 26300): ODT, ODS, ODP, ODG and their templates.
 *
 *  - text flows: paragraphs, lists, tables, notes, annotations, headers and footers; deleted
 *    text goes to the rest;
 *  - a sheet flows: its name on a line, then a line a row with tabs between cells;
 *  - a slide is a page named "slide N", its notes below its text;
 *  - pictures and embedded files are children; embedded objects (charts, formulas) add their text.
 *
 * Limits: those of package.h and xml.h; an empty cell or row that is repeated counts once, a full
 * one at most ODF_REPEAT_MAX times.
 */
#ifndef WORKER_ODF_H
#define WORKER_ODF_H

#include "worker/reader.h"

enum { ODF_REPEAT_MAX = 64, ODF_SLIDES_MAX = 20000 };

struct verdict odf_read(const struct input *input, struct emit *emit);
/* Documents that are one XML file (FODT, FODS, FODP, FODG; ODF 1.3 part 3, 3.1.2). */
struct verdict odf_flat_read(const struct input *input, struct emit *emit);

#endif
