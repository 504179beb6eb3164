/*
 * What books made of web pages share (EPUB, compiled help): where a link leads, and a page of the
 * book as text.
 */
#ifndef WORKER_BOOK_H
#define WORKER_BOOK_H

#include <stddef.h>

#include "base/buf.h"
#include "worker/emit.h"
#include "worker/archive/package.h"

enum { BOOK_PATH_MAX = PART_NAME_MAX, BOOK_PART_BYTES = 64 << 20 };

/* The path to which `href`, as written in the file `base`, leads inside the book: "%20" decoded,
 * "../" followed, "#place" cut off; "" when it leads elsewhere. */
void book_path(const char *base, const char *href, char out[BOOK_PATH_MAX]);

/* The bytes of a part, at most BOOK_PART_BYTES of them. Returns as package_read. */
int book_part_read(struct package *package, struct part *part, struct buf *out);

/* Sends a chapter, HTML in whatever character set it declares (or `charset`, which may be NULL), as
 * pages under this label. Chapters without words are left out; a page holds PAGE_TEXT_MAX bytes. */
void book_chapter(struct emit *emit, const char *label, const char *charset, const char *html,
                  size_t len);

#endif
