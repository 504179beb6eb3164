/*
 * Split archives: their volumes as one file, and which volume is missing.
 *
 * The parts of a file that was cut (.001, .002) and the volumes of RAR simply follow each other.
 * The volumes of a ZIP (.z01, .z02, and .zip as the last) follow each other too, but its directory
 * counts places from the start of each volume: it is written anew (APPNOTE 4.3.12, 4.4.11, 8).
 */
#ifndef WORKER_VOLUMES_H
#define WORKER_VOLUMES_H

#include <stdbool.h>

#include "worker/reader.h"
#include "worker/archive/source.h"

/* The archive's bytes, from `from` of the document on. */
struct source *volumes_join(const struct input *input, size_t from);

/* In words, which volume is not there; NULL when none is known to be missing. A static string. */
const char *volumes_missing(const struct input *input);

/* In words, that the volume after the last one is not there. A static string. */
const char *volumes_next(const struct input *input);

/* Whether a 7Z says that it goes on behind its end. */
bool volumes_sevenzip_is_cut(const struct input *input);

#endif
