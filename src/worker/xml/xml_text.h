/*
 * XML of no known kind: what its elements hold, a line for each, without the markup; a value that
 * stands by itself with the name of its element ("Latitude: 78.8"). Attributes are
 * kept beside the main text as "name=value", and are the main text where there is no other. The
 * first title and description in it are metadata. What is not well-formed is read as plain text,
 * markup and all, and so is what is larger than XML_TEXT_MAX.
 */
#ifndef WORKER_XML_TEXT_H
#define WORKER_XML_TEXT_H

#include "worker/reader.h"

enum { XML_TEXT_MAX = 64 << 20 };

struct verdict xml_text_read(const struct input *input, struct emit *emit);

#endif
