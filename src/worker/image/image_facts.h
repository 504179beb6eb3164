/*
 * Where each format of pictures keeps what is said about the picture: EXIF, XMP, IPTC, comments.
 */
#ifndef WORKER_IMAGE_FACTS_H
#define WORKER_IMAGE_FACTS_H

#include "worker/image/image_header.h"
#include "worker/reader.h"

/* Gives out the facts of a picture as metadata. */
void image_facts(enum image_format format, const unsigned char *data, size_t len,
                 struct emit *emit);

/* Which way up it is shown: 1-8, 1 upright. TIFF's is left to its decoder. */
int image_orientation(enum image_format format, const unsigned char *data, size_t len);

#endif
