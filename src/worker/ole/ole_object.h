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

/* A file of the Packager. Pointers are into the given bytes. */
struct ole_file {
    char name[OLE_NAME_MAX]; /* without folders; UTF-8 or bytes of the ANSI code page; "" none */
    /* where it lay on the machine that packed it, and where it was put meanwhile */
    const char *path, *source;
    size_t path_len, source_len;
    const unsigned char *data;
    size_t len;
};

/* Reads the packager's layout, at the start of which a 4-byte length may stand. False when the
 * bytes are something else. */
bool ole_file_read(const unsigned char *data, size_t len, struct ole_file *ret);

/* Sends an OLE 1.0 stream as a child named by what is inside, else `name`. False when it holds
 * nothing (a link). */
bool ole_stream_send(const unsigned char *data, size_t len, const char *name, struct emit *emit);

/* Sends native data, and the paths it names to the rest: a compound file, a packager's file or
 * whatever it is. */
void ole_native_send(const unsigned char *data, size_t len, const char *name, struct emit *emit);

#endif
