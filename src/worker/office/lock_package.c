#include "worker/office/lock_package.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/ole/cfb.h"
#include "worker/office/lock.h"
#include "worker/xml/xml.h"

enum {
    INFO_MAX = 1 << 20,
    SEGMENT = 4096,
    KEY_MAX = 64,
    BLOB_MAX = 256,
    STANDARD_SPIN = 50000,
    AES_BLOCK = 16,
};

/* ---- what the header says ---- */

struct blob {
    unsigned char bytes[BLOB_MAX];
    size_t len;
};

/* How something was locked: the package itself, or the key to it. */
struct cipher {
    struct blob salt;
    size_t key_len, block;
    enum lock_hash hash;
    bool is_aes_cbc;
};

struct agile {
    struct cipher data, key;
    long spin;
    struct blob verifier, verifier_hash, locked_key;
    bool by_password;
};

static void take_blob(const struct xml_element *element, const char *name, struct blob *ret)
{
    ret->len = lock_attribute(element, name, ret->bytes, sizeof(ret->bytes));
}

static void take_cipher(const struct xml_element *element, struct cipher *ret)
{
    char name[32];
    char chaining[32];

    take_blob(element, "saltValue", &ret->salt);
    ret->key_len = (size_t)xml_attribute_number(element, "keyBits", 0) / 8;
    ret->block = (size_t)xml_attribute_number(element, "blockSize", 0);
    xml_attribute(element, "hashAlgorithm", name, sizeof(name));
    ret->hash = lock_hash_named(name);
    xml_attribute(element, "cipherAlgorithm", name, sizeof(name));
    xml_attribute(element, "cipherChaining", chaining, sizeof(chaining));
    ret->is_aes_cbc = strcmp(name, "AES") == 0 && strcmp(chaining, "ChainingModeCBC") == 0 &&
                      ret->block == AES_BLOCK && ret->hash != LOCK_NO_HASH &&
                      (ret->key_len == 16 || ret->key_len == 24 || ret->key_len == 32);
}

static void on_element(void *ctx, const struct xml_element *element)
{
    struct agile *agile = ctx;

    if (strcmp(element->name, "keyData") == 0) {
        take_cipher(element, &agile->data);
    } else if (strcmp(element->name, "encryptedKey") == 0 && !agile->by_password &&
               (agile->spin = xml_attribute_number(element, "spinCount", -1)) >= 0) {
        agile->by_password = true;
        take_cipher(element, &agile->key);
        take_blob(element, "encryptedVerifierHashInput", &agile->verifier);
        take_blob(element, "encryptedVerifierHashValue", &agile->verifier_hash);
        take_blob(element, "encryptedKeyValue", &agile->locked_key);
    }
}

/* ---- agile ([MS-OFFCRYPTO] 2.3.4.11 to 2.3.4.15) ---- */

static void spin_hash(enum lock_hash hash, const struct blob *salt, const struct buf *password,
                      long spin, unsigned char out[LOCK_HASH_MAX])
{
    unsigned char number[4];

    lock_hash(hash, salt->bytes, salt->len, password->data, password->len, out);
    for (long i = 0; i < spin; i++) {
        le32_put(number, (uint32_t)i);
        lock_hash(hash, number, sizeof(number), out, lock_hash_size(hash), out);
    }
}

/* Opens one of the values that the password's key locks; each has a key of its own. */
static bool open_value(const struct agile *agile, const unsigned char *spun,
                       const unsigned char purpose[8], struct blob *value)
{
    const struct cipher *cipher = &agile->key;
    unsigned char key[LOCK_HASH_MAX];
    unsigned char vector[AES_BLOCK];
    size_t size = lock_hash_size(cipher->hash);

    memset(key, 0x36, sizeof(key));
    lock_hash(cipher->hash, spun, size, purpose, 8, key);
    memset(vector, 0x36, sizeof(vector));
    memcpy(vector, cipher->salt.bytes,
           cipher->salt.len < sizeof(vector) ? cipher->salt.len : sizeof(vector));
    return lock_aes_cbc(key, cipher->key_len, vector, value->bytes, value->len);
}

static bool open_agile_key(const struct agile *agile, const char *password,
                           unsigned char ret_key[KEY_MAX])
{
    static const unsigned char for_verifier[8] = {0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79};
    static const unsigned char for_hash[8] = {0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E};
    static const unsigned char for_key[8] = {0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6};
    CLEANUP(cleanup_buf) struct buf wide = {0};
    unsigned char spun[LOCK_HASH_MAX];
    unsigned char made[LOCK_HASH_MAX];
    struct blob verifier = agile->verifier;
    struct blob hash = agile->verifier_hash;
    struct blob key = agile->locked_key;
    size_t size = lock_hash_size(agile->key.hash);

    lock_password_wide(password, &wide);
    spin_hash(agile->key.hash, &agile->key.salt, &wide, agile->spin, spun);
    if (!open_value(agile, spun, for_verifier, &verifier) ||
        !open_value(agile, spun, for_hash, &hash) || !open_value(agile, spun, for_key, &key))
        return false;
    size_t len = verifier.len < agile->key.salt.len ? verifier.len : agile->key.salt.len;
    lock_hash(agile->key.hash, verifier.bytes, len, "", 0, made);
    if (hash.len < size || key.len < agile->data.key_len || memcmp(made, hash.bytes, size) != 0)
        return false;
    memcpy(ret_key, key.bytes, agile->data.key_len);
    return true;
}

static void open_agile_data(const struct agile *agile, const unsigned char *key,
                            unsigned char *data, size_t len)
{
    for (size_t at = 0; at < len; at += SEGMENT) {
        unsigned char number[4];
        unsigned char vector[LOCK_HASH_MAX];
        size_t step = len - at < SEGMENT ? len - at : SEGMENT;

        le32_put(number, (uint32_t)(at / SEGMENT));
        memset(vector, 0x36, sizeof(vector));
        lock_hash(agile->data.hash, agile->data.salt.bytes, agile->data.salt.len, number,
                  sizeof(number), vector);
        (void)lock_aes_cbc(key, agile->data.key_len, vector, data + at, step);
    }
}

static struct verdict open_agile(const struct input *input, const struct buf *info,
                                 unsigned char *data, size_t len)
{
    static const struct xml_handler handler = {.start = on_element};
    CLEANUP(cleanup_free) struct agile *agile = mem_zalloc(1, sizeof(*agile));
    unsigned char key[KEY_MAX];
    const char *password;

    struct xml_parser *parser = xml_parser_new(&handler, agile);
    (void)xml_parser_feed(parser, info->data + 8, info->len - 8);
    xml_parser_free(parser);
    if (!agile->by_password || !agile->data.is_aes_cbc || !agile->key.is_aes_cbc)
        return verdict_failed(REASON_PASSWORD, "locked in a way that no password here opens");
    if (agile->spin > LOCK_SPIN_MAX)
        return verdict_failed(REASON_LIMIT_TIME, "its lock asks for too much work");
    for (size_t n = 0; (password = lock_password(input, n)) != NULL; n++) {
        if (open_agile_key(agile, password, key)) {
            open_agile_data(agile, key, data, len);
            return verdict_text();
        }
    }
    return lock_verdict();
}

/* ---- standard (2.3.4.5 to 2.3.4.10) ---- */

struct standard {
    size_t key_len;
    struct blob salt, verifier, hash;
};

static bool standard_header(const struct buf *info, struct standard *ret)
{
    enum { HEADER = 12, ALGORITHM = 8, BITS = 16, AES_FIRST = 0x660E, AES_LAST = 0x6610 };
    const unsigned char *bytes = (const unsigned char *)info->data;
    size_t size = info->len >= HEADER ? le32_get(bytes + 8) : 0;

    if (size < 32 || size > info->len - HEADER || info->len - HEADER - size < 72)
        return false;
    uint32_t algorithm = le32_get(bytes + HEADER + ALGORITHM);
    ret->key_len = le32_get(bytes + HEADER + BITS) / 8;
    const unsigned char *at = bytes + HEADER + size + 4;
    memcpy(ret->salt.bytes, at, 16);
    memcpy(ret->verifier.bytes, at + 16, 16);
    memcpy(ret->hash.bytes, at + 36, 32);
    ret->salt.len = ret->verifier.len = 16;
    ret->hash.len = 32;
    return algorithm >= AES_FIRST && algorithm <= AES_LAST &&
           (ret->key_len == 16 || ret->key_len == 24 || ret->key_len == 32);
}

static void standard_key(const struct standard *standard, const char *password,
                         unsigned char ret[KEY_MAX])
{
    CLEANUP(cleanup_buf) struct buf wide = {0};
    unsigned char spun[LOCK_HASH_MAX];
    unsigned char padded[64];
    size_t size = lock_hash_size(LOCK_SHA1);

    lock_password_wide(password, &wide);
    spin_hash(LOCK_SHA1, &standard->salt, &wide, STANDARD_SPIN, spun);
    lock_hash(LOCK_SHA1, spun, size, "\0\0\0", 4, spun);
    for (size_t half = 0; half < 2; half++) {
        unsigned char made[LOCK_HASH_MAX];
        memset(padded, half ? 0x5C : 0x36, sizeof(padded));
        for (size_t i = 0; i < size; i++)
            padded[i] ^= spun[i];
        lock_hash(LOCK_SHA1, padded, sizeof(padded), "", 0, made);
        memcpy(ret + half * size, made, size);
    }
}

static struct verdict open_standard(const struct input *input, const struct buf *info,
                                    unsigned char *data, size_t len)
{
    struct standard standard = {0};
    unsigned char key[KEY_MAX];
    const char *password;

    if (!standard_header(info, &standard))
        return verdict_failed(REASON_PASSWORD, "locked in a way that no password here opens");
    for (size_t n = 0; (password = lock_password(input, n)) != NULL; n++) {
        struct blob verifier = standard.verifier;
        struct blob hash = standard.hash;
        unsigned char made[LOCK_HASH_MAX];

        standard_key(&standard, password, key);
        (void)lock_aes_ecb(key, standard.key_len, verifier.bytes, verifier.len);
        (void)lock_aes_ecb(key, standard.key_len, hash.bytes, hash.len);
        lock_hash(LOCK_SHA1, verifier.bytes, verifier.len, "", 0, made);
        if (memcmp(made, hash.bytes, lock_hash_size(LOCK_SHA1)) == 0) {
            (void)lock_aes_ecb(key, standard.key_len, data, len);
            return verdict_text();
        }
    }
    return lock_verdict();
}

/* ---- the document ---- */

/* The type of what was locked is not that of the lock: it is sniffed again. */
static struct verdict read_inner(const struct input *input, const unsigned char *data, size_t len,
                                 struct emit *emit)
{
    struct input inner = *input;

    inner.data = data;
    inner.len = len;
    inner.fd = -1;
    inner.mime = sniff(&inner);
    const struct reader *reader = reader_for(inner.mime);
    if (!reader || strcmp(inner.mime, input->mime) == 0)
        return verdict_empty(REASON_UNSUPPORTED, "behind its password: no reader for %s",
                             inner.mime);
    emit_meta(emit, "encrypted", "yes");
    return reader->read(&inner, emit);
}

struct verdict lock_package_read(const struct input *input, struct emit *emit)
{
    CLEANUP(cleanup_cfb) struct cfb *cfb = cfb_open(input->data, input->len);
    CLEANUP(cleanup_buf) struct buf info = {0};
    CLEANUP(cleanup_buf) struct buf package = {0};

    if (!cfb)
        return verdict_failed(REASON_CORRUPT, "its directory cannot be read");
    buf_init(&info, INFO_MAX);
    buf_init(&package, LOCK_PACKAGE_MAX);
    (void)cfb_read(cfb, cfb_child(cfb_root(cfb), "EncryptionInfo"), &info);
    int rc = cfb_read(cfb, cfb_child(cfb_root(cfb), "EncryptedPackage"), &package);
    if (package.full)
        return verdict_failed(REASON_LIMIT_SIZE, "a locked document larger than the limit");
    if (info.len < 8 || package.len < 8)
        return verdict_failed(rc ? REASON_TRUNCATED : REASON_PASSWORD,
                              "what its lock needs is missing");
    unsigned major = le16_get(info.data);
    unsigned minor = le16_get(info.data + 2);
    unsigned char *data = (unsigned char *)package.data + 8;
    size_t len = package.len - 8;
    struct verdict verdict =
        major == 4 && minor == 4 ? open_agile(input, &info, data, len)
        : minor == 2             ? open_standard(input, &info, data, len)
                     : verdict_failed(REASON_PASSWORD, "locked by extensible encryption, which "
                                                       "only its own program opens");
    if (verdict.outcome != OUTCOME_TEXT)
        return verdict;
    uint64_t size = le64_get(package.data);
    return read_inner(input, data, size < len ? (size_t)size : len, emit);
}
