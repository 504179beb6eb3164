/*
 * EPUB 2 and 3 (IDPF/W3C: OCF container, Open Packaging Format). The package document names the
 * files and the order in which they are read; each chapter becomes a page that is labelled from
 * the table of contents (NCX or navigation document). Pictures and whatever else lies in the
 * package become children. A book under copy protection is named as such: its chapters are cipher.
 *
 * Limits: those of package.h; EPUB_ITEMS_MAX files and chapters.
 */
#ifndef WORKER_EPUB_H
#define WORKER_EPUB_H

#include <stdbool.h>

#include "worker/archive/package.h"
#include "worker/reader.h"

enum { EPUB_ITEMS_MAX = 20000 };

/* A file that the package document lists. */
struct epub_item {
    char *id, *path, *mime;
    char *label; /* from the table of contents, or NULL */
    bool is_toc;
};

/* What the package document says. */
struct epub {
    struct epub_item *items;
    size_t item_count;
    uint32_t *spine; /* indexes of items in reading order */
    size_t spine_count;
};

/* Finds and reads the package document and the table of contents; sends metadata (epub_opf.c).
 * False when there is no package document; `epub` is to be released either way. */
bool epub_open(struct epub *epub, struct package *package, struct emit *emit);
void epub_release(struct epub *epub);

struct verdict epub_read(const struct input *input, struct emit *emit);

#endif
