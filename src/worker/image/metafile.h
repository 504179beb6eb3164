/*
 * Windows metafiles: EMF ([MS-EMF]) and WMF ([MS-WMF]), the records of what a program drew. Their
 * text records are text; bitmaps that were drawn are children. Pieces of one line, which programs
 * draw word by word, are joined by where they stand.
 */
#ifndef WORKER_METAFILE_H
#define WORKER_METAFILE_H

#include "worker/reader.h"

struct verdict emf_read(const struct input *input, struct emit *emit);
struct verdict wmf_read(const struct input *input, struct emit *emit);

/* Whether the bytes are a WMF file: with Aldus' header or without. */
bool wmf_is(const unsigned char *data, size_t len);

#endif
