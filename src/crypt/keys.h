/*
 * Key slots and the case key (docs/FORMAT.md, "keys").
 *
 * A random 256-bit case key is wrapped once for each slot under a key that Argon2id (RFC 9106:
 * 256 MiB, 3 passes, 1 lane) derives from that slot's passphrase. All other keys are derived
 * from the case key (BLAKE2b, crypto_kdf). The file as a whole is authenticated under the case
 * key, so that a changed byte in any slot is found by whoever can open one.
 */
#ifndef CRYPT_KEYS_H
#define CRYPT_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { KEY_BYTES = 32, KEY_SLOTS_MAX = 16, KEY_LABEL_MAX = 64, PASSPHRASE_MAX = 1024 };

/* A passphrase in locked memory. */
struct passphrase {
    char *text; /* NUL-terminated, in locked memory */
    size_t len;
};

/* Starts libsodium, forbids core dumps and tracing of this process. Once, before anything else of
 * crypt. */
int crypt_start(struct err *err);

struct passphrase *passphrase_new(const char *text, size_t len);
void passphrase_free(struct passphrase *passphrase); /* wipes; accepts NULL */
void cleanup_passphrase(struct passphrase *const *passphrase);
/* From a file: its first line without the newline. From the terminal: without echo; asked twice
 * when `confirm`. */
int passphrase_from_file(const char *path, struct passphrase **ret_passphrase, struct err *err);
enum passphrase_ask { PASSPHRASE_ONCE, PASSPHRASE_TWICE };
int passphrase_prompt(const char *prompt, enum passphrase_ask ask,
                      struct passphrase **ret_passphrase, struct err *err);

/* Locked memory with all keys of a case. */
struct case_keys {
    unsigned char master[KEY_BYTES];
    unsigned char database[KEY_BYTES];
    unsigned char object[KEY_BYTES];  /* encrypts objects */
    unsigned char naming[KEY_BYTES];  /* names objects */
    unsigned char custody[KEY_BYTES]; /* chains the custody log */
    unsigned char slots[KEY_BYTES];   /* authenticates the keys file */
};

void case_keys_free(struct case_keys *keys); /* wipes; accepts NULL */
/* Another holder of the same keys. */
struct case_keys *case_keys_dup(const struct case_keys *keys);

struct key_slot_info {
    uint32_t id;
    char label[KEY_LABEL_MAX];
    int64_t created; /* seconds since the epoch */
};

/* Writes a fresh keys file with a random case key and one slot. */
int keys_create(int case_dirfd, const struct passphrase *passphrase, const char *label,
                struct case_keys **ret_keys, struct err *err);
/* Opens any slot. ERR_PASSPHRASE when none opens; ERR_CORRUPT when one opens and the file's
 * authentication does not hold. */
int keys_open(int case_dirfd, const struct passphrase *passphrase, struct case_keys **ret_keys,
              struct err *err);
int keys_list(int case_dirfd, struct key_slot_info *ret_slots, size_t max, size_t *ret_count,
              struct err *err);
int keys_add(int case_dirfd, const struct case_keys *keys, const struct passphrase *passphrase,
             const char *label, uint32_t *ret_id, struct err *err);
/* The last slot cannot be removed: ERR_USAGE. */
int keys_remove(int case_dirfd, const struct case_keys *keys, uint32_t id, struct err *err);
/* Replaces the slot that `old` opens by one for `fresh`. */
int keys_change(int case_dirfd, const struct case_keys *keys, const struct passphrase *old,
                const struct passphrase *fresh, struct err *err);

#endif
