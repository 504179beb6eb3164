#include "worker/archive/rar_key.h"

#include <nettle/hmac.h>
#include <string.h>

/* PBKDF2 (RFC 8018, 5.2) of one block; RAR goes on for 32 rounds to get a value by which a password
 * is checked. */
static void derive(const char *password, const uint8_t salt[RAR_SALT], uint8_t kdf, uint8_t key[32],
                   uint8_t check[RAR_CHECK])
{
    enum { FURTHER = 32 };
    static const uint8_t BLOCK[4] = {0, 0, 0, 1};
    struct hmac_sha256_ctx ctx;
    uint8_t round[32];
    uint8_t sum[32];
    uint32_t rounds = UINT32_C(1) << kdf;

    hmac_sha256_set_key(&ctx, strlen(password), (const uint8_t *)password);
    hmac_sha256_update(&ctx, RAR_SALT, salt);
    hmac_sha256_update(&ctx, sizeof(BLOCK), BLOCK);
    hmac_sha256_digest(&ctx, sizeof(round), round);
    memcpy(sum, round, sizeof(sum));
    for (uint32_t i = 1; i < rounds + FURTHER; i++) {
        if (i == rounds)
            memcpy(key, sum, sizeof(sum));
        hmac_sha256_update(&ctx, sizeof(round), round);
        hmac_sha256_digest(&ctx, sizeof(round), round);
        for (size_t b = 0; b < sizeof(sum); b++)
            sum[b] ^= round[b];
    }
    memset(check, 0, RAR_CHECK);
    for (size_t b = 0; b < sizeof(sum); b++)
        check[b % RAR_CHECK] ^= sum[b];
}

static bool try_all(struct rar_keys *keys, const uint8_t salt[RAR_SALT], uint8_t kdf,
                    const uint8_t *check, uint8_t key[32])
{
    size_t count = keys->input->password_count;

    for (size_t i = 0; i < count; i++) {
        size_t at = (keys->good + i) % count;
        uint8_t made[RAR_CHECK];
        derive(keys->input->passwords[at], salt, kdf, key, made);
        if (!check || memcmp(made, check, RAR_CHECK) == 0) {
            keys->good = at;
            return true;
        }
    }
    return false;
}

bool rar_key_find(struct rar_keys *keys, const uint8_t salt[RAR_SALT], uint8_t kdf,
                  const uint8_t *check, struct cipher *cipher)
{
    size_t at = 0;

    if (kdf > RAR_KDF_MAX)
        return false;
    while (at < keys->count &&
           (memcmp(keys->kept[at].salt, salt, RAR_SALT) != 0 || keys->kept[at].kdf != kdf))
        at++;
    if (at == keys->count) {
        if (at == RAR_KEYS_KEPT)
            at = 0;
        else
            keys->count++;
        memcpy(keys->kept[at].salt, salt, RAR_SALT);
        keys->kept[at].kdf = kdf;
        keys->kept[at].found = try_all(keys, salt, kdf, check, keys->kept[at].key);
    }
    cipher->key_len = 32;
    memcpy(cipher->key, keys->kept[at].key, 32);
    return keys->kept[at].found;
}
