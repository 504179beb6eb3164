#include "worker/archive/rar4_key.h"

#include <nettle/sha1.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "worker/archive/sevenzip_key.h"

enum { ROUNDS = 1 << 18, KEPT = 32, KEY = 16 };

/* Files of an archive often share a salt. */
static struct kept {
    char *password;
    bool salted;
    unsigned char salt[RAR4_SALT];
    struct cipher cipher;
} kept[KEPT];
static size_t kept_next;

static void derive(const char *password, const unsigned char *salt, struct cipher *cipher)
{
    uint8_t seed[PASSWORD_UTF16_BYTES + RAR4_SALT];
    uint8_t digest[SHA1_DIGEST_SIZE];
    struct sha1_ctx ctx;

    size_t len = password_utf16(password, seed);
    if (salt) {
        memcpy(seed + len, salt, RAR4_SALT);
        len += RAR4_SALT;
    }
    sha1_init(&ctx);
    for (uint32_t i = 0; i < ROUNDS; i++) {
        uint8_t number[3] = {(uint8_t)i, (uint8_t)(i >> 8), (uint8_t)(i >> 16)};
        sha1_update(&ctx, len, seed);
        sha1_update(&ctx, sizeof(number), number);
        if (i % (ROUNDS / CIPHER_BLOCK) == 0) { /* its last byte is one of the start value */
            struct sha1_ctx so_far = ctx;
            sha1_digest(&so_far, sizeof(digest), digest);
            cipher->iv[i / (ROUNDS / CIPHER_BLOCK)] = digest[SHA1_DIGEST_SIZE - 1];
        }
    }
    sha1_digest(&ctx, sizeof(digest), digest);
    for (size_t i = 0; i < KEY; i++) /* words of the other byte order */
        cipher->key[i] = digest[i / 4 * 4 + 3 - i % 4];
    cipher->key_len = KEY;
}

void rar4_key(const char *password, const unsigned char *salt, struct cipher *ret_cipher)
{
    static const unsigned char NONE[RAR4_SALT];

    for (size_t i = 0; i < KEPT; i++)
        if (kept[i].password && strcmp(kept[i].password, password) == 0 &&
            kept[i].salted == (salt != NULL) &&
            memcmp(kept[i].salt, salt ? salt : NONE, RAR4_SALT) == 0) {
            *ret_cipher = kept[i].cipher;
            return;
        }
    struct kept *new = &kept[kept_next++ % KEPT];
    free(new->password);
    *new = (struct kept){.password = mem_strdup(password), .salted = salt != NULL};
    memcpy(new->salt, salt ? salt : NONE, RAR4_SALT);
    derive(password, salt, &new->cipher);
    *ret_cipher = new->cipher;
}
