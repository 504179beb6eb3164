#include "store/internal.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "crypt/seal.h"
#include "store/db_memory.h"

/* Only SQLite can do what this file does: pragmas, page encryption, statement cache. */

enum { STATEMENTS_MAX = 256, PAGE_SIZE = 8192, BUSY_MS = 10000 };

struct stmt {
    sqlite3_stmt *native;
    struct db *db;
    const char *sql; /* the constant it was asked for by; NULL for a statement of its own */
    bool running;    /* between a step that gave a row and the reset */
};

struct db {
    sqlite3 *native;
    struct stmt kept[STATEMENTS_MAX]; /* open addressing by the address of the SQL constant */
    size_t kept_count;
    bool writing;       /* between db_begin and its end */
    struct err failure; /* what ended the transaction before its time */
};

static int describe_failure(const struct db *db, struct err *err)
{
    switch (sqlite3_errcode(db->native) & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return err_set(err, ERR_CORRUPT,
                       "case.db is damaged (%s); sanad check tells what else is. Restore it from a "
                       "copy of the case",
                       sqlite3_errmsg(db->native));
    case SQLITE_FULL:
        return err_set(err, ERR_IO,
                       "the disk is full; free some space and run the same command "
                       "again: it goes on where it stopped");
    case SQLITE_BUSY:
        return err_set(err, ERR_LOCKED, "the case's database is busy; try again in a moment");
    default:
        return err_set(err, ERR_IO, "the case's database: %s", sqlite3_errmsg(db->native));
    }
}

/* Of these SQLite undoes the whole transaction, or an answer was lost that a caller may have taken
 * for "there is none". */
static bool spoils(int code)
{
    switch (code & 0xFF) {
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_NOMEM:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return true;
    default:
        return false;
    }
}

static int db_fail(struct db *db, struct err *err)
{
    struct err cause = {0};
    int rc = describe_failure(db, &cause);

    if (db->writing && spoils(sqlite3_errcode(db->native)) && !db->failure.code)
        db->failure = cause;
    return err_set(err, rc, "%s", cause.message);
}

/* After a failure inside a transaction nothing more is done until it is rolled back: what followed
 * would be kept by itself, without what came before. */
static int db_lost(const struct db *db, struct err *err)
{
    return db->failure.code ? err_set(err, db->failure.code, "%s", db->failure.message) : 0;
}

void db_salt(const unsigned char key[KEY_BYTES], unsigned char out[16])
{
    unsigned char hash[HASH_BYTES];

    keyed_hash(key, "salt", 4, hash);
    memcpy(out, hash, 16);
}

/* "raw:" and the hexadecimal key and salt: no derivation, the case key is random already. */
static int set_key(struct db *db, const unsigned char key[KEY_BYTES], struct err *err)
{
    char text[4 + 2 * (KEY_BYTES + 16) + 1] = "raw:";
    unsigned char salt[16];

    db_salt(key, salt);
    hex_encode(key, KEY_BYTES, text + 4);
    hex_encode(salt, sizeof(salt), text + 4 + 2 * (size_t)KEY_BYTES);
    db_memory_secret_begin();
    int rc = sqlite3mc_config(db->native, "cipher", CODEC_TYPE_AEGIS) < 0
                 ? SQLITE_ERROR
                 : sqlite3_key(db->native, text, (int)sizeof(text) - 1);
    db_memory_secret_end();
    bytes_wipe(text, sizeof(text));
    return rc == SQLITE_OK ? 0 : db_fail(db, err);
}

int db_open(const char *path, const unsigned char key[KEY_BYTES], enum db_mode mode,
            struct db **ret_db, struct err *err)
{
    int flags = mode == DB_CREATE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                  : SQLITE_OPEN_READWRITE; /* readers of a WAL write its index */
    struct db *db = mem_zalloc(1, sizeof(*db));

    db_memory_start();
    int rc = sqlite3_open_v2(path, &db->native, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc != SQLITE_OK) {
        rc = err_set(err, rc == SQLITE_CANTOPEN ? ERR_NOT_FOUND : ERR_IO, "cannot open %s: %s",
                     path, sqlite3_errstr(rc));
        db_close(db);
        return rc;
    }
    sqlite3_busy_timeout(db->native, BUSY_MS);
    rc = set_key(db, key, err);
    if (!rc && mode == DB_CREATE) {
        char pragma[64];
        sqlite3_snprintf(sizeof(pragma), pragma, "PRAGMA page_size=%d", PAGE_SIZE);
        rc = db_exec(db, pragma, err);
    }
    if (!rc)
        rc = db_exec(db,
                     mode == DB_READ
                         ? "PRAGMA query_only=1; PRAGMA cache_size=-32768; PRAGMA temp_store=2;"
                         : "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                           "PRAGMA cache_size=-49152; PRAGMA temp_store=2;"
                           "PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864;",
                     err);
    if (!rc)
        rc = db_exec(db, "SELECT count(*) FROM sqlite_schema", err);
    if (rc)
        db_close(db);
    else
        *ret_db = db;
    return rc;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    for (size_t i = 0; i < STATEMENTS_MAX; i++)
        sqlite3_finalize(db->kept[i].native);
    sqlite3_close(db->native);
    free(db);
}

int db_exec(struct db *db, const char *sql, struct err *err)
{
    int lost = db_lost(db, err);

    if (lost)
        return lost;
    return sqlite3_exec(db->native, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : db_fail(db, err);
}

/* ---- statements ---- */

struct stmt *db_stmt(struct db *db, const char *sql, struct err *err)
{
    size_t at = ((uintptr_t)sql >> 3) * 0x9E3779B97F4A7C15u >> 56;

    _Static_assert(STATEMENTS_MAX == 256, "the hash above gives 8 bits");
    while (db->kept[at].sql && db->kept[at].sql != sql)
        at = (at + 1) % STATEMENTS_MAX;
    struct stmt *stmt = &db->kept[at];
    if (stmt->sql) {
        BUG_IF(stmt->running);
        sqlite3_clear_bindings(stmt->native);
        return stmt;
    }
    BUG_IF(db->kept_count >= STATEMENTS_MAX - 1);
    if (sqlite3_prepare_v3(db->native, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt->native, NULL) !=
        SQLITE_OK) {
        (void)db_fail(db, err);
        return NULL;
    }
    stmt->db = db;
    stmt->sql = sql;
    db->kept_count++;
    return stmt;
}

struct stmt *stmt_new(struct db *db, const char *sql, struct err *err)
{
    struct stmt *stmt = mem_zalloc(1, sizeof(*stmt));

    stmt->db = db;
    if (sqlite3_prepare_v2(db->native, sql, -1, &stmt->native, NULL) != SQLITE_OK) {
        (void)db_fail(db, err);
        free(stmt);
        return NULL;
    }
    return stmt;
}

void stmt_free(struct stmt *stmt)
{
    if (!stmt)
        return;
    sqlite3_finalize(stmt->native);
    free(stmt);
}

void cleanup_stmt(struct stmt *const *stmt)
{
    stmt_free(*stmt);
}

void stmt_bind_int(struct stmt *stmt, int position, int64_t value)
{
    BUG_IF(sqlite3_bind_int64(stmt->native, position, value) != SQLITE_OK);
}

void stmt_bind_text(struct stmt *stmt, int position, const char *text)
{
    if (text)
        stmt_bind_text_len(stmt, position, text, strlen(text));
    else
        stmt_bind_null(stmt, position);
}

void stmt_bind_text_len(struct stmt *stmt, int position, const char *text, size_t len)
{
    BUG_IF(sqlite3_bind_text64(stmt->native, position, text, len, SQLITE_STATIC, SQLITE_UTF8) !=
           SQLITE_OK);
}

void stmt_bind_blob(struct stmt *stmt, int position, const void *data, size_t len)
{
    BUG_IF(sqlite3_bind_blob64(stmt->native, position, len ? data : "", len, SQLITE_STATIC) !=
           SQLITE_OK);
}

void stmt_bind_null(struct stmt *stmt, int position)
{
    BUG_IF(sqlite3_bind_null(stmt->native, position) != SQLITE_OK);
}

int stmt_step(struct stmt *stmt, struct err *err)
{
    int lost = db_lost(stmt->db, err);

    if (lost) {
        stmt_reset(stmt);
        return lost;
    }
    int rc = sqlite3_step(stmt->native);
    stmt->running = rc == SQLITE_ROW;
    if (rc == SQLITE_ROW)
        return 1;
    int result = rc == SQLITE_DONE ? 0 : db_fail(stmt->db, err);
    sqlite3_reset(stmt->native);
    return result;
}

int stmt_run(struct stmt *stmt, struct err *err)
{
    int rc;

    while ((rc = stmt_step(stmt, err)) > 0)
        ;
    return rc;
}

int stmt_each(struct stmt *stmt, stmt_row_fn *fn, void *ctx, struct err *err)
{
    int rc;

    if (!stmt)
        return ERR_IO;
    while ((rc = stmt_step(stmt, err)) > 0) {
        rc = fn(ctx, stmt);
        if (rc)
            break;
    }
    stmt_reset(stmt);
    return rc;
}

int db_has_table(struct db *db, const char *name, struct err *err)
{
    struct stmt *stmt =
        db_stmt(db, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_text(stmt, 1, name);
    int rc = stmt_step(stmt, err);
    stmt_reset(stmt);
    return rc;
}

void stmt_reset(struct stmt *stmt)
{
    stmt->running = false;
    sqlite3_reset(stmt->native);
}

int64_t stmt_int(struct stmt *stmt, int column)
{
    return sqlite3_column_int64(stmt->native, column);
}

const char *stmt_text(struct stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt->native, column);

    return text ? text : "";
}

int64_t stmt_number(struct stmt *stmt)
{
    int64_t number = 0;

    if (stmt && stmt_step(stmt, NULL) > 0) {
        number = stmt_int(stmt, 0);
        stmt_reset(stmt);
    }
    return number;
}

const char *stmt_text_or_null(struct stmt *stmt, int column)
{
    return (const char *)sqlite3_column_text(stmt->native, column);
}

const void *stmt_blob(struct stmt *stmt, int column, size_t *ret_len)
{
    const void *data = sqlite3_column_blob(stmt->native, column);

    *ret_len = (size_t)sqlite3_column_bytes(stmt->native, column);
    return data;
}

size_t stmt_len(struct stmt *stmt, int column)
{
    return (size_t)sqlite3_column_bytes(stmt->native, column);
}

bool stmt_is_null(struct stmt *stmt, int column)
{
    return sqlite3_column_type(stmt->native, column) == SQLITE_NULL;
}

/* ---- connection ---- */

int64_t db_last_id(struct db *db)
{
    return sqlite3_last_insert_rowid(db->native);
}

int64_t db_changes(struct db *db)
{
    return sqlite3_changes64(db->native);
}

int64_t db_data_version(struct db *db)
{
    struct stmt *stmt = db_stmt(db, "PRAGMA data_version", NULL);
    int64_t version = -1;

    if (stmt && stmt_step(stmt, NULL) == 1) {
        version = stmt_int(stmt, 0);
        stmt_reset(stmt);
    }
    return version;
}

int db_begin(struct db *db, struct err *err)
{
    int rc = db_exec(db, "BEGIN IMMEDIATE", err);

    db->writing |= !rc;
    return rc;
}

int db_commit(struct db *db, struct err *err)
{
    int rc = db_exec(db, "COMMIT", err);

    db->writing &= rc != 0;
    return rc;
}

void db_rollback(struct db *db)
{
    db->writing = false;
    err_clear(&db->failure);
    if (!sqlite3_get_autocommit(db->native))
        (void)db_exec(db, "ROLLBACK", NULL);
}

void *db_native(struct db *db)
{
    return db->native;
}

/* Reads, and so authenticates, every page: unused ones too, in which no tree leads. */
static int check_pages(struct db *db, db_fault_fn *found, void *ctx, struct err *err)
{
    struct stmt *stmt = stmt_new(db, "SELECT pgno, length(data) FROM sqlite_dbpage", err);
    struct err cause = {0};
    int64_t page = 0;
    char text[64];
    int rc;

    if (!stmt)
        return err && err->code ? err->code : ERR_CORRUPT;
    while ((rc = stmt_step(stmt, &cause)) > 0)
        page = stmt_int(stmt, 0);
    stmt_free(stmt);
    if (!rc)
        return 0;
    if (rc != ERR_CORRUPT)
        return err_set(err, rc, "%s", cause.message);
    snprintf(text, sizeof(text), "page %lld is damaged", (long long)page + 1);
    found(ctx, text);
    return 0;
}

int db_check(struct db *db, db_fault_fn *found, void *ctx, struct err *err)
{
    bool sound = true;
    struct stmt *stmt = stmt_new(db, "PRAGMA integrity_check(50)", err);
    int rc;

    if (!stmt)
        return err && err->code ? err->code : ERR_CORRUPT;
    while ((rc = stmt_step(stmt, err)) > 0) {
        if (!strcmp(stmt_text(stmt, 0), "ok"))
            continue;
        sound = false;
        found(ctx, stmt_text(stmt, 0));
    }
    stmt_free(stmt);
    return rc || !sound ? rc : check_pages(db, found, ctx, err);
}
