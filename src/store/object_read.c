#include "store/internal.h"
#include "store/object.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zstd.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/io.h"
#include "store/object_file.h"

/* Reading an object: open chunk after chunk, unpack, give the plain bytes away. */

struct unpack {
    ZSTD_DCtx *decompressor; /* NULL: stored */
    char *plain;             /* SEAL_CHUNK bytes of decompressed data */
    object_sink *sink;
    void *ctx;
    uint64_t bytes;
    uint64_t expected;
};

static int give(struct unpack *unpack, const void *data, size_t len)
{
    unpack->bytes += len;
    if (unpack->bytes > unpack->expected)
        return ERR_CORRUPT;
    return len ? unpack->sink(unpack->ctx, data, len) : 0;
}

static int unpack_chunk(struct unpack *unpack, const unsigned char *data, size_t len)
{
    ZSTD_inBuffer in = {data, len, 0};

    if (!unpack->decompressor)
        return give(unpack, data, len);
    for (;;) {
        ZSTD_outBuffer out = {unpack->plain, SEAL_CHUNK, 0};
        size_t rc = ZSTD_decompressStream(unpack->decompressor, &out, &in);
        if (ZSTD_isError(rc))
            return ERR_CORRUPT;
        int given = give(unpack, unpack->plain, out.pos);
        if (given)
            return given;
        if (in.pos == in.size && out.pos < out.size)
            return 0;
    }
}

static int read_chunks(int fd, struct seal *seal, struct unpack *unpack, struct err *err,
                       const char *name)
{
    CLEANUP(cleanup_free) unsigned char *sealed = mem_alloc(SEAL_CHUNK + SEAL_OVERHEAD);
    CLEANUP(cleanup_free) unsigned char *plain = mem_alloc(SEAL_CHUNK);
    bool last = false;
    int rc = 0;

    while (!last && !rc) {
        ssize_t len = io_read(fd, sealed, SEAL_CHUNK + SEAL_OVERHEAD);
        if (len < 0)
            rc = err_set_errno(err, ERR_IO, errno, "cannot read objects/%s", name);
        else if (seal_open_chunk(seal, sealed, (size_t)len, plain, &last))
            rc = ERR_CORRUPT;
        else
            rc = unpack_chunk(unpack, plain, (size_t)len - SEAL_OVERHEAD);
    }
    if (!rc) {
        ssize_t more = io_read(fd, sealed, 1);
        if (more < 0)
            rc = err_set_errno(err, ERR_IO, errno, "cannot read objects/%s", name);
        else if (more || unpack->bytes != unpack->expected)
            rc = ERR_CORRUPT;
    }
    bytes_wipe(plain, SEAL_CHUNK);
    if (rc == ERR_CORRUPT)
        return err_set(err, ERR_CORRUPT, "objects/%s is damaged: its bytes are not what was stored",
                       name);
    return rc;
}

static int read_file(struct sanad_case *kase, const char *name, struct unpack *unpack,
                     struct err *err)
{
    unsigned char head[OBJECT_HEAD];
    unsigned char expected[OBJECT_HEAD];
    CLEANUP(cleanup_fd) int fd = openat(kase->objects_dirfd, name, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return errno == ENOENT ? err_set(err, ERR_NOT_FOUND, "objects/%s is missing", name)
                               : err_set_errno(err, ERR_IO, errno, "cannot open objects/%s", name);
    ssize_t len = io_read(fd, head, OBJECT_HEAD);
    if (len < 0)
        return err_set_errno(err, ERR_IO, errno, "cannot read objects/%s", name);
    object_head_fill(expected, len == OBJECT_HEAD && head[9] ? OBJECT_ZSTD : OBJECT_STORED);
    if (len != OBJECT_HEAD || memcmp(head, expected, OBJECT_CONTEXT) != 0)
        return err_set(err, ERR_CORRUPT, "objects/%s is damaged: it has no object's head", name);

    struct seal *seal = object_pool_take_seal(kase->pool);
    if (seal_open_start(seal, kase->keys->object, head + OBJECT_CONTEXT, head, OBJECT_CONTEXT)) {
        object_pool_give_seal(kase->pool, seal);
        return err_set(err, ERR_CORRUPT, "objects/%s is damaged: it has no object's head", name);
    }
    if (head[9] == OBJECT_ZSTD) {
        unpack->decompressor = ZSTD_createDCtx();
        BUG_IF(!unpack->decompressor);
        unpack->plain = mem_alloc(SEAL_CHUNK);
    }
    int rc = read_chunks(fd, seal, unpack, err, name);
    ZSTD_freeDCtx(unpack->decompressor);
    if (unpack->plain)
        bytes_wipe(unpack->plain, SEAL_CHUNK);
    free(unpack->plain);
    object_pool_give_seal(kase->pool, seal);
    return rc;
}

struct object_row {
    unsigned char sha256[SHA256_BYTES];
    uint64_t bytes;
};

static int load_row(struct sanad_case *kase, int64_t object, struct object_row *row,
                    struct err *err)
{
    struct stmt *stmt = db_stmt(kase->db, "SELECT sha256, bytes FROM object WHERE id = ?", err);
    size_t len;

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, object);
    int rc = stmt_step(stmt, err);
    if (rc < 0)
        return rc;
    if (rc == 0)
        return err_set(err, ERR_NOT_FOUND, "there is no object %lld", (long long)object);
    const void *sha256 = stmt_blob(stmt, 0, &len);
    if (len == SHA256_BYTES)
        memcpy(row->sha256, sha256, SHA256_BYTES);
    row->bytes = (uint64_t)stmt_int(stmt, 1);
    stmt_reset(stmt);
    return len == SHA256_BYTES ? 0 : err_set(err, ERR_CORRUPT, "an object's row is damaged");
}

int object_read(struct sanad_case *kase, int64_t object, object_sink *sink, void *ctx,
                struct err *err)
{
    struct object_row row = {0};
    char name[80];
    int rc = load_row(kase, object, &row, err);

    if (rc)
        return rc;
    struct unpack unpack = {.sink = sink, .ctx = ctx, .expected = row.bytes};
    object_file_name(kase, row.sha256, name);
    return read_file(kase, name, &unpack, err);
}

static int write_sink(void *ctx, const void *data, size_t len)
{
    return io_write(*(int *)ctx, data, len) ? ERR_LIMIT : 0;
}

static int sum_bytes(struct sanad_case *kase, const int64_t *objects, size_t count, uint64_t max,
                     uint64_t *ret_bytes, struct err *err)
{
    *ret_bytes = 0;
    for (size_t i = 0; i < count; i++) {
        struct object_row row = {0};
        int rc = load_row(kase, objects[i], &row, err);
        if (rc)
            return rc;
        *ret_bytes += row.bytes;
        if (row.bytes > max || *ret_bytes > max)
            return err_set(err, ERR_LIMIT, "the file has %llu bytes; at most %llu are read",
                           (unsigned long long)*ret_bytes, (unsigned long long)max);
    }
    return 0;
}

int objects_memfd(struct sanad_case *kase, const int64_t *objects, size_t count, uint64_t max,
                  int *ret_fd, struct err *err)
{
    uint64_t bytes;
    int rc = sum_bytes(kase, objects, count, max, &bytes, err);

    if (rc)
        return rc;
    int fd = memfd_create("document", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0)
        return err_set_errno(err, ERR_IO, errno, "cannot make a memory file");
    for (size_t i = 0; i < count && !rc; i++)
        rc = object_read(kase, objects[i], write_sink, &fd, err);
    /* Sealed: neither this process nor the worker can change it any more. */
    if (!rc && (fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) ||
                lseek(fd, 0, SEEK_SET)))
        rc = err_set_errno(err, ERR_IO, errno, "cannot seal a memory file");
    if (rc) {
        close(fd);
        return err_set(err, rc, "there is not enough memory for a file of %llu bytes",
                       (unsigned long long)bytes);
    }
    *ret_fd = fd;
    return 0;
}

int object_memfd(struct sanad_case *kase, int64_t object, uint64_t max, int *ret_fd,
                 struct err *err)
{
    return objects_memfd(kase, &object, 1, max, ret_fd, err);
}

static int hash_sink(void *ctx, const void *data, size_t len)
{
    sha256_add(ctx, data, len);
    return 0;
}

int object_verify(struct sanad_case *kase, int64_t object, struct err *err)
{
    struct object_row row = {0};
    struct sha256_state state;
    unsigned char sha256[SHA256_BYTES];
    char name[80];

    int rc = load_row(kase, object, &row, err);
    if (rc)
        return rc;
    sha256_start(&state);
    if ((rc = object_read(kase, object, hash_sink, &state, err)))
        return rc;
    sha256_end(&state, sha256);
    object_file_name(kase, row.sha256, name);
    return bytes_equal(sha256, row.sha256, SHA256_BYTES)
               ? 0
               : err_set(err, ERR_CORRUPT, "objects/%s does not have the SHA-256 recorded for it",
                         name);
}
