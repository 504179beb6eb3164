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
#include "store/object_file.h"

/*
 * Writing an object: plain bytes are hashed, compressed and collected into chunks; each chunk is
 * sealed and written to a temporary file, which at the end gets the content's keyed name.
 */

enum { TEMPORARY_NAME = 40, ZSTD_LEVEL = 1 };

static const char temporary_prefix[] = "new-";

/* A compression context costs more than a small object: one is kept between objects. */
struct object_pool {
    ZSTD_CCtx *spare;
};

struct object_writer {
    struct sanad_case *kase;
    int fd;
    char temporary[TEMPORARY_NAME];
    struct seal *seal;
    struct sha256_state hash;
    uint64_t bytes;
    bool begun; /* head written, compression chosen */
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
    free(pool);
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

int object_writer_new(struct sanad_case *kase, struct object_writer **ret_writer, struct err *err)
{
    unsigned char random[16];
    struct object_writer *writer = mem_zalloc(1, sizeof(*writer));

    writer->kase = kase;
    random_bytes(random, sizeof(random));
    memcpy(writer->temporary, temporary_prefix, sizeof(temporary_prefix));
    hex_encode(random, sizeof(random), writer->temporary + sizeof(temporary_prefix) - 1);
    writer->fd = openat(kase->objects_dirfd, writer->temporary,
                        O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (writer->fd < 0) {
        int cause = errno;
        free(writer);
        return err_set_errno(err, ERR_IO, cause, "cannot write into %s/objects", kase->path);
    }
    buf_init(&writer->pending, 4 * SEAL_CHUNK);
    sha256_start(&writer->hash);
    *ret_writer = writer;
    return 0;
}

static void writer_free(struct object_writer *writer)
{
    if (writer->compressor) {
        if (writer->kase->pool->spare)
            ZSTD_freeCCtx(writer->compressor);
        else
            writer->kase->pool->spare = writer->compressor;
    }
    if (writer->fd >= 0)
        close(writer->fd);
    seal_free(writer->seal);
    if (writer->pending.data)
        bytes_wipe(writer->pending.data, writer->pending.space);
    buf_release(&writer->pending);
    free(writer);
}

void object_writer_abort(struct object_writer *writer)
{
    if (!writer)
        return;
    (void)unlinkat(writer->kase->objects_dirfd, writer->temporary, 0);
    writer_free(writer);
}

static int write_failed(const struct object_writer *writer, struct err *err)
{
    if (errno == ENOSPC || errno == EDQUOT)
        return err_set(err, ERR_IO, "the disk that holds %s is full; free some space and run the "
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
        left = ZSTD_compressStream2(writer->compressor, &out, &in,
                                    end ? ZSTD_e_end : ZSTD_e_continue);
        if (ZSTD_isError(left))
            return err_set(err, ERR_INTERNAL, "compression failed: %s", ZSTD_getErrorName(left));
        writer->pending.len += out.pos;
        int rc = seal_pending(writer, false, err);
        if (rc)
            return rc;
    } while (in.pos < in.size || (end && left));
    return end ? seal_pending(writer, true, err) : 0;
}

/* Whether the first bytes shrink by a twentieth: pictures and archives do not. */
static bool worth_compressing(ZSTD_CCtx *compressor, const struct buf *plain)
{
    size_t bound = ZSTD_compressBound(plain->len);
    CLEANUP(cleanup_free) char *out = mem_alloc(bound);
    size_t packed = ZSTD_compress2(compressor, out, bound, plain->data, plain->len);
    bool worth = !ZSTD_isError(packed) && packed < plain->len - plain->len / 20;

    bytes_wipe(out, bound);
    return worth;
}

/* Chooses compression by what has come so far and writes the head. */
static int begin(struct object_writer *writer, struct err *err)
{
    struct object_pool *pool = writer->kase->pool;
    unsigned char head[OBJECT_HEAD];
    struct buf plain = writer->pending;

    ZSTD_CCtx *compressor = pool->spare ? pool->spare : ZSTD_createCCtx();
    BUG_IF(!compressor);
    pool->spare = NULL;
    ZSTD_CCtx_reset(compressor, ZSTD_reset_session_and_parameters);
    ZSTD_CCtx_setParameter(compressor, ZSTD_c_compressionLevel, ZSTD_LEVEL);
    if (worth_compressing(compressor, &plain)) {
        ZSTD_CCtx_reset(compressor, ZSTD_reset_session_only);
        writer->compressor = compressor;
    } else {
        pool->spare = compressor;
    }

    object_head_fill(head, writer->compressor ? OBJECT_ZSTD : OBJECT_STORED);
    writer->seal = seal_new(writer->kase->keys->object, head + OBJECT_CONTEXT, head,
                            OBJECT_CONTEXT);
    writer->begun = true;
    if (io_write(writer->fd, head, OBJECT_HEAD))
        return write_failed(writer, err);
    buf_init(&writer->pending, 4 * SEAL_CHUNK);
    int rc = pack(writer, plain.data, plain.len, false, err);
    bytes_wipe(plain.data, plain.space);
    buf_release(&plain);
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
        int rc = begin(writer, err);
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
    struct stmt *stmt =
        db_stmt(kase->db, "INSERT INTO object (sha256, bytes) VALUES (?, ?)", err);

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

int object_writer_finish(struct object_writer *writer, struct object_ref *ret_ref, struct err *err)
{
    struct sanad_case *kase = writer->kase;
    struct object_ref ref = {.bytes = writer->bytes};
    char name[80];
    int rc = 0;

    sha256_end(&writer->hash, ref.sha256);
    ref.id = find_row(kase, ref.sha256);
    if (ref.id) {
        object_writer_abort(writer);
        *ret_ref = ref;
        return 0;
    }
    ref.fresh = true;
    if (!writer->begun)
        rc = begin(writer, err);
    if (!rc)
        rc = pack(writer, "", 0, true, err);
    object_file_name(kase, ref.sha256, name);
    if (!rc)
        rc = give_name(writer, name, err);
    if (!rc)
        rc = add_row(kase, &ref, err);
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
