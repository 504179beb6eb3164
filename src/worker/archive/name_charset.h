/*
 * The character set of file names inside an archive. ZIP, TAR, CPIO, LHA, CAB and AR keep bytes
 * without saying what they mean; a name is short, but all names of an archive are of one set, and
 * the sets of DOS and Windows put letters, symbols and frames in different places.
 *
 * For each candidate the names' bytes are decoded and their likelihood summed up: each script's
 * letters by their rank of frequency, with costs for what a name does not have (symbols, letters of
 * two scripts in a word, capitals inside of words). The cheapest candidate wins.
 */
#ifndef WORKER_NAME_CHARSET_H
#define WORKER_NAME_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct name_charset; /* a static candidate; opaque */

enum { NAMES_SAMPLE = 64 << 10 };

/* `names`: those that are not UTF-8, each followed by a newline; NAMES_SAMPLE bytes are enough.
 * NULL when nothing fits. */
const struct name_charset *name_charset_detect(const char *names, size_t len);

/* Appends the name as UTF-8; false, with nothing appended, when it does not fit the set. */
bool name_charset_convert(const struct name_charset *set, const char *name, size_t len,
                          struct buf *out);

#endif
