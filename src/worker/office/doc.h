/*
 * Word's binary documents ([MS-DOC], Word 97-2003), and those of Word 6 and 95, whose header
 * differs.
 *
 *  - text flows, with the numbers of its lists: body with tables as rows of cells, then notes,
 * comments, text boxes, headers and footers; results of fields, not their instructions; deleted
 * text and addresses go to the rest;
 *  - fast-saved files are read through their piece table;
 *  - pictures, embedded documents and macros are children; properties are metadata.
 *
 * Limits: DOC_STREAM_MAX bytes a stream, DOC_PIECES_MAX pieces, DOC_RUNS_MAX runs of properties.
 */
#ifndef WORKER_DOC_H
#define WORKER_DOC_H

#include "worker/reader.h"

enum { DOC_STREAM_MAX = 128 << 20, DOC_PIECES_MAX = 1 << 20, DOC_RUNS_MAX = 1 << 21 };

struct verdict doc_read(const struct input *input, struct emit *emit);

#endif
