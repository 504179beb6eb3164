/*
 * Windows shortcuts ([MS-SHLLINK]): where they lead, on which machine and volume, as text. A
 * shortcut tells what its owner opened, and from where.
 */
#ifndef WORKER_SHORTCUT_H
#define WORKER_SHORTCUT_H

#include "worker/reader.h"

struct verdict shortcut_read(const struct input *input, struct emit *emit);

#endif
