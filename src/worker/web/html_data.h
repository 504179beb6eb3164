/*
 * Files that a page carries inside itself, as data: addresses (RFC 2397) in its markup, its styles
 * or its scripts: each becomes a child.
 */
#ifndef WORKER_HTML_DATA_H
#define WORKER_HTML_DATA_H

#include <stddef.h>

#include "worker/emit.h"

enum {
    HTML_DATA_MAX = 10000,     /* files of a page */
    HTML_DATA_BYTES_MIN = 128, /* decoded; what is smaller is a dot or a line of the layout */
};

/* Looks through the page's text; only base64 is read, what else such an address can hold is text.
 */
void html_data_emit(const char *page, size_t len, struct emit *emit);

#endif
