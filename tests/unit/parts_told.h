/*
 * One document read in this process, and what was said of it, as text that tests compare.
 */
#ifndef TESTS_PARTS_TOLD_H
#define TESTS_PARTS_TOLD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "wire/frame.h"

/* More than any test's document comes to. */
#define PLENTY (UINT64_C(1) << 30)
/* A string that may hold zeros, and its length. */
#define BYTES(literal) (literal), sizeof(literal) - 1

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

/* What a document should say; what is NULL is not looked at. */
struct wanted {
    const char *mime, *main, *rest, *metas, *pages, *children, *data, *detail;
    const char *main_has, *rest_has, *metas_have, *children_have; /* somewhere in them */
    enum outcome outcome;                                         /* if any, then with its reason */
    enum reason reason;
};

/* Reads a document and fails the test, with its name, where it says something else. */
void told_expect(const char *name, const void *data, size_t len, const struct wanted *wanted);
/* The same of a file of the data that is shared between projects; false when it is not there. */
bool told_expect_shared(const char *path, const struct wanted *wanted);
#define WANTED(...) (&(const struct wanted){__VA_ARGS__})

/* Reads the document cut off at up to 200 places: each ends somehow. */
void told_cuts(const char *name, const void *data, size_t len);

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
