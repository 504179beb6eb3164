#include "store/custody.h"

#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/clock.h"
#include "crypt/seal.h"

enum { ROW_MAX = 1 << 20 };

static void append_field(struct buf *buf, const char *text)
{
    unsigned char len[8];

    le64_put(len, strlen(text));
    (void)buf_append(buf, len, sizeof(len));
    (void)buf_append_str(buf, text);
}

/* hash = BLAKE2b(custody key, hash before || id || at || event || detail), strings with lengths. */
static int chain_hash(struct sanad_case *kase, const unsigned char before[HASH_BYTES], int64_t id,
                      int64_t at, const char *event, const char *detail,
                      unsigned char out[HASH_BYTES])
{
    CLEANUP(cleanup_buf) struct buf row = {0};
    unsigned char number[8];

    buf_init(&row, ROW_MAX);
    (void)buf_append(&row, before, HASH_BYTES);
    le64_put(number, (uint64_t)id);
    (void)buf_append(&row, number, sizeof(number));
    le64_put(number, (uint64_t)at);
    (void)buf_append(&row, number, sizeof(number));
    append_field(&row, event);
    append_field(&row, detail);
    if (row.full)
        return ERR_LIMIT;
    keyed_hash(case_keys(kase)->custody, row.data, row.len, out);
    return 0;
}

/* The id and hash of the last row; zeros before the first. */
static int last_row(struct sanad_case *kase, int64_t *ret_id, unsigned char out[HASH_BYTES],
                    struct err *err)
{
    struct stmt *stmt =
        db_stmt(case_db(kase), "SELECT id, chain FROM custody ORDER BY id DESC LIMIT 1", err);
    size_t len;

    *ret_id = 0;
    memset(out, 0, HASH_BYTES);
    if (!stmt)
        return ERR_IO;
    int rc = stmt_step(stmt, err);
    if (rc <= 0)
        return rc;
    *ret_id = stmt_int(stmt, 0);
    const void *chain = stmt_blob(stmt, 1, &len);
    if (len == HASH_BYTES)
        memcpy(out, chain, HASH_BYTES);
    stmt_reset(stmt);
    return len == HASH_BYTES ? 0 : err_set(err, ERR_CORRUPT, "the custody log is damaged");
}

int custody_add(struct sanad_case *kase, const char *event, const char *detail, struct err *err)
{
    unsigned char hash[HASH_BYTES];
    int64_t now = clock_now();
    int64_t id;

    int rc = last_row(kase, &id, hash, err);
    if (rc)
        return rc;
    id++;
    if (chain_hash(kase, hash, id, now, event, detail, hash))
        return err_set(err, ERR_LIMIT, "a custody entry is longer than %d bytes", ROW_MAX);
    struct stmt *stmt =
        db_stmt(case_db(kase),
                "INSERT INTO custody (id, at, event, detail, chain) VALUES (?, ?, ?, ?, ?)", err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, id);
    stmt_bind_int(stmt, 2, now);
    stmt_bind_text(stmt, 3, event);
    stmt_bind_text(stmt, 4, detail);
    stmt_bind_blob(stmt, 5, hash, HASH_BYTES);
    return stmt_run(stmt, err);
}

int custody_check(struct sanad_case *kase, int64_t *ret_rows, struct err *err)
{
    struct stmt *stmt =
        db_stmt(case_db(kase), "SELECT id, at, event, detail, chain FROM custody ORDER BY id", err);
    unsigned char before[HASH_BYTES] = {0};
    unsigned char hash[HASH_BYTES];
    int rc;

    if (!stmt)
        return ERR_IO;
    for (*ret_rows = 0; (rc = stmt_step(stmt, err)) > 0; (*ret_rows)++) {
        size_t len;
        const void *chain = stmt_blob(stmt, 4, &len);
        int64_t id = stmt_int(stmt, 0);
        if (id != *ret_rows + 1 ||
            chain_hash(kase, before, id, stmt_int(stmt, 1), stmt_text(stmt, 2), stmt_text(stmt, 3),
                       hash) ||
            len != HASH_BYTES || !bytes_equal(chain, hash, HASH_BYTES)) {
            stmt_reset(stmt);
            return err_set(err, ERR_CORRUPT, "the custody log breaks at entry %lld",
                           (long long)*ret_rows + 1);
        }
        memcpy(before, hash, HASH_BYTES);
    }
    return rc;
}
