/*
 * Outlook's and Exchange's stores: PST, OST and PAB files ([MS-PST]) through libpff.
 *
 * Every item of every folder is a child "Folder/Sub/00001 Its subject.eml", a message rewritten by
 * mapi_write.h; folders come in the store's order. Behind them, under "(found outside folders)",
 * come items to which no folder leads, and under "(recovered)" those that were deleted and whose
 * bytes are still there. A password is a mark in such a file and no encryption: it does not matter.
 *
 * A folder whose own count differs from what was found is told as a warning; an item that cannot be
 * opened is a child that failed. Hidden settings (views, rules) are counted in the facts and are no
 * children.
 *
 * Limits: PST_DEPTH_MAX folders inside folders, CHILDREN_MAX items; one item without its
 * attachments is in memory at a time.
 */
#ifndef WORKER_PST_H
#define WORKER_PST_H

#include "worker/reader.h"

enum { PST_DEPTH_MAX = 100 };

struct verdict pst_read(const struct input *input, struct emit *emit);

#endif
