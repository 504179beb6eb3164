#include "crypt/seal.h"

#include <sodium.h>
#include <string.h>

enum { CONTEXT_MAX = 64 };

_Static_assert(SEAL_OVERHEAD == crypto_secretstream_xchacha20poly1305_ABYTES, "chunk overhead");
_Static_assert(SEAL_HEADER == crypto_secretstream_xchacha20poly1305_HEADERBYTES, "header");
_Static_assert(sizeof(struct sha256_state) >= sizeof(crypto_hash_sha256_state), "hash state");

struct seal {
    crypto_secretstream_xchacha20poly1305_state state;
    unsigned char context[CONTEXT_MAX]; /* authenticated with the first chunk only */
    size_t context_len;
};

struct seal *seal_new(void)
{
    struct seal *seal = sodium_malloc(sizeof(*seal));

    BUG_IF(!seal);
    return seal;
}

void seal_free(struct seal *seal)
{
    if (seal)
        sodium_free(seal); /* wipes */
}

void seal_wipe(struct seal *seal)
{
    sodium_memzero(seal, sizeof(*seal));
}

static void set_context(struct seal *seal, const void *context, size_t context_len)
{
    BUG_IF(context_len > CONTEXT_MAX);
    if (context_len)
        memcpy(seal->context, context, context_len);
    seal->context_len = context_len;
}

void seal_start(struct seal *seal, const unsigned char key[KEY_BYTES],
                unsigned char ret_header[SEAL_HEADER], const void *context, size_t context_len)
{
    set_context(seal, context, context_len);
    crypto_secretstream_xchacha20poly1305_init_push(&seal->state, ret_header, key);
}

int seal_open_start(struct seal *seal, const unsigned char key[KEY_BYTES],
                    const unsigned char header[SEAL_HEADER], const void *context,
                    size_t context_len)
{
    set_context(seal, context, context_len);
    return crypto_secretstream_xchacha20poly1305_init_pull(&seal->state, header, key) ? ERR_CORRUPT
                                                                                      : 0;
}

void seal_chunk(struct seal *seal, const void *plain, size_t len, bool last, unsigned char *out)
{
    BUG_IF(len > SEAL_CHUNK);
    crypto_secretstream_xchacha20poly1305_push(
        &seal->state, out, NULL, plain, len, seal->context_len ? seal->context : NULL,
        seal->context_len, last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
    seal->context_len = 0;
}

int seal_open_chunk(struct seal *seal, const unsigned char *sealed, size_t len, unsigned char *out,
                    bool *ret_last)
{
    unsigned char tag;

    if (len < SEAL_OVERHEAD || crypto_secretstream_xchacha20poly1305_pull(
                                   &seal->state, out, NULL, &tag, sealed, len,
                                   seal->context_len ? seal->context : NULL, seal->context_len))
        return ERR_CORRUPT;
    seal->context_len = 0;
    *ret_last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    return 0;
}

void sha256_start(struct sha256_state *state)
{
    crypto_hash_sha256_init((crypto_hash_sha256_state *)(void *)state->opaque);
}

void sha256_add(struct sha256_state *state, const void *data, size_t len)
{
    crypto_hash_sha256_update((crypto_hash_sha256_state *)(void *)state->opaque, data, len);
}

void sha256_end(struct sha256_state *state, unsigned char out[HASH_BYTES])
{
    crypto_hash_sha256_final((crypto_hash_sha256_state *)(void *)state->opaque, out);
}

void keyed_hash(const unsigned char key[KEY_BYTES], const void *data, size_t len,
                unsigned char out[HASH_BYTES])
{
    crypto_generichash(out, HASH_BYTES, data, len, key, KEY_BYTES);
}

void random_bytes(void *out, size_t len)
{
    randombytes_buf(out, len);
}

bool bytes_equal(const void *a, const void *b, size_t len)
{
    return sodium_memcmp(a, b, len) == 0;
}

void *locked_alloc(size_t len)
{
    void *memory = sodium_malloc(len);

    BUG_IF(!memory);
    return memory;
}

void bytes_wipe(void *data, size_t len)
{
    sodium_memzero(data, len);
}
