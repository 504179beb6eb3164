#include "worker/archive/sevenzip_key.h"

#include <nettle/sha2.h>
#include <string.h>

#include "base/bytes.h"
#include "base/utf8.h"
#include "wire/job.h"

enum { ROUNDS_MAX = 24, ROUNDS_NONE = 0x3F, SALT_MAX = 16, KEY = 32 };

struct wanted {
    const char *password;
    uint8_t salt[SALT_MAX];
    size_t salt_len;
    unsigned power;
};

/* A password is given once for a document, so its address tells it. */
static bool same_key(const struct wanted *a, const struct wanted *b)
{
    return a->password == b->password && a->power == b->power && a->salt_len == b->salt_len &&
           memcmp(a->salt, b->salt, a->salt_len) == 0;
}

size_t password_utf16(const char *password, uint8_t out[PASSWORD_UTF16_BYTES])
{
    size_t len = strlen(password);
    size_t to = 0;

    for (size_t at = 0; at < len && to + 4 <= PASSWORD_UTF16_BYTES;) {
        uint32_t rune;
        at += utf8_decode(password + at, len - at, &rune);
        if (rune >= 0x10000) {
            rune -= 0x10000;
            le16_put(out + to, (uint16_t)(0xD800 | rune >> 10));
            to += 2;
            rune = 0xDC00 | (rune & 0x3FF);
        }
        le16_put(out + to, (uint16_t)rune);
        to += 2;
    }
    return to;
}

static void derive(const struct wanted *wanted, uint8_t key[KEY])
{
    uint8_t text[PASSWORD_UTF16_BYTES];
    size_t len = password_utf16(wanted->password, text);
    struct sha256_ctx ctx;

    if (wanted->power == ROUNDS_NONE) {
        memset(key, 0, KEY);
        memcpy(key, wanted->salt, wanted->salt_len);
        size_t room = KEY - wanted->salt_len;
        memcpy(key + wanted->salt_len, text, len < room ? len : room);
        return;
    }
    sha256_init(&ctx);
    for (uint64_t round = 0; round < UINT64_C(1) << wanted->power; round++) {
        uint8_t counter[8];
        le64_put(counter, round);
        sha256_update(&ctx, wanted->salt_len, wanted->salt);
        sha256_update(&ctx, len, text);
        sha256_update(&ctx, sizeof(counter), counter);
    }
    sha256_digest(&ctx, KEY, key);
}

bool sevenzip_key(const char *password, const unsigned char *properties, size_t len,
                  struct cipher *cipher)
{
    static struct wanted last; /* the child reads one document */
    static uint8_t last_key[KEY];
    struct wanted wanted;
    size_t iv_len = 0;

    memset(&wanted, 0, sizeof(wanted));
    if (len < 1)
        return false;
    wanted.password = password;
    wanted.power = properties[0] & 0x3F;
    if (properties[0] & 0xC0) {
        if (len < 2)
            return false;
        wanted.salt_len = (size_t)(properties[0] >> 7 & 1) + (properties[1] >> 4);
        iv_len = (size_t)(properties[0] >> 6 & 1) + (properties[1] & 15);
        if (wanted.salt_len > SALT_MAX || iv_len > CIPHER_BLOCK ||
            2 + wanted.salt_len + iv_len > len)
            return false;
        memcpy(wanted.salt, properties + 2, wanted.salt_len);
    }
    if (wanted.power > ROUNDS_MAX && wanted.power != ROUNDS_NONE)
        return false;
    *cipher = (struct cipher){.key_len = KEY};
    memcpy(cipher->iv, properties + 2 + wanted.salt_len, iv_len);
    if (!same_key(&wanted, &last)) {
        derive(&wanted, last_key);
        last = wanted;
    }
    memcpy(cipher->key, last_key, KEY);
    return true;
}
