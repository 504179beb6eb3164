#include "worker/office/lock_rc4.h"

#include <nettle/arcfour.h>
#include <string.h>

#include "base/bytes.h"

enum { MD5_BYTES = 16, SHA1_BYTES = 20, SHORT_KEY = 5, SALT = 16, VERIFIER = 16 };

/* 2.3.6.2: the password's hash cut to 40 bits and hashed sixteen times over with the salt. */
static void base_40(const unsigned char *salt, const struct buf *password, struct lock_rc4 *ret)
{
    unsigned char hash[LOCK_HASH_MAX];
    unsigned char repeated[16 * (SHORT_KEY + SALT)];

    lock_hash(LOCK_MD5, password->data, password->len, "", 0, hash);
    for (size_t i = 0; i < 16; i++) {
        memcpy(repeated + i * (SHORT_KEY + SALT), hash, SHORT_KEY);
        memcpy(repeated + i * (SHORT_KEY + SALT) + SHORT_KEY, salt, SALT);
    }
    lock_hash(LOCK_MD5, repeated, sizeof(repeated), "", 0, hash);
    *ret = (struct lock_rc4){.base_len = SHORT_KEY, .key_len = MD5_BYTES};
    memcpy(ret->base, hash, SHORT_KEY);
}

static void base_crypto_api(const unsigned char *salt, const struct buf *password, unsigned bits,
                            struct lock_rc4 *ret)
{
    unsigned char hash[LOCK_HASH_MAX];

    lock_hash(LOCK_SHA1, salt, SALT, password->data, password->len, hash);
    *ret = (struct lock_rc4){.crypto_api = true, .base_len = SHA1_BYTES, .key_len = bits / 8};
    memcpy(ret->base, hash, SHA1_BYTES);
}

static void start_block(const struct lock_rc4 *lock, uint32_t number, struct arcfour_ctx *ret)
{
    unsigned char key[LOCK_HASH_MAX] = {0};
    unsigned char block[4];
    size_t len = lock->key_len;

    le32_put(block, number);
    lock_hash(lock->crypto_api ? LOCK_SHA1 : LOCK_MD5, lock->base, lock->base_len, block,
              sizeof(block), key);
    if (lock->crypto_api && len == SHORT_KEY) { /* 40 bits are filled up with zeros */
        memset(key + SHORT_KEY, 0, 16 - SHORT_KEY);
        len = 16;
    }
    arcfour_set_key(ret, len, key);
}

static bool verifies(const struct lock_rc4 *lock, const unsigned char *verifier,
                     const unsigned char *hash, size_t hash_len)
{
    struct arcfour_ctx rc4;
    unsigned char plain[VERIFIER];
    unsigned char said[SHA1_BYTES];
    unsigned char made[LOCK_HASH_MAX];

    start_block(lock, 0, &rc4);
    arcfour_crypt(&rc4, VERIFIER, plain, verifier);
    arcfour_crypt(&rc4, hash_len, said, hash);
    lock_hash(lock->crypto_api ? LOCK_SHA1 : LOCK_MD5, plain, VERIFIER, "", 0, made);
    return memcmp(said, made, hash_len) == 0;
}

/* 2.3.5.1: flags, the header's size, the header, then salt and verifier with their lengths. */
static enum lock_found open_crypto_api(const unsigned char *header, size_t len,
                                       const struct buf *password, struct lock_rc4 *ret)
{
    enum { ALGORITHM_RC4 = 0x6801 };
    size_t size = len >= 12 ? le32_get(header + 8) : 0;

    if (size < 32 || size > len - 12 || len - 12 - size < 4 + SALT + VERIFIER + 4 + SHA1_BYTES)
        return LOCK_UNKNOWN;
    uint32_t algorithm = le32_get(header + 12 + 8);
    uint32_t bits = le32_get(header + 12 + 16);
    const unsigned char *verifier = header + 12 + size;
    if (bits == 0)
        bits = 40;
    if ((algorithm != ALGORITHM_RC4 && algorithm != 0) || bits < 40 || bits > 128 || bits % 8)
        return LOCK_UNKNOWN;
    base_crypto_api(verifier + 4, password, bits, ret);
    return verifies(ret, verifier + 4 + SALT, verifier + 4 + SALT + VERIFIER + 4, SHA1_BYTES)
               ? LOCK_OPEN
               : LOCK_WRONG;
}

/* Tries a password on an encryption header, which begins with its version. LOCK_UNKNOWN: the header
 * is none of these. */
static enum lock_found open_with(const unsigned char *header, size_t len, const char *password,
                                 struct lock_rc4 *ret)
{
    CLEANUP(cleanup_buf) struct buf wide = {0};

    if (len < 4)
        return LOCK_UNKNOWN;
    unsigned major = le16_get(header);
    unsigned minor = le16_get(header + 2);
    lock_password_wide(password, &wide);
    if (major == 1 && minor == 1 && len >= 4 + SALT + VERIFIER + MD5_BYTES) {
        base_40(header + 4, &wide, ret);
        return verifies(ret, header + 4 + SALT, header + 4 + SALT + VERIFIER, MD5_BYTES)
                   ? LOCK_OPEN
                   : LOCK_WRONG;
    }
    if (major >= 2 && major <= 4 && minor == 2)
        return open_crypto_api(header, len, &wide, ret);
    return LOCK_UNKNOWN;
}

enum lock_found lock_rc4_try(const unsigned char *header, size_t len, const struct input *input,
                             struct lock_rc4 *ret)
{
    enum lock_found found = LOCK_UNKNOWN;
    const char *password;

    for (size_t n = 0; (password = lock_password(input, n)) != NULL; n++) {
        found = open_with(header, len, password, ret);
        if (found != LOCK_WRONG)
            return found;
    }
    return found;
}

void lock_rc4_apply_block(const struct lock_rc4 *lock, unsigned char *data, size_t len,
                          uint32_t number)
{
    struct arcfour_ctx rc4;

    start_block(lock, number, &rc4);
    arcfour_crypt(&rc4, len, data, data);
}

void lock_rc4_apply(const struct lock_rc4 *lock, unsigned char *data, size_t len, uint64_t offset,
                    uint32_t block)
{
    while (len) {
        struct arcfour_ctx rc4;
        unsigned char nothing[1024];
        size_t skip = (size_t)(offset % block);
        size_t step = block - skip < len ? block - skip : len;

        start_block(lock, (uint32_t)(offset / block), &rc4);
        while (skip) { /* the key stream up to the offset */
            size_t part = skip < sizeof(nothing) ? skip : sizeof(nothing);
            memset(nothing, 0, part);
            arcfour_crypt(&rc4, part, nothing, nothing);
            skip -= part;
        }
        arcfour_crypt(&rc4, step, data, data);
        data += step;
        len -= step;
        offset += step;
    }
}

/* ---- XOR ---- */

static unsigned turn16(unsigned value, unsigned by, unsigned width)
{
    unsigned mask = (1U << width) - 1;

    return ((value << by) | ((value & mask) >> (width - by))) & mask;
}

static unsigned xor_key(const unsigned char *password, size_t len)
{
    unsigned key = 0;
    unsigned base = 0x8000;
    unsigned end = 0xFFFF;

    for (size_t i = len; i-- > 0;) {
        unsigned c = password[i] & 0x7F;
        for (int bit = 0; bit < 8; bit++, c >>= 1) {
            base = turn16(base, 1, 16);
            base ^= base & 1 ? 0x1020 : 0;
            key ^= c & 1 ? base : 0;
            end = turn16(end, 1, 16);
            end ^= end & 1 ? 0x1020 : 0;
        }
    }
    return key ^ end;
}

static unsigned xor_hash(const unsigned char *password, size_t len)
{
    unsigned hash = len ? (unsigned)len ^ 0xCE4B : 0;

    for (size_t i = 0; i < len; i++)
        hash ^= turn16(password[i], (unsigned)(i + 1) % 15, 15);
    return hash;
}

bool lock_xor_open(const char *password, unsigned key, unsigned hash, unsigned turn,
                   unsigned char ret[16])
{
    static const unsigned char fill[] = {0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80,
                                         0x00, 0xBE, 0x0F, 0x00, 0xBF, 0x0F, 0x00};
    const unsigned char *bytes = (const unsigned char *)password;
    size_t len = strnlen(password, 15);

    if (len == 0 || xor_key(bytes, len) != key || xor_hash(bytes, len) != hash)
        return false;
    for (size_t i = 0; i < 16; i++) {
        unsigned c = i < len ? bytes[i] : fill[i - len];
        c ^= i & 1 ? key >> 8 : key & 0xFF;
        ret[i] = (unsigned char)turn16(c, turn, 8);
    }
    return true;
}
