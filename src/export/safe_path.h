/*
 * Where an original lies in what is taken away: a path that does no harm on the computer that
 * unpacks it, whatever the leak calls its files.
 *
 * "originals/FOLDERS/item-N-NAME": the number makes every path of a case differ from all others,
 * also where capitals or ways to write an accent make no difference, keeps a name from being hidden
 * or reserved, and leads to the row of the manifest, which has the path as it came.
 *
 * - No path is absolute, has "." or "..", a drive, or a backslash.
 * - Control characters, and those that turn the order of letters round or cannot be seen (so that
 *   "gnp.exe" would read "exe.png"), become "_"; the joiners that Persian and Indian scripts need
 *   stay.
 * - < > : " | ? * and a dot or space at the end become "_"; folders named CON, NUL, COM1 and so on
 *   get one in front (Windows keeps these for devices).
 * - Names whose end makes a file manager fetch something when it merely lists the folder (.url,
 *   .lnk, .library-ms, ...) get "_" at their end.
 * - A name has at most 100 characters and keeps its ending; folders together at most 100, of which
 *   the first ones are left out.
 */
#ifndef EXPORT_SAFE_PATH_H
#define EXPORT_SAFE_PATH_H

#include <stdint.h>

#include "base/buf.h"

enum { SAFE_PATH_MAX = 1024 }; /* bytes that it has at most */

/* Appends the path of the item, whose path in the case is `path`, valid UTF-8. */
void safe_path(int64_t item, const char *path, struct buf *out);

#endif
