/*
 * Small compound files, built in memory for tests.
 */
#ifndef TESTS_CFB_BUILD_H
#define TESTS_CFB_BUILD_H

#include <stddef.h>

#include "base/buf.h"

/* A stream with its bytes (`text` up to its NUL when `len` is 0), or a storage with its children,
 * which end at one without a name. */
struct cfb_node {
    const char *name;
    const char *text;
    size_t len;
    const struct cfb_node *children;
};

/* `out` is initialised here. */
void build_cfb(const struct cfb_node *children, struct buf *out);

#endif
