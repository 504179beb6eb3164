#include "worker/mail/mime_decode.h"
#include "worker/office/lock.h"

#include <ctype.h>
#include <nettle/aes.h>
#include <nettle/cbc.h>
#include <nettle/md5.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

enum lock_hash lock_hash_named(const char *name)
{
    static const struct {
        const char *name;
        enum lock_hash hash;
    } known[] = {
        {"MD5", LOCK_MD5},        {"SHA1", LOCK_SHA1},      {"SHA-1", LOCK_SHA1},
        {"SHA256", LOCK_SHA256},  {"SHA-256", LOCK_SHA256}, {"SHA384", LOCK_SHA384},
        {"SHA-384", LOCK_SHA384}, {"SHA512", LOCK_SHA512},  {"SHA-512", LOCK_SHA512},
    };

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (strcasecmp(known[i].name, name) == 0)
            return known[i].hash;
    return LOCK_NO_HASH;
}

size_t lock_hash_size(enum lock_hash hash)
{
    static const uint8_t sizes[] = {[LOCK_NO_HASH] = 0,
                                    [LOCK_MD5] = MD5_DIGEST_SIZE,
                                    [LOCK_SHA1] = SHA1_DIGEST_SIZE,
                                    [LOCK_SHA256] = SHA256_DIGEST_SIZE,
                                    [LOCK_SHA384] = SHA384_DIGEST_SIZE,
                                    [LOCK_SHA512] = SHA512_DIGEST_SIZE};

    return sizes[hash];
}

union hash_state {
    struct md5_ctx md5;
    struct sha1_ctx sha1;
    struct sha256_ctx sha256;
    struct sha512_ctx sha512;
};

static void start(enum lock_hash hash, union hash_state *state)
{
    switch (hash) {
    case LOCK_MD5:
        md5_init(&state->md5);
        break;
    case LOCK_SHA1:
        sha1_init(&state->sha1);
        break;
    case LOCK_SHA256:
        sha256_init(&state->sha256);
        break;
    case LOCK_SHA384:
        sha384_init(&state->sha512);
        break;
    default:
        sha512_init(&state->sha512);
    }
}

static void add(enum lock_hash hash, union hash_state *state, const void *data, size_t len)
{
    switch (hash) {
    case LOCK_MD5:
        md5_update(&state->md5, len, data);
        break;
    case LOCK_SHA1:
        sha1_update(&state->sha1, len, data);
        break;
    case LOCK_SHA256:
        sha256_update(&state->sha256, len, data);
        break;
    default: /* SHA-384 is SHA-512 from another start */
        sha512_update(&state->sha512, len, data);
    }
}

static void finish(enum lock_hash hash, union hash_state *state, unsigned char *out)
{
    switch (hash) {
    case LOCK_MD5:
        md5_digest(&state->md5, MD5_DIGEST_SIZE, out);
        break;
    case LOCK_SHA1:
        sha1_digest(&state->sha1, SHA1_DIGEST_SIZE, out);
        break;
    case LOCK_SHA256:
        sha256_digest(&state->sha256, SHA256_DIGEST_SIZE, out);
        break;
    case LOCK_SHA384:
        sha384_digest(&state->sha512, SHA384_DIGEST_SIZE, out);
        break;
    default:
        sha512_digest(&state->sha512, SHA512_DIGEST_SIZE, out);
    }
}

void lock_hash(enum lock_hash hash, const void *first, size_t first_len, const void *second,
               size_t second_len, unsigned char out[LOCK_HASH_MAX])
{
    union hash_state state;

    start(hash, &state);
    add(hash, &state, first, first_len);
    add(hash, &state, second, second_len);
    finish(hash, &state, out);
}

void lock_password_wide(const char *password, struct buf *out)
{
    size_t len = strlen(password);

    buf_init(out, (size_t)LOCK_PASSWORD_MAX * 2);
    for (size_t at = 0; at < len;) {
        uint32_t rune;
        at += utf8_decode(password + at, len - at, &rune);
        if (rune >= 0x10000) {
            uint32_t high = 0xD800 + ((rune - 0x10000) >> 10);
            (void)buf_append_char(out, (char)high);
            (void)buf_append_char(out, (char)(high >> 8));
            rune = 0xDC00 + ((rune - 0x10000) & 0x3FF);
        }
        (void)buf_append_char(out, (char)rune);
        (void)buf_append_char(out, (char)(rune >> 8));
    }
}

const char *lock_password(const struct input *input, size_t n)
{
    static const char *const own[] = {"VelvetSweatshop", ""};

    if (n < input->password_count)
        return input->passwords[n];
    n -= input->password_count;
    return n < ARRAY_LEN(own) ? own[n] : NULL;
}

struct verdict lock_verdict(void)
{
    return verdict_failed(REASON_PASSWORD, LOCKED_HINT);
}

bool lock_aes_cbc(const unsigned char *key, size_t key_len, const unsigned char iv[16],
                  unsigned char *data, size_t len)
{
    struct aes128_ctx aes128;
    struct aes192_ctx aes192;
    struct aes256_ctx aes256;
    unsigned char vector[AES_BLOCK_SIZE];

    len -= len % AES_BLOCK_SIZE;
    memcpy(vector, iv, sizeof(vector));
    switch (key_len) {
    case AES128_KEY_SIZE:
        aes128_set_decrypt_key(&aes128, key);
        cbc_decrypt(&aes128, (nettle_cipher_func *)aes128_decrypt, AES_BLOCK_SIZE, vector, len,
                    data, data);
        return true;
    case AES192_KEY_SIZE:
        aes192_set_decrypt_key(&aes192, key);
        cbc_decrypt(&aes192, (nettle_cipher_func *)aes192_decrypt, AES_BLOCK_SIZE, vector, len,
                    data, data);
        return true;
    case AES256_KEY_SIZE:
        aes256_set_decrypt_key(&aes256, key);
        cbc_decrypt(&aes256, (nettle_cipher_func *)aes256_decrypt, AES_BLOCK_SIZE, vector, len,
                    data, data);
        return true;
    default:
        return false;
    }
}

bool lock_aes_ecb(const unsigned char *key, size_t key_len, unsigned char *data, size_t len)
{
    struct aes128_ctx aes128;
    struct aes192_ctx aes192;
    struct aes256_ctx aes256;

    len -= len % AES_BLOCK_SIZE;
    switch (key_len) {
    case AES128_KEY_SIZE:
        aes128_set_decrypt_key(&aes128, key);
        aes128_decrypt(&aes128, len, data, data);
        return true;
    case AES192_KEY_SIZE:
        aes192_set_decrypt_key(&aes192, key);
        aes192_decrypt(&aes192, len, data, data);
        return true;
    case AES256_KEY_SIZE:
        aes256_set_decrypt_key(&aes256, key);
        aes256_decrypt(&aes256, len, data, data);
        return true;
    default:
        return false;
    }
}

size_t lock_attribute(const struct xml_element *element, const char *name, unsigned char *out,
                      size_t max)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    char text[1024];

    xml_attribute(element, name, text, sizeof(text));
    buf_init(&bytes, sizeof(text));
    mime_decode_base64(text, strlen(text), &bytes);
    size_t len = bytes.len < max ? bytes.len : max;
    memcpy(out, bytes.data, len);
    return len;
}
