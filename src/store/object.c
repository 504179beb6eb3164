#include "store/internal.h"
#include "store/object.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/io.h"
#include "crypt/seal.h"
#include "store/custody.h"
#include "store/object_file.h"

/*
 * Writing an object: plain bytes are hashed, compressed and collected into chunks; each chunk is
 * sealed and written to a temporary file, which at the end gets the content's keyed name.
 */

enum { TEMPORARY_NAME = 40, ZSTD_LEVEL = 1, SOUND_KEPT = 1024 };

static const char temporary_prefix[] = "new-";

/* A compression context, and a seal in locked memory, cost more than a small object: one of each is
 * kept between objects. */
struct object_pool {
    ZSTD_CCtx *spare;
    struct seal *seal;
    int64_t sound[SOUND_KEPT]; /* objects seen whole since the case was opened, by id */
};

struct object_writer {
    struct sanad_case *kase;
    int fd;
    char temporary[TEMPORARY_NAME];
    struct seal *seal;
    struct sha256_state hash;
    uint64_t bytes;
    bool begun;            /* head written, compression chosen */
    ZSTD_CCtx *compressor; /* NULL: stored as it is */
    struct buf pending;    /* plain bytes before `begun`, bytes to seal afterwards */
    unsigned char sealed[SEAL_CHUNK + SEAL_OVERHEAD];
};

struct object_pool *object_pool_new(void)
{
    return mem_zalloc(1, sizeof(struct object_pool));
}

void object_pool_free(struct object_pool *pool)
{
    if (!pool)
        return;
    ZSTD_freeCCtx(pool->spare);
    seal_free(pool->seal);
    free(pool);
}

struct seal *object_pool_take_seal(struct object_pool *pool)
{
    struct seal *seal = pool->seal ? pool->seal : seal_new();

    pool->seal = NULL;
    return seal;
}

void object_pool_give_seal(struct object_pool *pool, struct seal *seal)
{
    if (!seal)
        return;
    seal_wipe(seal);
    if (pool->seal)
        seal_free(seal);
    else
        pool->seal = seal;
}

void object_file_name(const struct sanad_case *kase, const unsigned char sha256[SHA256_BYTES],
                      char out[80])
{
    unsigned char hash[HASH_BYTES];
    char hex[2 * HASH_BYTES + 1];

    keyed_hash(kase->keys->naming, sha256, SHA256_BYTES, hash);
    hex_encode(hash, HASH_BYTES, hex);
    snprintf(out, 80, "%.2s/%s", hex, hex + 2);
}

struct object_writer *object_writer_new(struct sanad_case *kase)
{
    struct object_writer *writer = mem_zalloc(1, sizeof(*writer));

    writer->kase = kase;
    writer->fd = -1;
    buf_init(&writer->pending, 4 * SEAL_CHUNK);
    sha256_start(&writer->hash);
    return writer;
}

static int open_temporary(struct object_writer *writer, struct err *err)
{
    unsigned char random[16];

    random_bytes(random, sizeof(random));
    memcpy(writer->temporary, temporary_prefix, sizeof(temporary_prefix));
    hex_encode(random, sizeof(random), writer->temporary + sizeof(temporary_prefix) - 1);
    writer->fd = openat(writer->kase->objects_dirfd, writer->temporary,
                        O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    return writer->fd < 0 ? err_set_errno(err, ERR_IO, errno, "cannot write into %s/objects",
                                          writer->kase->path)
                          : 0;
}

static void give_compressor(struct object_writer *writer)
{
    struct object_pool *pool = writer->kase->pool;

    if (pool->spare)
        ZSTD_freeCCtx(writer->compressor);
    else
        pool->spare = writer->compressor;
    writer->compressor = NULL;
}

static void writer_free(struct object_writer *writer)
{
    give_compressor(writer);
    if (writer->fd >= 0)
        close(writer->fd);
    object_pool_give_seal(writer->kase->pool, writer->seal);
    if (writer->pending.data)
        bytes_wipe(writer->pending.data, writer->pending.space);
    buf_release(&writer->pending);
    free(writer);
}

void object_writer_abort(struct object_writer *writer)
{
    if (!writer)
        return;
    if (writer->fd >= 0)
        (void)unlinkat(writer->kase->objects_dirfd, writer->temporary, 0);
    writer_free(writer);
}

static int write_failed(const struct object_writer *writer, struct err *err)
{
    if (errno == ENOSPC || errno == EDQUOT)
        return err_set(err, ERR_IO,
                       "the disk that holds %s is full; free some space and run the "
                       "same command again: it goes on where it stopped",
                       writer->kase->path);
    return err_set_errno(err, ERR_IO, errno, "cannot write into %s/objects", writer->kase->path);
}

/* Seals full chunks of `pending`; at the end, all of it. */
static int seal_pending(struct object_writer *writer, bool end, struct err *err)
{
    size_t at = 0;
    bool last = false;

    while (!last && (end || writer->pending.len - at > SEAL_CHUNK)) {
        size_t left = writer->pending.len - at;
        size_t len = left > SEAL_CHUNK ? SEAL_CHUNK : left;
        last = end && len == left;
        seal_chunk(writer->seal, writer->pending.data + at, len, last, writer->sealed);
        if (io_write(writer->fd, writer->sealed, len + SEAL_OVERHEAD))
            return write_failed(writer, err);
        at += len;
    }
    buf_consume(&writer->pending, at);
    return 0;
}

/* Passes plain bytes through the compressor (or not) into `pending`, sealing as it fills. */
static int pack(struct object_writer *writer, const void *data, size_t len, bool end,
                struct err *err)
{
    ZSTD_inBuffer in = {data, len, 0};
    size_t left;

    if (!writer->compressor) {
        for (size_t at = 0; at < len;) {
            size_t step = len - at > SEAL_CHUNK ? SEAL_CHUNK : len - at;
            BUG_IF(buf_append(&writer->pending, (const char *)data + at, step));
            at += step;
            int rc = seal_pending(writer, false, err);
            if (rc)
                return rc;
        }
        return end ? seal_pending(writer, true, err) : 0;
    }
    do {
        char *space = buf_reserve(&writer->pending, SEAL_CHUNK);
        BUG_IF(!space);
        ZSTD_outBuffer out = {space, SEAL_CHUNK, 0};
        left =
            ZSTD_compressStream2(writer->compressor, &out, &in, end ? ZSTD_e_end : ZSTD_e_continue);
        if (ZSTD_isError(left))
            return err_set(err, ERR_INTERNAL, "compression failed: %s", ZSTD_getErrorName(left));
        writer->pending.len += out.pos;
        int rc = seal_pending(writer, false, err);
        if (rc)
            return rc;
    } while (in.pos < in.size || (end && left));
    return end ? seal_pending(writer, true, err) : 0;
}

/* Packs the plain bytes as one frame into `out`; false when that saves less than a twentieth, as
 * with pictures and archives. */
static bool try_packing(ZSTD_CCtx *compressor, const struct buf *plain, struct buf *out)
{
    size_t bound = ZSTD_compressBound(plain->len);
    char *space = buf_reserve(out, bound);

    BUG_IF(!space);
    size_t packed = ZSTD_compress2(compressor, space, bound, plain->data, plain->len);
    if (ZSTD_isError(packed) || packed >= plain->len - plain->len / 20)
        return false;
    out->len += packed;
    return true;
}

static ZSTD_CCtx *take_compressor(struct object_pool *pool)
{
    ZSTD_CCtx *compressor = pool->spare ? pool->spare : ZSTD_createCCtx();

    BUG_IF(!compressor);
    pool->spare = NULL;
    ZSTD_CCtx_reset(compressor, ZSTD_reset_session_and_parameters);
    ZSTD_CCtx_setParameter(compressor, ZSTD_c_compressionLevel, ZSTD_LEVEL);
    return compressor;
}

/* Chooses compression by what has come so far and writes the head. A content that is `whole`, as
 * most are, is packed by that very trial. */
static int begin(struct object_writer *writer, bool whole, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf plain = writer->pending;
    unsigned char head[OBJECT_HEAD];

    buf_init(&writer->pending, 4 * SEAL_CHUNK);
    writer->compressor = take_compressor(writer->kase->pool);
    bool packed = try_packing(writer->compressor, &plain, &writer->pending);
    object_head_fill(head, packed ? OBJECT_ZSTD : OBJECT_STORED);
    writer->seal = object_pool_take_seal(writer->kase->pool);
    seal_start(writer->seal, writer->kase->keys->object, head + OBJECT_CONTEXT, head,
               OBJECT_CONTEXT);
    writer->begun = true;
    int rc = open_temporary(writer, err);
    if (!rc && io_write(writer->fd, head, OBJECT_HEAD))
        rc = write_failed(writer, err);
    if (!packed || whole) /* from here on bytes are only sealed */
        give_compressor(writer);
    if (!rc && !(packed && whole)) {
        if (packed) {
            ZSTD_CCtx_reset(writer->compressor, ZSTD_reset_session_only);
            buf_clear(&writer->pending);
        }
        rc = pack(writer, plain.data, plain.len, false, err);
    }
    bytes_wipe(plain.data, plain.space);
    return rc;
}

int object_writer_add(struct object_writer *writer, const void *data, size_t len, struct err *err)
{
    sha256_add(&writer->hash, data, len);
    writer->bytes += len;
    if (!writer->begun) {
        size_t room = 2 * SEAL_CHUNK - writer->pending.len;
        size_t now = len < room ? len : room;
        BUG_IF(buf_append(&writer->pending, data, now));
        data = (const char *)data + now;
        len -= now;
        if (writer->pending.len < 2 * SEAL_CHUNK)
            return 0;
        int rc = begin(writer, false, err);
        if (rc)
            return rc;
    }
    return pack(writer, data, len, false, err);
}

/* The row of a content; 0 when it is new. */
static int64_t find_row(struct sanad_case *kase, const unsigned char sha256[SHA256_BYTES])
{
    struct stmt *stmt = db_stmt(kase->db, "SELECT id FROM object WHERE sha256 = ?", NULL);
    int64_t id = 0;

    if (!stmt)
        return 0;
    stmt_bind_blob(stmt, 1, sha256, SHA256_BYTES);
    if (stmt_step(stmt, NULL) == 1) {
        id = stmt_int(stmt, 0);
        stmt_reset(stmt);
    }
    return id;
}

static int add_row(struct sanad_case *kase, struct object_ref *ref, struct err *err)
{
    struct stmt *stmt = db_stmt(kase->db, "INSERT INTO object (sha256, bytes) VALUES (?, ?)", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_blob(stmt, 1, ref->sha256, SHA256_BYTES);
    stmt_bind_int(stmt, 2, (int64_t)ref->bytes);
    int rc = stmt_run(stmt, err);
    ref->id = db_last_id(kase->db);
    return rc;
}

static int give_name(struct object_writer *writer, const char *name, struct err *err)
{
    int objects = writer->kase->objects_dirfd;

    if (!renameat(objects, writer->temporary, objects, name))
        return 0;
    if (errno == ENOENT) {
        char folder[3] = {name[0], name[1], '\0'};
        if (mkdirat(objects, folder, 0700) && errno != EEXIST)
            return write_failed(writer, err);
        if (!renameat(objects, writer->temporary, objects, name))
            return 0;
    }
    return write_failed(writer, err);
}

/* Whether the stored bytes are not what was stored: now that the content came again, it can be put
 * in their place. */
static bool needs_repair(struct sanad_case *kase, int64_t object, int *ret_rc, struct err *err)
{
    int64_t *sound = &kase->pool->sound[object % SOUND_KEPT];
    struct err cause = {0};
    int rc = *sound == object ? 0 : object_verify(kase, object, &cause);

    if (rc == ERR_CORRUPT || rc == ERR_NOT_FOUND)
        return true;
    if (!rc)
        *sound = object;
    *ret_rc = rc ? err_set(err, rc, "%s", cause.message) : 0;
    return false;
}

static int note_repair(struct sanad_case *kase, const char *name, struct err *err)
{
    char detail[160];

    snprintf(detail, sizeof(detail),
             "objects/%s was damaged or missing and is whole again: its content came anew", name);
    return custody_add(kase, "repair", detail, err);
}

int object_writer_finish(struct object_writer *writer, struct object_ref *ret_ref, struct err *err)
{
    struct sanad_case *kase = writer->kase;
    struct object_ref ref = {.bytes = writer->bytes};
    char name[80];
    int rc = 0;

    sha256_end(&writer->hash, ref.sha256);
    ref.id = find_row(kase, ref.sha256);
    if (ref.id && !needs_repair(kase, ref.id, &rc, err)) {
        object_writer_abort(writer);
        *ret_ref = ref;
        return rc;
    }
    ref.fresh = !ref.id;
    if (!writer->begun)
        rc = begin(writer, true, err);
    if (!rc)
        rc = pack(writer, "", 0, true, err);
    object_file_name(kase, ref.sha256, name);
    if (!rc)
        rc = give_name(writer, name, err);
    if (!rc)
        rc = ref.fresh ? add_row(kase, &ref, err) : note_repair(kase, name, err);
    if (rc) {
        object_writer_abort(writer);
        return rc;
    }
    writer_free(writer);
    *ret_ref = ref;
    return 0;
}

void object_remove_leftovers(struct sanad_case *kase)
{
    int fd = openat(kase->objects_dirfd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);

    if (!folder)
        return;
    for (struct dirent *entry; (entry = readdir(folder));)
        if (!strncmp(entry->d_name, temporary_prefix, sizeof(temporary_prefix) - 1))
            (void)unlinkat(kase->objects_dirfd, entry->d_name, 0);
    closedir(folder);
}

int object_sync(struct sanad_case *kase, struct err *err)
{
    return syncfs(kase->objects_dirfd)
               ? err_set_errno(err, ERR_IO, errno, "cannot make %s/objects durable", kase->path)
               : 0;
}
