/*
 * Sealing a stream of bytes in chunks (libsodium's secretstream: XChaCha20-Poly1305, each chunk
 * authenticated with its place; a missing, repeated or reordered chunk does not open), and the
 * hashes that go with objects.
 *
 * A sealed chunk is SEAL_OVERHEAD bytes longer than its plain bytes. The last chunk is marked: a
 * stream cut at a chunk's border is found.
 */
#ifndef CRYPT_SEAL_H
#define CRYPT_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "crypt/keys.h"

enum { SEAL_CHUNK = 64 << 10, SEAL_OVERHEAD = 17, SEAL_HEADER = 24, HASH_BYTES = 32 };

struct seal; /* one direction of one stream, in locked memory; opaque. Serves one stream after
                another */

struct seal *seal_new(void);
void seal_free(struct seal *seal); /* wipes; accepts NULL */
/* Forgets the stream's keys. */
void seal_wipe(struct seal *seal);

/* Starts sealing a stream under `key`; `ret_header` goes in front of the chunks. `context` (at most
 * 64 bytes) is authenticated with the first chunk. */
void seal_start(struct seal *seal, const unsigned char key[KEY_BYTES],
                unsigned char ret_header[SEAL_HEADER], const void *context, size_t context_len);
/* Starts opening one. ERR_CORRUPT when the header cannot be one. */
int seal_open_start(struct seal *seal, const unsigned char key[KEY_BYTES],
                    const unsigned char header[SEAL_HEADER], const void *context,
                    size_t context_len);

/* Seals `len` <= SEAL_CHUNK bytes into out (len + SEAL_OVERHEAD bytes). */
void seal_chunk(struct seal *seal, const void *plain, size_t len, bool last, unsigned char *out);
/* Opens a sealed chunk of `len` bytes into out (len - SEAL_OVERHEAD). ERR_CORRUPT. */
int seal_open_chunk(struct seal *seal, const unsigned char *sealed, size_t len, unsigned char *out,
                    bool *ret_last);

/* SHA-256 (FIPS 180-4) in pieces. */
struct sha256_state {
    _Alignas(16) unsigned char opaque[128];
};
void sha256_start(struct sha256_state *state);
void sha256_add(struct sha256_state *state, const void *data, size_t len);
void sha256_end(struct sha256_state *state, unsigned char out[HASH_BYTES]);

/* BLAKE2b-256 (RFC 7693) under a key. */
void keyed_hash(const unsigned char key[KEY_BYTES], const void *data, size_t len,
                unsigned char out[HASH_BYTES]);

/* Cryptographically random bytes. */
void random_bytes(void *out, size_t len);
/* Comparison in constant time. */
bool bytes_equal(const void *a, const void *b, size_t len);
/* Memory that is not swapped and left out of core dumps, for the life of the process. */
void *locked_alloc(size_t len);
/* Overwrites memory so that the compiler cannot leave it out. */
void bytes_wipe(void *data, size_t len);

#endif
