/*
 * The locks of binary office documents: RC4 with a key of 40 bits, RC4 through CryptoAPI, and the
 * older XOR obfuscation ([MS-OFFCRYPTO] 2.3.5 to 2.3.7).
 */
#ifndef WORKER_LOCK_RC4_H
#define WORKER_LOCK_RC4_H

#include "worker/office/lock.h"

struct lock_rc4 {
    bool crypto_api;
    unsigned char base[20]; /* what the keys of blocks are made of */
    size_t base_len;
    size_t key_len; /* bytes */
};

enum lock_found { LOCK_OPEN, LOCK_WRONG, LOCK_UNKNOWN };

/* Tries all passwords. */
enum lock_found lock_rc4_try(const unsigned char *header, size_t len, const struct input *input,
                             struct lock_rc4 *ret);

/* Opens bytes in place that begin at `offset` of a stream, whose key changes every `block` bytes.
 */
void lock_rc4_apply(const struct lock_rc4 *lock, unsigned char *data, size_t len, uint64_t offset,
                    uint32_t block);

/* The same with one key, that of the block with this number. */
void lock_rc4_apply_block(const struct lock_rc4 *lock, unsigned char *data, size_t len,
                          uint32_t number);

/* XOR: sixteen bytes made of the password. False when the key and the hash kept in the file are not
 * those of this password. `turn` is 2 for Excel and 7 for Word. */
bool lock_xor_open(const char *password, unsigned key, unsigned hash, unsigned turn,
                   unsigned char ret[16]);

#endif
