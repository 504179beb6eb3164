/*
 * Web pages. The story goes to the main text; what else is visible (menus, other stories, footers)
 * to the rest; both together are all visible text. A page without a story to tell apart (a table, a
 * short notice) is all main text.
 *
 * Limits: those of html_tree.h; HTML_BYTES_MAX bytes of a page are read.
 */
#ifndef WORKER_HTML_H
#define WORKER_HTML_H

#include <stddef.h>

#include "base/buf.h"
#include "worker/reader.h"

enum { HTML_BYTES_MAX = 64 << 20, HTML_CHARSET_MAX = 64 };

struct verdict html_read(const struct input *input, struct emit *emit);

/* A page as it goes out: its facts as metadata, its stories, main text and rest. `declared` is the
 * character set that the page's surroundings name, "" for none. At most HTML_BYTES_MAX bytes. */
void html_emit(const char *data, size_t len, const char *declared, struct emit *emit);

/* All visible text of a piece of HTML in UTF-8, for mail. Appends to `out`. */
void html_text(const char *utf8, size_t len, struct buf *out);

/* The character set that a page declares in its first bytes, "" for none. */
void html_declared_charset(const char *data, size_t len, char out[HTML_CHARSET_MAX]);

#endif
