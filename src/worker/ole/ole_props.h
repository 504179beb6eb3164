/*
 * Property sets of compound files ([MS-OLEPS]): who wrote a document, when, with what; and the
 * properties people gave it themselves, as "property" facts "NAME = value".
 */
#ifndef WORKER_OLE_PROPS_H
#define WORKER_OLE_PROPS_H

#include "worker/ole/cfb.h"
#include "worker/emit.h"

enum { OLE_PROPS_MAX = 4096, OLE_PROPS_BYTES = 4 << 20 };

/* Emits what the two usual sets of `storage` say; none is no error. */
void ole_props_read(const struct cfb *cfb, const struct cfb_entry *storage, struct emit *emit);

/* One set's bytes; for PPT and others that keep it elsewhere. */
void ole_props_parse(const unsigned char *data, size_t len, struct emit *emit);

#endif
