/*
 * The text of a document made of paragraphs, tables, notes and tracked changes, as it becomes
 * flowing text: a paragraph a line, a row of cells a line with tabs between, notes and text boxes
 * after the paragraph that holds them, deleted text in the rest.
 */
#ifndef WORKER_PROSE_H
#define WORKER_PROSE_H

#include <stdbool.h>
#include <stddef.h>

#include "worker/emit.h"

enum { PROSE_KEEP_BYTES = 256 << 10, PROSE_ASIDE_MAX = 4 << 20 };

struct prose {
    struct emit *emit;
    struct buf main;  /* not yet emitted */
    struct buf rest;  /* deleted text */
    struct buf aside; /* notes and boxes of the open paragraph */
    unsigned asides;  /* open notes and boxes */
    unsigned deleted; /* open deletions */
    bool begun;       /* some text has come */
};

void prose_init(struct prose *prose, struct emit *emit);
/* Emits all that came so far. */
void prose_flush(struct prose *prose);
/* Emits what is left and frees. */
void prose_end(struct prose *prose);

void prose_text(struct prose *prose, const char *text, size_t len);
void prose_str(struct prose *prose, const char *text);
void prose_paragraph_end(struct prose *prose);
/* A cell ends: after its last paragraph's end, or, for formats in which the cell's mark is that
 * end, by itself. */
void prose_cell_end(struct prose *prose);
void prose_cell_mark(struct prose *prose);
void prose_row_end(struct prose *prose);

/* Around a note, an annotation or a text box; and around text that was deleted. */
void prose_aside_start(struct prose *prose);
void prose_aside_end(struct prose *prose);
void prose_deleted_start(struct prose *prose);
void prose_deleted_end(struct prose *prose);

#endif
