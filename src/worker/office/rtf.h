/*
 * Rich Text Format (Microsoft's specification 1.9.1), by our own parser.
 *
 *  - text flows: body, tables as rows of cells, list numbers as written, results of fields; notes,
 *    annotations, headers, footers and text boxes follow the paragraph that holds them; deleted
 *    text and the addresses of links go to the rest;
 *  - bytes are read by the code page of their font, else of the document, characters of \u without
 *    their stand-ins;
 *  - pictures and embedded objects are children; the info group is metadata.
 *
 * Limits: RTF_DEPTH_MAX open groups (deeper ones are stepped over), RTF_FONTS_MAX fonts,
 * RTF_BLOB_MAX bytes of one picture or object.
 */
#ifndef WORKER_RTF_H
#define WORKER_RTF_H

#include "worker/reader.h"

enum { RTF_DEPTH_MAX = 2000, RTF_FONTS_MAX = 4096, RTF_BLOB_MAX = 192 << 20 };

struct verdict rtf_read(const struct input *input, struct emit *emit);

#endif
