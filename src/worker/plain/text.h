/*
 * Plain text in any encoding, as flowing text.
 */
#ifndef WORKER_TEXT_H
#define WORKER_TEXT_H

#include "worker/reader.h"

struct verdict text_read(const struct input *input, struct emit *emit);

#endif
