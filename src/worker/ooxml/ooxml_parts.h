/*
 * The kinds of OOXML documents; called by ooxml.c with the name of the main part.
 */
#ifndef WORKER_OOXML_PARTS_H
#define WORKER_OOXML_PARTS_H

#include "worker/emit.h"
#include "worker/archive/package.h"

void ooxml_word_read(struct package *package, const char *main_part, struct emit *emit);
void ooxml_sheets_read(struct package *package, const char *main_part, struct emit *emit);
void ooxml_binary_read(struct package *package, const char *main_part, struct emit *emit);
void ooxml_visio_read(struct package *package, const char *main_part, struct emit *emit);
void ooxml_slides_read(struct package *package, const char *main_part, struct emit *emit);

/* Appends the text of a DrawingML part (slide, notes, chart, diagram): a line a paragraph, tabs
 * between a table's cells. */
void ooxml_drawing_text(struct package *package, const char *part, struct buf *out);

#endif
