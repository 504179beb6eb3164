/*
 * Passwords of office documents: what the ways of locking them have in common.
 */
#ifndef WORKER_LOCK_H
#define WORKER_LOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "worker/reader.h"
#include "worker/xml/xml.h"

enum { LOCK_PASSWORD_MAX = 512, LOCK_HASH_MAX = 64, LOCK_SPIN_MAX = 10000000 };

enum lock_hash { LOCK_NO_HASH, LOCK_MD5, LOCK_SHA1, LOCK_SHA256, LOCK_SHA384, LOCK_SHA512 };

/* "SHA1", "SHA-512" and their like; LOCK_NO_HASH for an unknown name. */
enum lock_hash lock_hash_named(const char *name);
size_t lock_hash_size(enum lock_hash hash);

/* The hash of two pieces put together; either may be empty. */
void lock_hash(enum lock_hash hash, const void *first, size_t first_len, const void *second,
               size_t second_len, unsigned char out[LOCK_HASH_MAX]);

/* A password as UTF-16, little-endian; `out` is initialised here. */
void lock_password_wide(const char *password, struct buf *out);

/* The n-th password to try: what the user gave, then what programs lock with by themselves (an
 * empty one, "VelvetSweatshop" of Excel); NULL at the end. */
const char *lock_password(const struct input *input, size_t n);

struct verdict lock_verdict(void);

/* An attribute in base64, of which at most `max` bytes are taken. Returns their number. */
size_t lock_attribute(const struct xml_element *element, const char *name, unsigned char *out,
                      size_t max);

/* AES in place. CBC takes an initial vector of 16 bytes; ECB none. False for a key's length that
 * AES has not. `len` is rounded down to whole blocks. */
bool lock_aes_cbc(const unsigned char *key, size_t key_len, const unsigned char iv[16],
                  unsigned char *data, size_t len);
bool lock_aes_ecb(const unsigned char *key, size_t key_len, unsigned char *data, size_t len);

#endif
