/*
 * Small archives and packages, built in memory for tests.
 */
#ifndef TESTS_PARTS_BUILD_H
#define TESTS_PARTS_BUILD_H

#include <stddef.h>

#include "base/buf.h"
#include "parts_told.h"

enum build_kind {
    BUILD_ZIP,
    BUILD_ZIP_LOCKED,
    BUILD_ZIP_STORED,
    BUILD_TAR,
    BUILD_TAR_GZ,
    BUILD_7Z
};

/* An entry: a file with its text, or, with `link`, a symbolic link to it. */
struct build_entry {
    const char *name, *text, *link;
    size_t zeros; /* instead of text: that many zero bytes */
};

/* Ends at an entry whose name is NULL. `out` is initialised here. */
void build_archive(enum build_kind kind, const struct build_entry *entries, struct buf *out);

/* Builds one and has it read under this name. */
void read_built(struct told *told, const char *name, enum build_kind kind,
                const struct build_entry *entries);

#endif
