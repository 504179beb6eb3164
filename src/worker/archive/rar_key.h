/*
 * Keys of encrypted RAR 5 archives from the user's passwords.
 */
#ifndef WORKER_RAR_KEY_H
#define WORKER_RAR_KEY_H

#include "worker/reader.h"
#include "worker/archive/source.h"

enum { RAR_SALT = 16, RAR_CHECK = 8, RAR_KEYS_KEPT = 16, RAR_KDF_MAX = 24 };

/* Keys found so far: files of an archive mostly share one salt. */
struct rar_keys {
    const struct input *input;
    struct {
        uint8_t salt[RAR_SALT];
        uint8_t kdf;
        bool found;
        uint8_t key[32];
    } kept[RAR_KEYS_KEPT];
    size_t count;
    size_t good; /* the password that fitted last: tried first */
};

/* Sets cipher's key by the first password that gives the check value (NULL: there is none, the
 * first password is taken). False when none fits or the salt asks for more than 2^RAR_KDF_MAX
 * rounds. */
bool rar_key_find(struct rar_keys *keys, const uint8_t salt[RAR_SALT], uint8_t kdf,
                  const uint8_t *check, struct cipher *cipher);

#endif
