/*
 * A growing byte buffer with a cap. Whatever a file or a peer can influence is collected in one of
 * these: an append beyond the cap is refused, never silently cut, and marks the buffer as full.
 *
 * The bytes are always followed by a NUL that does not count, so `buf.data` of a text is a C
 * string. Running out of memory aborts: every size is capped before it is asked for.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"

struct buf {
    char *data;   /* never NULL after buf_init */
    size_t len;   /* bytes in use */
    size_t space; /* bytes allocated */
    size_t cap;   /* len never exceeds this */
    bool full;    /* an append was refused */
};

/* Starts an empty buffer that may grow to `cap` bytes. */
void buf_init(struct buf *buf, size_t cap);

/* Frees the bytes and leaves an empty, unusable buffer; fine on a zeroed one. */
void buf_release(struct buf *buf);

/* Forgets the bytes and keeps the memory. */
void buf_clear(struct buf *buf);

/* Appends; returns 0, or ERR_LIMIT with nothing appended. */
int buf_append(struct buf *buf, const void *data, size_t len);
int buf_append_str(struct buf *buf, const char *text);
int buf_append_char(struct buf *buf, char c);
int buf_printf(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);

/* Appends one Unicode scalar value as UTF-8. */
int buf_append_rune(struct buf *buf, uint32_t rune);

/* Makes room for `len` more bytes and returns where they go (NULL beyond the cap); the caller
 * writes them and then adds what it used to buf->len. */
char *buf_reserve(struct buf *buf, size_t len);

/* Removes the first `len` bytes. */
void buf_consume(struct buf *buf, size_t len);

/* Hands over the bytes (free() them); the buffer is empty again and unusable until buf_init. */
char *buf_take(struct buf *buf);

/* malloc, calloc, realloc, strdup that abort when memory ends. */
void *mem_alloc(size_t size);
void *mem_zalloc(size_t count, size_t size);
void *mem_realloc(void *old, size_t count, size_t size);
/* Makes room for one more item in an array that holds `count`, from none on. How much room there is
 * need not be kept: it is doubled whenever the items fill it. */
void *mem_room(void *items, size_t count, size_t size);
char *mem_strdup(const char *text);
char *mem_strndup(const char *text, size_t len);

/* Cleanup helpers for CLEANUP(). */
void cleanup_free(void *pointer_to_pointer);
void cleanup_buf(struct buf *buf);
void cleanup_fd(const int *fd);

#endif
