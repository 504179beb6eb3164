/*
 * Tables that sniffers are made of. The first row that fits wins.
 */
#ifndef WORKER_MARKS_H
#define WORKER_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes at a place, and what a document is that has them there. */
struct mark {
    uint32_t at;
    uint32_t len;
    const char *bytes;
    const char *mime;
};

#define MARK(at, bytes, mime)                                                                      \
    {                                                                                              \
        at, sizeof(bytes) - 1, bytes, mime                                                         \
    }

/* A header whose numbers have to fit together, and what a document is that has it. */
struct shape {
    bool (*is)(const unsigned char *data, size_t len);
    const char *mime;
};

/* The MIME type, or NULL. */
const char *mark_find(const struct mark *rows, size_t count, const unsigned char *data, size_t len);
const char *shape_find(const struct shape *rows, size_t count, const unsigned char *data,
                       size_t len);

#endif
