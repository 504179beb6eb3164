/*
 * Macros: the source text of Visual Basic modules, which documents keep compressed in a storage
 * ([MS-OVBA]). Each module becomes a child of text, and the document gets the fact "macros".
 */
#ifndef WORKER_OLE_MACROS_H
#define WORKER_OLE_MACROS_H

#include "worker/ole/cfb.h"
#include "worker/emit.h"

enum { MACRO_BYTES_MAX = 16 << 20, MACRO_MODULES_MAX = 2000 };

/* Sends the modules of the project that `storage` holds (the one with a storage "VBA" inside). Does
 * nothing for NULL or when there is none. */
void ole_macros_send(const struct cfb *cfb, const struct cfb_entry *storage, struct emit *emit);

/* Expands a compressed container ([MS-OVBA] 2.4.1) into `out`; false when it makes no sense. */
bool ole_macros_expand(const unsigned char *data, size_t len, struct buf *out);

#endif
