/*
 * Compound files ([MS-CFB], "OLE2"): a small file system in a file, the shell of DOC, XLS, PPT, MSG
 * and of objects embedded in other documents. Read from memory, nothing is written.
 *
 * Files are taken as far as they make sense. What a damaged or truncated file lacks ends a stream
 * early and is told (cfb_read, cfb_damaged); storages and streams whose directory tree is broken
 * are given to the root. Where the allocation table itself is cut off, sectors are taken to follow
 * each other, as writers lay them.
 *
 * Limits: CFB_ENTRIES_MAX directory entries, no chain longer than the file has sectors, no loops.
 */
#ifndef WORKER_CFB_H
#define WORKER_CFB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum { CFB_ENTRIES_MAX = 1 << 19, CFB_NAME_MAX = 100 };

enum cfb_type { CFB_NONE = 0, CFB_STORAGE = 1, CFB_STREAM = 2, CFB_ROOT = 5 };

/* A storage ("directory") or a stream ("file"). Belongs to its struct cfb. */
struct cfb_entry {
    const char *name; /* UTF-8, at most CFB_NAME_MAX bytes; may start with a control character */
    enum cfb_type type;
    uint8_t clsid[16];              /* as stored; zeros for none */
    int64_t created, modified;      /* seconds since 1970; INT64_MIN unknown */
    uint64_t size;                  /* bytes of a stream, as claimed */
    const struct cfb_entry *parent; /* its storage; NULL for the root */
    struct cfb_entry *first, *next; /* children and siblings, in the order of the tree */
    uint32_t start;                 /* first sector */
};

struct cfb; /* opaque; borrows the bytes it was opened on */

/* NULL when this is no compound file or has no directory that can be read. */
struct cfb *cfb_open(const unsigned char *data, size_t len);
void cfb_free(struct cfb *cfb);

/* For CLEANUP(). */
void cleanup_cfb(struct cfb **cfb);

/* Whether the tables or the directory were not as they should be. */
bool cfb_damaged(const struct cfb *cfb);

const struct cfb_entry *cfb_root(const struct cfb *cfb);

/* The child of a storage with this name, ASCII letters in either case; NULL for none. `storage` may
 * be NULL and then has none. */
const struct cfb_entry *cfb_child(const struct cfb_entry *storage, const char *name);

/* Steps down from a storage: "ObjectPool/_123/Contents". NULL when a step is missing. */
const struct cfb_entry *cfb_find(const struct cfb_entry *storage, const char *path);

/* Appends a stream's bytes. Returns 0, ERR_CORRUPT (the file ends or its chain breaks before the
 * claimed size; what is there was appended) or ERR_LIMIT (`out` is full; what fits is there). NULL
 * and storages have no bytes. */
int cfb_read(const struct cfb *cfb, const struct cfb_entry *stream, struct buf *out);

/* The same in portions, for streams too large to hold; `take` returns false to stop (then 0). */
int cfb_each(const struct cfb *cfb, const struct cfb_entry *stream,
             bool (*take)(void *ctx, const unsigned char *data, size_t len), void *ctx);

#endif
