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

/* Reads a file of the data that is shared between projects; false when it is not there. */
bool told_read_shared(struct told *told, const char *path);
void told_release(struct told *told);

#endif
