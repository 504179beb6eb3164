/*
 * The bytes of an archive in pieces, one after the other: a file and its further volumes, parts of
 * them, bytes made here, and parts that are decrypted while they are read. libarchive reads them as
 * one file, forwards or from any place.
 */
#ifndef WORKER_SOURCE_H
#define WORKER_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "worker/reader.h"

struct archive;
struct source; /* opaque */

enum { SOURCE_PIECES_MAX = 1 << 20, CIPHER_BLOCK = 16 };

/* How a piece was encrypted: AES in CBC mode with a key of 16 or 32 bytes. */
struct cipher {
    uint8_t key[32];
    uint8_t key_len;
    uint8_t iv[CIPHER_BLOCK];
};

struct source *source_new(void);
/* The document and its further volumes, from the byte `from` of the document on. */
struct source *source_of_input(const struct input *input, size_t from);
/* Another reader of the same bytes, which `source` keeps. */
struct source *source_copy_of(const struct source *source);
void source_free(struct source *source);
void cleanup_source(struct source **source);

/* The bytes are borrowed. An empty piece is left out; false beyond SOURCE_PIECES_MAX. */
bool source_add(struct source *source, const void *data, size_t len);
/* The same bytes copied: for what was made on the way. */
bool source_add_copy(struct source *source, const void *data, size_t len);
/* Writes over the start of a piece that was copied in. */
void source_replace(struct source *source, size_t piece, const void *data, size_t len);
/* `len` decrypted bytes of `data`, or as many as the whole blocks among its `stored` bytes give. */
bool source_add_locked(struct source *source, const void *data, size_t stored, size_t len,
                       const struct cipher *cipher);

uint64_t source_len(const struct source *source);
/* Copies up to `len` bytes from a place; returns their number. */
size_t source_copy(struct source *source, uint64_t at, void *out, size_t len);
/* A range as it stands in one piece; NULL when it does not, or is decrypted while it is read. */
const unsigned char *source_range(const struct source *source, uint64_t at, uint64_t len);
/* Bytes given to the library so far, what was read twice counted twice. */
uint64_t source_given(const struct source *source);

/* Opens `archive` on the source, from its start; an archive's formats and filters are set before.
 * Returns libarchive's word. */
int source_open(struct source *source, struct archive *archive);

#endif
