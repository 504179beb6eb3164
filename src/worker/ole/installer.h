/*
 * Windows installer packages (MSI), patches and transforms: a database in a compound file. All its
 * strings are text; what its streams hold (cabinets with the files, programs, icons) are children.
 *
 * Source: the layout as Wine and libmsi describe it. Stream names pack two letters into one of
 * Unicode's private area; strings stand in _StringData, their lengths in _StringPool.
 */
#ifndef WORKER_INSTALLER_H
#define WORKER_INSTALLER_H

#include "worker/reader.h"

struct verdict installer_read(const struct input *input, struct emit *emit);

#endif
