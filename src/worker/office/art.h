/*
 * OfficeArt ([MS-ODRAW]): the drawings in DOC, XLS and PPT. Pictures become children; what a
 * picture is said to show (alternative text) and the letters of WordArt are text.
 *
 * Limits: ART_DEPTH nested records, ART_EXPANDED bytes of a compressed metafile.
 */
#ifndef WORKER_ART_H
#define WORKER_ART_H

#include <stddef.h>

#include "base/buf.h"
#include "worker/emit.h"

enum { ART_DEPTH = 64, ART_EXPANDED = 64 << 20 };

struct art {
    struct emit *emit;
    unsigned pictures;            /* sent so far; they number the names */
    const unsigned char *delayed; /* the stream in which a store's pictures may stand; NULL none */
    size_t delayed_len;
};

/* Sends the pictures in a run of records. */
void art_pictures(struct art *art, const unsigned char *data, size_t len);

/* Appends the texts of shapes' properties in a run of records, a line each. */
void art_texts(const unsigned char *data, size_t len, struct buf *out);

#endif
