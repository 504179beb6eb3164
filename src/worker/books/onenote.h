/*
 * OneNote sections (.one) and tables of contents (.onetoc2): [MS-ONESTORE], [MS-ONE].
 *
 * Notes are objects; what an object says stands in a property set ([MS-ONESTORE] 2.6.7): a list of
 * property identifiers, then their values. The sets are found by the identifiers of texts and read
 * as such; the lists of revisions around them, which differ between a file of the desktop program
 * and one from the cloud (2.8), are not followed. So text comes in the file's order, which is that
 * of writing, and text of earlier revisions that is still in the file is read too; the same text
 * comes once. Embedded files are children.
 *
 * Limits: ONENOTE_TEXTS_MAX texts, ONENOTE_FILES_MAX files, ONENOTE_DEPTH_MAX nested sets.
 */
#ifndef WORKER_ONENOTE_H
#define WORKER_ONENOTE_H

#include "worker/reader.h"

enum { ONENOTE_TEXTS_MAX = 1 << 18, ONENOTE_FILES_MAX = 10000, ONENOTE_DEPTH_MAX = 8 };

struct verdict onenote_read(const struct input *input, struct emit *emit);

#endif
