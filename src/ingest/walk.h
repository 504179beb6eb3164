/*
 * Walking what the user named: files and everything below folders, in the order of names, byte by
 * byte. Symbolic links are reported and never followed.
 */
#ifndef INGEST_WALK_H
#define INGEST_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "base/err.h"

struct walk; /* opaque */

struct walk_entry {
    const char *path; /* the file system's bytes; valid until the next call */
    struct stat stat; /* of lstat */
    int error;        /* errno when it could not be looked at, else 0 */
    bool listed;      /* a folder that could be listed: what it holds follows */
};

enum { WALK_DEPTH_MAX = 512 };

/* `skip_dev`, `skip_ino`: a folder that is passed over (the case itself). The paths are borrowed.
 */
struct walk *walk_new(const char *const *paths, size_t count, dev_t skip_dev, ino_t skip_ino);
void walk_free(struct walk *walk);

/* The next thing, folders before what they hold: 1, or 0 at the end. */
int walk_next(struct walk *walk, struct walk_entry *ret_entry);

/* Whether that folder was met. */
bool walk_skipped(const struct walk *walk);

#endif
