/*
 * PostScript and EPS: a program, which sanad does not run. Its comments (Adobe's Document
 * Structuring Conventions 3.0) are metadata, the preview of an EPS file becomes a child, and the
 * ledger says that the pages themselves were not read.
 */
#ifndef WORKER_POSTSCRIPT_H
#define WORKER_POSTSCRIPT_H

#include "worker/reader.h"

struct verdict postscript_read(const struct input *input, struct emit *emit);

#endif
