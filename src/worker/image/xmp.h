/*
 * XMP (ISO 16684-1): the packet of RDF/XML that pictures, films and PDFs carry. Read by the names
 * of its properties with their customary prefixes (dc:, xmp:, photoshop:, exif:, Iptc4xmpCore:
 * ...).
 */
#ifndef WORKER_XMP_H
#define WORKER_XMP_H

#include "worker/image/facts.h"

void xmp_facts(const char *data, size_t len, struct facts *facts);

#endif
