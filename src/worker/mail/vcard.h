/*
 * Address cards: vCard 2.1, 3.0, 4.0, several in a file. Each is a paragraph of readable lines;
 * photographs, logos, sounds and keys that stand in it are children.
 *
 * Limits: those of content_line.h; 100,000 children.
 */
#ifndef WORKER_VCARD_H
#define WORKER_VCARD_H

#include "worker/reader.h"

struct verdict vcard_read(const struct input *input, struct emit *emit);

#endif
