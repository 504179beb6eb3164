#include "worker/archive/source.h"

#include <archive.h>
#include <nettle/aes.h>
#include <nettle/cbc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum { STEP = 64 << 10 };

struct piece {
    const unsigned char *data;
    uint64_t start; /* in the whole */
    uint64_t len;
    unsigned char *owned;
    struct cipher *cipher; /* NULL: as it is */
};

struct source {
    struct piece *pieces;
    size_t count, space;
    bool borrowed; /* the pieces are another source's */
    uint64_t len;
    uint64_t at; /* where the library reads next */
    uint64_t given;
    unsigned char step[STEP]; /* decrypted for the library */
};

struct source *source_new(void)
{
    return mem_zalloc(1, sizeof(struct source));
}

struct source *source_of_input(const struct input *input, size_t from)
{
    struct source *source = source_new();

    if (from < input->len)
        (void)source_add(source, input->data + from, input->len - from);
    for (size_t i = 0; i < input->volume_count; i++)
        (void)source_add(source, input->volumes[i].data, input->volumes[i].len);
    return source;
}

struct source *source_copy_of(const struct source *source)
{
    struct source *copy = source_new();

    copy->pieces = source->pieces;
    copy->count = source->count;
    copy->len = source->len;
    copy->borrowed = true;
    return copy;
}

void source_free(struct source *source)
{
    if (!source)
        return;
    for (size_t i = 0; i < source->count && !source->borrowed; i++) {
        free(source->pieces[i].owned);
        free(source->pieces[i].cipher);
    }
    if (!source->borrowed)
        free(source->pieces);
    free(source);
}

void cleanup_source(struct source **source)
{
    source_free(*source);
}

static struct piece *add(struct source *source, const void *data, size_t len)
{
    if (source->count == SOURCE_PIECES_MAX)
        return NULL;
    if (source->count == source->space) {
        source->space = source->space ? 2 * source->space : 8;
        source->pieces = mem_realloc(source->pieces, source->space, sizeof(*source->pieces));
    }
    struct piece *piece = &source->pieces[source->count++];
    *piece = (struct piece){.data = data, .start = source->len, .len = len};
    source->len += len;
    return piece;
}

bool source_add(struct source *source, const void *data, size_t len)
{
    return len == 0 || add(source, data, len);
}

bool source_add_copy(struct source *source, const void *data, size_t len)
{
    struct piece *piece = len ? add(source, data, len) : NULL;

    if (!piece)
        return len == 0;
    piece->owned = mem_alloc(len);
    memcpy(piece->owned, data, len);
    piece->data = piece->owned;
    return true;
}

void source_replace(struct source *source, size_t piece, const void *data, size_t len)
{
    BUG_IF(piece >= source->count || !source->pieces[piece].owned ||
           source->pieces[piece].len < len);
    memcpy(source->pieces[piece].owned, data, len);
}

bool source_add_locked(struct source *source, const void *data, size_t stored, size_t len,
                       const struct cipher *cipher)
{
    size_t whole = stored - stored % CIPHER_BLOCK;

    if (len > whole)
        len = whole;
    struct piece *piece = len ? add(source, data, len) : NULL;

    if (!piece)
        return len == 0;
    piece->cipher = mem_alloc(sizeof(*cipher));
    *piece->cipher = *cipher;
    return true;
}

uint64_t source_len(const struct source *source)
{
    return source->len;
}

uint64_t source_given(const struct source *source)
{
    return source->given;
}

static const struct piece *piece_at(const struct source *source, uint64_t at)
{
    size_t low = 0;
    size_t high = source->count;

    if (at >= source->len)
        return NULL;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->pieces[middle].start <= at)
            low = middle;
        else
            high = middle;
    }
    return &source->pieces[low];
}

const unsigned char *source_range(const struct source *source, uint64_t at, uint64_t len)
{
    const struct piece *piece = piece_at(source, at);

    if (!piece || piece->cipher || len > piece->len - (at - piece->start))
        return NULL;
    return piece->data + (at - piece->start);
}

/* In CBC mode each block needs only the one before it, so that reading may begin anywhere. */
static void decrypt(const struct piece *piece, uint64_t block, size_t len, unsigned char *out)
{
    const struct cipher *cipher = piece->cipher;
    const unsigned char *from = piece->data + block * CIPHER_BLOCK;
    uint8_t iv[CIPHER_BLOCK];

    memcpy(iv, block ? from - CIPHER_BLOCK : cipher->iv, sizeof(iv));
    if (cipher->key_len == AES256_KEY_SIZE) {
        struct aes256_ctx ctx;
        aes256_set_decrypt_key(&ctx, cipher->key);
        cbc_decrypt(&ctx, (nettle_cipher_func *)aes256_decrypt, CIPHER_BLOCK, iv, len, out, from);
    } else {
        struct aes128_ctx ctx;
        aes128_set_decrypt_key(&ctx, cipher->key);
        cbc_decrypt(&ctx, (nettle_cipher_func *)aes128_decrypt, CIPHER_BLOCK, iv, len, out, from);
    }
}

/* Plain bytes at a place, and how many follow; from the piece itself or decrypted into `step`. */
static size_t peek(const struct source *source, uint64_t at, unsigned char step[STEP],
                   const unsigned char **ret_bytes)
{
    const struct piece *piece = piece_at(source, at);

    if (!piece)
        return 0;
    uint64_t in = at - piece->start;
    if (!piece->cipher) {
        *ret_bytes = piece->data + in;
        return (size_t)(piece->len - in);
    }
    uint64_t block = in / CIPHER_BLOCK;
    uint64_t left = piece->len - block * CIPHER_BLOCK;
    size_t whole = left < STEP ? (size_t)(left + CIPHER_BLOCK - 1) / CIPHER_BLOCK * CIPHER_BLOCK
                               : (size_t)STEP;
    decrypt(piece, block, whole, step);
    size_t skip = (size_t)(in % CIPHER_BLOCK);
    *ret_bytes = step + skip;
    return (size_t)(left < whole ? left : whole) - skip;
}

size_t source_copy(struct source *source, uint64_t at, void *out, size_t len)
{
    CLEANUP(cleanup_free) unsigned char *step = mem_alloc(STEP);
    size_t done = 0;

    while (done < len) {
        const unsigned char *bytes = NULL;
        size_t n = peek(source, at + done, step, &bytes);
        if (!n)
            break;
        if (n > len - done)
            n = len - done;
        memcpy((char *)out + done, bytes, n);
        done += n;
    }
    return done;
}

/* ---- libarchive's callbacks ---- */

static la_ssize_t on_read(struct archive *archive, void *ctx, const void **ret_bytes)
{
    enum { AT_ONCE = 64 << 10 };
    struct source *source = ctx;
    const unsigned char *bytes = NULL;
    size_t n = peek(source, source->at, source->step, &bytes);

    (void)archive;
    if (n > AT_ONCE)
        n = AT_ONCE;
    *ret_bytes = bytes;
    source->at += n;
    source->given += n;
    return (la_ssize_t)n;
}

static la_int64_t on_skip(struct archive *archive, void *ctx, la_int64_t wanted)
{
    struct source *source = ctx;
    uint64_t left = source->at < source->len ? source->len - source->at : 0;

    (void)archive;
    if (wanted < 0)
        return 0;
    if ((uint64_t)wanted > left)
        wanted = (la_int64_t)left;
    source->at += (uint64_t)wanted;
    return wanted;
}

static la_int64_t on_seek(struct archive *archive, void *ctx, la_int64_t offset, int whence)
{
    struct source *source = ctx;
    la_int64_t base = whence == SEEK_SET   ? 0
                      : whence == SEEK_CUR ? (la_int64_t)source->at
                                           : (la_int64_t)source->len;
    la_int64_t to;

    (void)archive;
    if (__builtin_add_overflow(base, offset, &to) || to < 0 || (uint64_t)to > source->len)
        return ARCHIVE_FATAL;
    source->at = (uint64_t)to;
    return to;
}

int source_open(struct source *source, struct archive *archive)
{
    source->at = 0;
    archive_read_set_callback_data(archive, source);
    archive_read_set_read_callback(archive, on_read);
    archive_read_set_skip_callback(archive, on_skip);
    archive_read_set_seek_callback(archive, on_seek);
    return archive_read_open1(archive);
}
