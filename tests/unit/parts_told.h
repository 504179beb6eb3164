/*
 * One document read in this process, and what was said of it, as text that tests compare.
 */
#ifndef TESTS_PARTS_TOLD_H
#define TESTS_PARTS_TOLD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "wire/frame.h"

struct told {
    char mime[MIME_MAX + 1];
    struct buf main, rest;
    struct buf metas;    /* "key=value\n" */
    struct buf pages;    /* labels of pages, each followed by "\n" */
    struct buf children; /* "name (mime) bytes reason: detail\n" */
    struct buf warnings; /* "reason: detail\n" */
    struct buf data;     /* bytes of all children, one after the other */
    uint64_t child_bytes;
    enum outcome outcome;
    enum reason reason;
    char detail[DETAIL_MAX];
};

/* Starts the libraries, as the nursery does. */
void told_start(void);

/* Reads a document; told_release() afterwards. */
void told_read(struct told *told, const char *name, const void *data, size_t len,
               uint64_t output_max);

/* A further volume, or NULL and 0. */
struct told_volume {
    const char *name;
    const void *data;
    size_t len;
};

/* The same with passwords (ended by NULL; or NULL for none) and further volumes (ended by one
 * without a name; or NULL for none). */
void told_read_with(struct told *told, const char *name, const void *data, size_t len,
                    const char *const *passwords, const struct told_volume *volumes);

/* Reads a file of the data that is shared between projects; false when it is not there. */
bool told_read_shared(struct told *told, const char *path);
/* Its bytes; the buffer is the caller's to release. */
bool told_shared_bytes(const char *path, struct buf *ret_bytes);
bool told_read_shared_with(struct told *told, const char *path, const char *const *passwords);
void told_release(struct told *told);

#endif
