#include "crypt/keys.h"

#include <fcntl.h>
#include <sodium.h>
#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/clock.h"
#include "base/io.h"

/*
 * The file `keys` (docs/FORMAT.md):
 *   head   "SANADKEY", u32 version, u32 number of slots
 *   slots  SLOT_BYTES each
 *   tail   32-byte BLAKE2b of all before it under the `slots` key,
 *          32-byte BLAKE2b of all before it without a key: damage is told from a wrong passphrase
 */
enum {
    KEYS_VERSION = 1,
    HEAD_BYTES = 16,
    MAC_BYTES = 32,
    SALT_BYTES = crypto_pwhash_SALTBYTES,
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    WRAPPED_BYTES = KEY_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES,
    /* offsets in a slot */
    AT_ID = 0,
    AT_KIND = 4,
    AT_CREATED = 8,
    AT_PASSES = 16,
    AT_MEMORY = 24,
    AT_SALT = 32,
    AT_LABEL = AT_SALT + SALT_BYTES,
    AT_NONCE = AT_LABEL + KEY_LABEL_MAX,
    AT_WRAPPED = AT_NONCE + NONCE_BYTES,
    SLOT_BYTES = AT_WRAPPED + WRAPPED_BYTES,
    FILE_MAX = HEAD_BYTES + KEY_SLOTS_MAX * SLOT_BYTES + 2 * MAC_BYTES,
    SLOT_PASSPHRASE = 1,
};

static const char magic[8] = {'S', 'A', 'N', 'A', 'D', 'K', 'E', 'Y'};

#define ARGON2_PASSES 3u
#define ARGON2_MEMORY (256u << 20)
/* A keys file can ask for no more than this. */
#define ARGON2_PASSES_MAX 16u
#define ARGON2_MEMORY_MAX (1u << 30)

void case_keys_free(struct case_keys *keys)
{
    if (keys)
        sodium_free(keys); /* wipes */
}

static struct case_keys *keys_alloc(void)
{
    struct case_keys *keys = sodium_malloc(sizeof(*keys));

    BUG_IF(!keys);
    return keys;
}

struct case_keys *case_keys_dup(const struct case_keys *keys)
{
    struct case_keys *copy = keys_alloc();

    memcpy(copy, keys, sizeof(*copy));
    return copy;
}

static void derive_all(struct case_keys *keys)
{
    static const char context[crypto_kdf_CONTEXTBYTES] = {'s', 'a', 'n', 'a', 'd', 'c', 'a', 's'};

    crypto_kdf_derive_from_key(keys->database, KEY_BYTES, 1, context, keys->master);
    crypto_kdf_derive_from_key(keys->object, KEY_BYTES, 2, context, keys->master);
    crypto_kdf_derive_from_key(keys->naming, KEY_BYTES, 3, context, keys->master);
    crypto_kdf_derive_from_key(keys->custody, KEY_BYTES, 4, context, keys->master);
    crypto_kdf_derive_from_key(keys->slots, KEY_BYTES, 5, context, keys->master);
}

/* ---- the file as bytes ---- */

static size_t slot_count(const struct buf *file)
{
    return le32_get(file->data + 12);
}

static unsigned char *slot_at(const struct buf *file, size_t index)
{
    return (unsigned char *)file->data + HEAD_BYTES + index * SLOT_BYTES;
}

static int load(int case_dirfd, struct buf *file, struct err *err)
{
    unsigned char sum[MAC_BYTES];
    int rc = io_read_file(case_dirfd, "keys", file, err);

    if (rc)
        return rc;
    if (file->len < HEAD_BYTES + 2 * MAC_BYTES || memcmp(file->data, magic, sizeof(magic)) != 0)
        return err_set(err, ERR_CORRUPT, "the file keys is not a sanad keys file");
    crypto_generichash(sum, MAC_BYTES, (const unsigned char *)file->data, file->len - MAC_BYTES,
                       NULL, 0);
    if (sodium_memcmp(sum, file->data + file->len - MAC_BYTES, MAC_BYTES))
        return err_set(err, ERR_CORRUPT,
                       "the file keys is damaged: its checksum does not fit. Restore it from a "
                       "copy of the case");
    if (le32_get(file->data + 8) != KEYS_VERSION)
        return err_set(err, ERR_UNSUPPORTED,
                       "the file keys is of version %u, made by a newer sanad",
                       le32_get(file->data + 8));
    if (slot_count(file) < 1 || slot_count(file) > KEY_SLOTS_MAX ||
        file->len != HEAD_BYTES + slot_count(file) * SLOT_BYTES + 2 * MAC_BYTES)
        return err_set(err, ERR_CORRUPT, "the file keys has a wrong length");
    return 0;
}

static void sign(const struct buf *file, const struct case_keys *keys, unsigned char mac[MAC_BYTES])
{
    crypto_generichash(mac, MAC_BYTES, (const unsigned char *)file->data,
                       HEAD_BYTES + slot_count(file) * SLOT_BYTES, keys->slots, KEY_BYTES);
}

/* Puts the sums of authentication behind head and slots and writes the file. */
static int save(int case_dirfd, struct buf *file, const struct case_keys *keys, struct err *err)
{
    unsigned char mac[MAC_BYTES];

    file->len = HEAD_BYTES + slot_count(file) * SLOT_BYTES;
    sign(file, keys, mac);
    BUG_IF(buf_append(file, mac, MAC_BYTES));
    crypto_generichash(mac, MAC_BYTES, (const unsigned char *)file->data, file->len, NULL, 0);
    BUG_IF(buf_append(file, mac, MAC_BYTES));
    return io_replace_file(case_dirfd, "keys", file->data, file->len, err);
}

/* ---- slots ---- */

static int derive_slot_key(const unsigned char *slot, const struct passphrase *passphrase,
                           unsigned char *ret_key, struct err *err)
{
    uint64_t passes = le64_get(slot + AT_PASSES);
    uint64_t memory = le64_get(slot + AT_MEMORY);

    if (passes < 1 || passes > ARGON2_PASSES_MAX || memory < (8u << 20) ||
        memory > ARGON2_MEMORY_MAX)
        return err_set(err, ERR_CORRUPT, "a key slot asks for an absurd Argon2id cost");
    if (crypto_pwhash(ret_key, KEY_BYTES, passphrase->text, passphrase->len, slot + AT_SALT, passes,
                      (size_t)memory, crypto_pwhash_ALG_ARGON2ID13))
        return err_set(err, ERR_LIMIT,
                       "not enough memory to derive the key: %llu MiB are needed for a moment",
                       (unsigned long long)(memory >> 20));
    return 0;
}

static int slot_fill(unsigned char *slot, uint32_t id, const struct passphrase *passphrase,
                     const char *label, const struct case_keys *keys, struct err *err)
{
    unsigned char *key = sodium_malloc(KEY_BYTES);
    size_t label_len = strlen(label);
    int rc;

    BUG_IF(!key);
    memset(slot, 0, SLOT_BYTES);
    le32_put(slot + AT_ID, id);
    slot[AT_KIND] = SLOT_PASSPHRASE;
    le64_put(slot + AT_CREATED, (uint64_t)clock_now());
    le64_put(slot + AT_PASSES, ARGON2_PASSES);
    le64_put(slot + AT_MEMORY, ARGON2_MEMORY);
    randombytes_buf(slot + AT_SALT, SALT_BYTES);
    memcpy(slot + AT_LABEL, label, label_len < KEY_LABEL_MAX ? label_len : KEY_LABEL_MAX - 1);
    randombytes_buf(slot + AT_NONCE, NONCE_BYTES);
    rc = derive_slot_key(slot, passphrase, key, err);
    if (!rc)
        crypto_aead_xchacha20poly1305_ietf_encrypt(slot + AT_WRAPPED, NULL, keys->master, KEY_BYTES,
                                                   slot, AT_NONCE, NULL, slot + AT_NONCE, key);
    sodium_free(key);
    return rc;
}

/* 0 when the passphrase opens the slot, ERR_PASSPHRASE when not. */
static int slot_open(const unsigned char *slot, const struct passphrase *passphrase,
                     struct case_keys *keys, struct err *err)
{
    unsigned char *key = sodium_malloc(KEY_BYTES);
    int rc;

    BUG_IF(!key);
    rc = derive_slot_key(slot, passphrase, key, err);
    if (!rc && crypto_aead_xchacha20poly1305_ietf_decrypt(keys->master, NULL, NULL,
                                                          slot + AT_WRAPPED, WRAPPED_BYTES, slot,
                                                          AT_NONCE, slot + AT_NONCE, key))
        rc = ERR_PASSPHRASE;
    sodium_free(key);
    return rc;
}

/* Opens any slot; gives its index. */
static int open_any(const struct buf *file, const struct passphrase *passphrase,
                    struct case_keys *keys, size_t *ret_index, struct err *err)
{
    for (size_t i = 0; i < slot_count(file); i++) {
        int rc = slot_open(slot_at(file, i), passphrase, keys, err);
        if (rc == ERR_PASSPHRASE)
            continue;
        if (!rc)
            *ret_index = i;
        return rc;
    }
    return err_set(err, ERR_PASSPHRASE, "wrong passphrase: no key slot of this case opens with it");
}

int keys_create(int case_dirfd, const struct passphrase *passphrase, const char *label,
                struct case_keys **ret_keys, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf file = {0};
    unsigned char slot[SLOT_BYTES];
    unsigned char head[HEAD_BYTES];
    struct case_keys *keys = keys_alloc();

    buf_init(&file, FILE_MAX);
    randombytes_buf(keys->master, KEY_BYTES);
    derive_all(keys);
    memcpy(head, magic, sizeof(magic));
    le32_put(head + 8, KEYS_VERSION);
    le32_put(head + 12, 1);
    BUG_IF(buf_append(&file, head, HEAD_BYTES));

    int rc = slot_fill(slot, 1, passphrase, label, keys, err);
    if (!rc) {
        BUG_IF(buf_append(&file, slot, SLOT_BYTES));
        rc = save(case_dirfd, &file, keys, err);
    }
    if (rc)
        case_keys_free(keys);
    else
        *ret_keys = keys;
    return rc;
}

int keys_open(int case_dirfd, const struct passphrase *passphrase, struct case_keys **ret_keys,
              struct err *err)
{
    CLEANUP(cleanup_buf) struct buf file = {0};
    unsigned char mac[MAC_BYTES];
    size_t index;

    buf_init(&file, FILE_MAX);
    int rc = load(case_dirfd, &file, err);
    if (rc)
        return rc;
    struct case_keys *keys = keys_alloc();
    rc = open_any(&file, passphrase, keys, &index, err);
    if (!rc) {
        derive_all(keys);
        sign(&file, keys, mac);
        if (sodium_memcmp(mac, file.data + file.len - 2 * MAC_BYTES, MAC_BYTES))
            rc = err_set(err, ERR_CORRUPT,
                         "the file keys was changed by somebody without the case key");
    }
    if (rc)
        case_keys_free(keys);
    else
        *ret_keys = keys;
    return rc;
}

int keys_list(int case_dirfd, struct key_slot_info *ret_slots, size_t max, size_t *ret_count,
              struct err *err)
{
    CLEANUP(cleanup_buf) struct buf file = {0};

    buf_init(&file, FILE_MAX);
    int rc = load(case_dirfd, &file, err);
    if (rc)
        return rc;
    *ret_count = 0;
    for (size_t i = 0; i < slot_count(&file) && i < max; i++, (*ret_count)++) {
        const unsigned char *slot = slot_at(&file, i);
        ret_slots[i].id = le32_get(slot + AT_ID);
        ret_slots[i].created = (int64_t)le64_get(slot + AT_CREATED);
        memcpy(ret_slots[i].label, slot + AT_LABEL, KEY_LABEL_MAX);
        ret_slots[i].label[KEY_LABEL_MAX - 1] = '\0';
    }
    return 0;
}

int keys_add(int case_dirfd, const struct case_keys *keys, const struct passphrase *passphrase,
             const char *label, uint32_t *ret_id, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf file = {0};
    unsigned char slot[SLOT_BYTES];
    uint32_t id = 0;

    buf_init(&file, FILE_MAX);
    int rc = load(case_dirfd, &file, err);
    if (rc)
        return rc;
    size_t count = slot_count(&file);
    if (count == KEY_SLOTS_MAX)
        return err_set(err, ERR_LIMIT, "all %d key slots are in use; remove one first",
                       KEY_SLOTS_MAX);
    for (size_t i = 0; i < count; i++)
        if (le32_get(slot_at(&file, i) + AT_ID) > id)
            id = le32_get(slot_at(&file, i) + AT_ID);
    id++;
    if ((rc = slot_fill(slot, id, passphrase, label, keys, err)))
        return rc;
    file.len = HEAD_BYTES + count * SLOT_BYTES;
    BUG_IF(buf_append(&file, slot, SLOT_BYTES));
    le32_put(file.data + 12, (uint32_t)count + 1);
    *ret_id = id;
    return save(case_dirfd, &file, keys, err);
}

int keys_remove(int case_dirfd, const struct case_keys *keys, uint32_t id, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf file = {0};

    buf_init(&file, FILE_MAX);
    int rc = load(case_dirfd, &file, err);
    if (rc)
        return rc;
    size_t count = slot_count(&file);
    for (size_t i = 0; i < count; i++) {
        if (le32_get(slot_at(&file, i) + AT_ID) != id)
            continue;
        if (count == 1)
            return err_set(err, ERR_USAGE,
                           "this is the last key slot: without it nobody could open the case. Add "
                           "another first (sanad keys CASE add)");
        memmove(slot_at(&file, i), slot_at(&file, i + 1), (count - i - 1) * SLOT_BYTES);
        le32_put(file.data + 12, (uint32_t)count - 1);
        return save(case_dirfd, &file, keys, err);
    }
    return err_set(err, ERR_NOT_FOUND, "there is no key slot %u; sanad keys CASE list shows them",
                   id);
}

int keys_change(int case_dirfd, const struct case_keys *keys, const struct passphrase *old,
                const struct passphrase *fresh, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf file = {0};
    struct case_keys *opened = keys_alloc();
    size_t index = 0;

    buf_init(&file, FILE_MAX);
    int rc = load(case_dirfd, &file, err);
    if (!rc)
        rc = open_any(&file, old, opened, &index, err);
    case_keys_free(opened);
    if (rc)
        return rc;
    unsigned char *slot = slot_at(&file, index);
    char label[KEY_LABEL_MAX];
    memcpy(label, slot + AT_LABEL, KEY_LABEL_MAX);
    label[KEY_LABEL_MAX - 1] = '\0';
    if ((rc = slot_fill(slot, le32_get(slot + AT_ID), fresh, label, keys, err)))
        return rc;
    return save(case_dirfd, &file, keys, err);
}
