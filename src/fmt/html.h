/*
 * HTML out: the only ways by which a value enters markup. Both give valid UTF-8 (what is not
 * becomes U+FFFD) without control characters other than tab and line feed.
 */
#ifndef FMT_HTML_H
#define FMT_HTML_H

#include "base/buf.h"

/* Between tags. */
void html_text(struct buf *out, const char *text);

/* Appends ` name="value"`; `name` is a constant of the program. */
void html_attr(struct buf *out, const char *name, const char *value);

#endif
