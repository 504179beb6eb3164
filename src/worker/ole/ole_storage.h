/*
 * A storage inside a compound file as a compound file of its own ([MS-CFB] version 3): embedded
 * documents are storages of their container and become children this way.
 */
#ifndef WORKER_OLE_STORAGE_H
#define WORKER_OLE_STORAGE_H

#include "worker/ole/cfb.h"
#include "worker/emit.h"

enum {
    OLE_STORAGE_BYTES = 192 << 20, /* all streams of one */
    OLE_STORAGE_ENTRIES = 10000,
    OLE_STORAGE_DEPTH = 32,
};

/* Writes the file to `out`, which is initialised here. False when it is too large or too deep. */
bool ole_storage_write(const struct cfb *cfb, const struct cfb_entry *storage, struct buf *out);

/* Sends what a storage embeds as a child: the file in its Ole10Native, Package or CONTENTS stream,
 * else the storage as a compound file. `name` is used when nothing inside says one. */
void ole_storage_send(const struct cfb *cfb, const struct cfb_entry *storage, const char *name,
                      struct emit *emit);

/* Sends a whole compound file the same way. */
void ole_compound_send(const unsigned char *data, size_t len, const char *name, struct emit *emit);

#endif
