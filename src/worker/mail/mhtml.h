/*
 * Web pages saved in one file (MHTML, RFC 2557; .mht, .mhtml): the page is read as a web page, its
 * pictures, styles and frames are children under the names they had.
 *
 * Limits: those of mime.h and html.h.
 */
#ifndef WORKER_MHTML_H
#define WORKER_MHTML_H

#include "worker/reader.h"

struct verdict mhtml_read(const struct input *input, struct emit *emit);

#endif
