/*
 * Old office documents (revenge.h says which) as text or pages, with what they hold as children.
 *
 * Limits: OLDOFFICE_BYTES_MAX bytes, OLDOFFICE_OBJECTS_MAX pictures.
 */
#ifndef WORKER_OLDOFFICE_H
#define WORKER_OLDOFFICE_H

#include "worker/reader.h"

enum { OLDOFFICE_BYTES_MAX = 128 << 20, OLDOFFICE_OBJECTS_MAX = 10000 };

struct verdict oldoffice_read(const struct input *input, struct emit *emit);

/* The type of bytes that nothing else recognises, or NULL. */
const char *oldoffice_sniff(const unsigned char *data, size_t len);

#endif
