/*
 * Apple's property lists as a tree: binary ones (CFBinaryPList.c of CF, "bplist00") and XML
 * (PropertyList-1.0.dtd). A binary list may refer to one object from many places; the tree holds it
 * each time, within the limits.
 *
 * Limits: PLIST_DEPTH levels, PLIST_NODES nodes and PLIST_SHARED for each byte of the file,
 * PLIST_BYTES bytes of text and decoded data.
 */
#ifndef WORKER_PLIST_TREE_H
#define WORKER_PLIST_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/frame.h"

/* A node is named by a byte at least; more of them is one part held again and again. */
enum { PLIST_DEPTH = 64, PLIST_NODES = 500000, PLIST_SHARED = 4, PLIST_BYTES = 64 << 20 };

enum plist_type { PLIST_TEXT, PLIST_DATA, PLIST_DATE, PLIST_ARRAY, PLIST_DICT };

/* Numbers and truth values are text; a date is its seconds since 1970. */
struct plist_node {
    enum plist_type type;
    const char *key; /* in a dictionary: UTF-8; NULL elsewhere */
    const char *bytes;
    size_t len;
    int64_t seconds;
    struct plist_node *first, *last, *next;
};

struct plist {
    struct plist_node *root; /* NULL: there is nothing to read */
    enum reason reason;      /* why there is less than there was; REASON_NONE */
    size_t nodes, nodes_max, bytes;
    void *blocks; /* what the tree is made of */
};

bool plist_is_binary(const unsigned char *data, size_t len);

/* The tree borrows from `data`; plist_release() frees the rest. */
void plist_read_binary(const unsigned char *data, size_t len, struct plist *ret);
void plist_read_xml(const unsigned char *data, size_t len, struct plist *ret);
void plist_release(struct plist *plist);

/* A child of a dictionary; NULL when it has none or `node` is no dictionary or NULL. */
const struct plist_node *plist_get(const struct plist_node *node, const char *key);

/* For the two parsers: an empty tree for a file of `len` bytes, memory that the tree owns (NULL
 * beyond PLIST_BYTES), and a new node at the end of `parent`, or as the root (NULL beyond the limit
 * of nodes). The reason is noted. */
void plist_start(struct plist *plist, size_t len);
char *plist_memory(struct plist *plist, size_t len);
struct plist_node *plist_add(struct plist *plist, struct plist_node *parent, enum plist_type type,
                             const char *key);

#endif
