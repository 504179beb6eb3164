#include "worker/office/odf_lock.h"

#include <nettle/blowfish.h>
#include <nettle/cfb.h>
#include <nettle/pbkdf2.h>
#include <stdlib.h>
#include <string.h>

#include "worker/office/lock.h"

enum {
    BLOB_MAX = 128,
    KEY_MAX = 64,
    ITERATIONS_MAX = 2000000,
    CHECKED = 1024, /* bytes of a part whose hash is kept */
    LOCKED_BYTES_MAX = 256 << 20,
};

struct blob {
    unsigned char bytes[BLOB_MAX];
    size_t len;
};

/* How one part is locked. */
struct lock {
    struct part *part;
    struct blob vector, salt, checksum;
    size_t key_len;
    long iterations;
    bool aes, blowfish, derived;
    enum lock_hash start, check;
};

struct manifest {
    struct package *package;
    struct part *part; /* of the open entry */
    struct lock *locks;
    size_t count;
    bool unknown;
};

static void take_blob(const struct xml_element *element, const char *name, struct blob *ret)
{
    ret->len = lock_attribute(element, name, ret->bytes, sizeof(ret->bytes));
}

static enum lock_hash hash_of(const char *name)
{
    return strstr(name, "256") ? LOCK_SHA256 : LOCK_SHA1;
}

static void on_entry(struct manifest *manifest, const struct xml_element *element)
{
    char path[PART_NAME_MAX];

    xml_attribute(element, "full-path", path, sizeof(path));
    manifest->part = package_part(manifest->package, path);
}

static void on_locked(struct manifest *manifest, const struct xml_element *element)
{
    char name[64];

    if (!manifest->part) {
        manifest->unknown = true;
        return;
    }
    manifest->locks = mem_room(manifest->locks, manifest->count, sizeof(*manifest->locks));
    struct lock *lock = &manifest->locks[manifest->count++];
    *lock = (struct lock){.part = manifest->part, .start = LOCK_SHA1, .key_len = 16};
    take_blob(element, "checksum", &lock->checksum);
    xml_attribute(element, "checksum-type", name, sizeof(name));
    lock->check = lock->checksum.len ? hash_of(name) : LOCK_NO_HASH;
    manifest->part = NULL;
}

static void on_manifest(void *ctx, const struct xml_element *element)
{
    struct manifest *manifest = ctx;
    struct lock *lock = manifest->count ? &manifest->locks[manifest->count - 1] : NULL;
    char name[96];

    if (strcmp(element->name, "file-entry") == 0) {
        on_entry(manifest, element);
    } else if (strcmp(element->name, "encryption-data") == 0 &&
               manifest->count < PACKAGE_PARTS_MAX) {
        on_locked(manifest, element);
    } else if (strcmp(element->name, "encrypted-key") == 0) {
        manifest->unknown = true;
    } else if (lock && strcmp(element->name, "algorithm") == 0) {
        xml_attribute(element, "algorithm-name", name, sizeof(name));
        lock->aes = strstr(name, "aes") && strstr(name, "-cbc");
        lock->blowfish = strstr(name, "lowfish") != NULL;
        take_blob(element, "initialisation-vector", &lock->vector);
    } else if (lock && strcmp(element->name, "start-key-generation") == 0) {
        xml_attribute(element, "start-key-generation-name", name, sizeof(name));
        lock->start = hash_of(name);
    } else if (lock && strcmp(element->name, "key-derivation") == 0) {
        xml_attribute(element, "key-derivation-name", name, sizeof(name));
        lock->derived = strstr(name, "PBKDF2") || strstr(name, "pbkdf2");
        lock->iterations = xml_attribute_number(element, "iteration-count", 0);
        lock->key_len = (size_t)xml_attribute_number(element, "key-size", 16);
        take_blob(element, "salt", &lock->salt);
    }
}

static bool can_open(const struct lock *lock)
{
    bool aes = lock->aes && lock->vector.len == 16 &&
               (lock->key_len == 16 || lock->key_len == 24 || lock->key_len == 32);
    bool blowfish = lock->blowfish && lock->vector.len == BLOWFISH_BLOCK_SIZE &&
                    lock->key_len >= BLOWFISH_MIN_KEY_SIZE &&
                    lock->key_len <= BLOWFISH_MAX_KEY_SIZE;

    return (aes || blowfish) && lock->derived && lock->iterations > 0 &&
           lock->iterations <= ITERATIONS_MAX && lock->salt.len > 0;
}

static void make_key(const struct lock *lock, const char *password, unsigned char key[KEY_MAX])
{
    unsigned char start[LOCK_HASH_MAX];

    lock_hash(lock->start, password, strlen(password), "", 0, start);
    pbkdf2_hmac_sha1(lock_hash_size(lock->start), start, (unsigned)lock->iterations, lock->salt.len,
                     lock->salt.bytes, lock->key_len, key);
}

static void decrypt(const struct lock *lock, const unsigned char *key, unsigned char *data,
                    size_t len)
{
    struct blowfish_ctx blowfish;
    unsigned char vector[BLOWFISH_BLOCK_SIZE];

    if (lock->aes) {
        (void)lock_aes_cbc(key, lock->key_len, lock->vector.bytes, data, len);
        return;
    }
    memcpy(vector, lock->vector.bytes, sizeof(vector));
    (void)blowfish_set_key(&blowfish, lock->key_len, key);
    /* feedback uses the cipher's forward direction both ways */
    cfb_decrypt(&blowfish, (nettle_cipher_func *)blowfish_encrypt, BLOWFISH_BLOCK_SIZE, vector, len,
                data, data);
}

/* Whether the password opens this part: the hash of its first bytes, without AES's padding. */
static bool fits(const struct package *package, const struct lock *lock, const char *password)
{
    unsigned char start[CHECKED];
    unsigned char key[KEY_MAX];
    unsigned char made[LOCK_HASH_MAX];
    size_t len = lock->part->len < CHECKED ? lock->part->len : CHECKED;

    memcpy(start, package->data + lock->part->at, len);
    make_key(lock, password, key);
    decrypt(lock, key, start, len);
    if (lock->aes && lock->part->len <= CHECKED && len && start[len - 1] <= 16 &&
        start[len - 1] <= len)
        len -= start[len - 1];
    lock_hash(lock->check, start, len, "", 0, made);
    return lock->checksum.len == lock_hash_size(lock->check) &&
           memcmp(made, lock->checksum.bytes, lock->checksum.len) == 0;
}

static void open_part(const struct package *package, const struct lock *lock, const char *password)
{
    unsigned char key[KEY_MAX];
    size_t len = lock->part->len;
    unsigned char *bytes = mem_alloc(len ? len : 1);

    memcpy(bytes, package->data + lock->part->at, len);
    make_key(lock, password, key);
    decrypt(lock, key, bytes, len);
    lock->part->own = bytes;
    lock->part->method = PACKAGE_DEFLATED;
}

static enum odf_lock open_all(struct manifest *manifest, const struct input *input)
{
    const char *password;
    uint64_t total = 0;

    for (size_t i = 0; i < manifest->count; i++) {
        total += manifest->locks[i].part->len;
        if (!can_open(&manifest->locks[i]) || manifest->locks[i].check == LOCK_NO_HASH)
            return ODF_LOCK_UNKNOWN;
    }
    if (total > LOCKED_BYTES_MAX)
        return ODF_LOCK_UNKNOWN;
    for (size_t n = 0; (password = lock_password(input, n)) != NULL; n++) {
        if (!fits(manifest->package, &manifest->locks[0], password))
            continue;
        for (size_t i = 0; i < manifest->count; i++)
            open_part(manifest->package, &manifest->locks[i], password);
        return ODF_OPENED;
    }
    return ODF_LOCKED;
}

enum odf_lock odf_unlock(struct package *package, const struct input *input)
{
    static const struct xml_handler handler = {.start = on_manifest};
    struct manifest manifest = {.package = package};
    enum odf_lock found = ODF_NOT_LOCKED;

    (void)package_read_xml(package, "META-INF/manifest.xml", &handler, &manifest);
    if (manifest.unknown || package_part(package, "encrypted-package"))
        found = ODF_LOCK_UNKNOWN;
    else if (manifest.count)
        found = open_all(&manifest, input);
    free(manifest.locks);
    return found;
}
