/*
 * Small Outlook stores in Unicode ([MS-PST]), built in memory for tests and fuzzing: all checksums
 * hold, whatever stands in the nodes.
 */
#ifndef TESTS_PST_BUILD_H
#define TESTS_PST_BUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum { PST_NODES_MAX = 15, PST_BLOCKS_MAX = 20, PST_SUBS_MAX = 8, PST_BLOCK_BYTES = 8176 };

/* A node and the bytes of its block; those behind it with `sub` are its subnodes. More nodes,
 * blocks or bytes than the store has room for are left out. */
struct pst_node {
    uint32_t id, parent;
    bool sub;
    const void *data;
    size_t len;
};

/* `out` is initialised here. */
void build_pst(const struct pst_node *nodes, size_t count, struct buf *out);

/* A property: a number, text (type 0x1F, ASCII) or bytes; a list ends with the tag 0. */
struct pst_prop {
    uint32_t tag; /* identifier << 16 | type */
    uint32_t number;
    const void *data;
    size_t len; /* of `data`; 0 for text */
};

/* The heap of a property context. `out` is initialised here. */
void build_pst_props(const struct pst_prop *props, struct buf *out);

/* The heap of a table whose columns all have four bytes: `count` tags, and for each row as many
 * properties, of which only the values count. `out` is initialised here. */
void build_pst_table(const uint32_t *tags, size_t count, const struct pst_prop *cells, size_t rows,
                     struct buf *out);

#endif
