/*
 * Embedded objects of OLE as children: what a document carries inside it, under the name it had.
 *
 *  - OLE 1.0 streams of RTF ([MS-OLEDS] 2.2.5): class name, then native data;
 *  - Ole10Native, a file dropped into a document by the Packager ([MS-OLEDS] 2.3.6 and the
 *    packager's own layout: label, path, the file's bytes);
 *  - compound files: their Ole10Native, Package or CONTENTS stream, else the whole file.
 */
#ifndef WORKER_OLE_OBJECT_H
#define WORKER_OLE_OBJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "worker/emit.h"

enum { OLE_NAME_MAX = 512 };

/* Sends an OLE 1.0 stream as a child named by what is inside, else `name`. False when it holds
 * nothing (a link). */
bool ole_stream_send(const unsigned char *data, size_t len, const char *name, struct emit *emit);

/* Sends native data, and the paths it names to the rest: a compound file, a packager's file or
 * whatever it is. */
void ole_native_send(const unsigned char *data, size_t len, const char *name, struct emit *emit);

#endif
