/*
 * Apple's property lists, binary and XML: settings, histories, bookmarks, keyed archives. Each
 * value is a line, "key: value"; data becomes a child, a few bytes of it a line in hexadecimal.
 *
 * Web pages that Safari saved (.webarchive) are property lists too: the page is read as a web page,
 * what belongs to it becomes children.
 *
 * Limits: those of plist_tree.h and html.h.
 */
#ifndef WORKER_PLIST_H
#define WORKER_PLIST_H

#include "worker/reader.h"

struct verdict plist_read(const struct input *input, struct emit *emit);

#endif
