/*
 * Text in XML 1.0, as content or between the quotes of an attribute.
 */
#ifndef FMT_XML_H
#define FMT_XML_H

#include "base/buf.h"

/* Appends a text with < > & and quotes as references. What XML has no place for (control
 * characters, U+FFFE, U+FFFF) and invalid UTF-8 become U+FFFD. */
void xml_text(struct buf *out, const char *text);

#endif
