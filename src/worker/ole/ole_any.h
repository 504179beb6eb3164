/*
 * Compound files of no kind that has a reader: objects that one program left in another's document,
 * and whatever else is kept in this shell. What can be told of any of them is read: property sets
 * as facts, a packed file and streams that are files of a known kind as children.
 *
 * Limits: OLE_ANY_BYTES of a stream, OLE_ANY_DEPTH storages deep.
 */
#ifndef WORKER_OLE_ANY_H
#define WORKER_OLE_ANY_H

#include "worker/reader.h"

enum { OLE_ANY_BYTES = 192 << 20, OLE_ANY_DEPTH = 32 };

struct verdict ole_any_read(const struct input *input, struct emit *emit);

#endif
