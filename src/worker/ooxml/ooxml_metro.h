/*
 * Shapes of newer programs inside older formats: a property of OfficeArt ("metroBlob", [MS-ODRAW]
 * 2.3.2.24) holds them as a small OPC package. What PowerPoint and Word 97-2003 can show of them
 * stands beside it, but for SmartArt that is a picture: its words are in the package only.
 */
#ifndef WORKER_OOXML_METRO_H
#define WORKER_OOXML_METRO_H

#include <stddef.h>

#include "base/buf.h"

/* Appends the lines of a diagram in the package that `out` does not hold already. */
void ooxml_metro_text(const unsigned char *data, size_t len, struct buf *out);

#endif
