/* Reading and writing the full-text table. */
#include "search/fulltext.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "base/buf.h"
#include "search/fulltext_native.h"

enum { EXPRESSION_MAX = 1 << 20 };

struct fulltext {
    sqlite3_stmt *all;  /* every page of one phrase, collected in one call */
    sqlite3_stmt *each; /* row by row */
};

static int native_fail(struct db *db, struct err *err)
{
    sqlite3 *native = db_native(db);

    if ((sqlite3_errcode(native) & 0xFF) == SQLITE_CORRUPT)
        return err_set(err, ERR_CORRUPT,
                       "the search index is damaged (%s); make it again with: sanad rebuild CASE",
                       sqlite3_errmsg(native));
    return err_set(err, ERR_IO, "the search index: %s", sqlite3_errmsg(native));
}

/* ---- writing ---- */

int fulltext_create(struct db *db, struct err *err)
{
    /* Pieces of the index are written when 24 MiB of postings have been collected, or at the
     * commit; 12 of one size are joined to one. That is few rewrites of each posting at the price
     * of more pieces to look at, which costs a query microseconds. */
    int rc = fulltext_register(db, err);

    if (rc)
        return rc;
    struct stmt *stmt =
        db_stmt(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'search_fts'", err);
    if (!stmt)
        return ERR_IO;
    rc = stmt_step(stmt, err);
    if (rc < 0)
        return rc;
    bool there = stmt_int(stmt, 0) > 0;
    stmt_reset(stmt);
    if (there)
        return 0;
    return db_exec(db,
                   "CREATE VIRTUAL TABLE search_fts USING fts5(tokens, content='',"
                   " contentless_delete=1, tokenize='sanad');"
                   "INSERT INTO search_fts(search_fts, rank) VALUES ('hashsize', 25165824);"
                   "INSERT INTO search_fts(search_fts, rank) VALUES ('pgsz', 4000);"
                   "INSERT INTO search_fts(search_fts, rank) VALUES ('automerge', 0);"
                   "INSERT INTO search_fts(search_fts, rank) VALUES ('usermerge', 4);"
                   "INSERT INTO search_fts(search_fts, rank) VALUES ('crisismerge', 12);",
                   err);
}

int fulltext_drop(struct db *db, struct err *err)
{
    int rc = fulltext_register(db, err);
    return rc ? rc : db_exec(db, "DROP TABLE IF EXISTS search_fts", err);
}

int fulltext_add(struct db *db, int64_t page, const char *tokens, size_t len, struct err *err)
{
    struct stmt *stmt =
        db_stmt(db, "INSERT OR REPLACE INTO search_fts(rowid, tokens) VALUES (?1, ?2)", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, page);
    stmt_bind_text_len(stmt, 2, tokens, len);
    return stmt_run(stmt, err);
}

int fulltext_forget(struct db *db, int64_t item, struct err *err)
{
    struct stmt *stmt = db_stmt(db, "DELETE FROM search_fts WHERE rowid BETWEEN ?1 AND ?2", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item << 24);
    stmt_bind_int(stmt, 2, (item << 24) + 0xFFFFFF);
    return stmt_run(stmt, err);
}

int fulltext_merge(struct db *db, struct err *err)
{
    return db_exec(db, "INSERT INTO search_fts(search_fts, rank) VALUES ('merge', 20000)", err);
}

int fulltext_check(struct db *db, struct err *err)
{
    int rc = fulltext_register(db, err);

    if (!rc)
        rc = db_exec(db, "INSERT INTO search_fts(search_fts) VALUES ('integrity-check')", err);
    return rc;
}

/* ---- rows ---- */

void fulltext_rows_release(struct fulltext_rows *rows)
{
    free(rows->rows);
    *rows = (struct fulltext_rows){0};
}

void cleanup_fulltext_rows(struct fulltext_rows *rows)
{
    fulltext_rows_release(rows);
}

void fulltext_rows_append(struct fulltext_rows *rows, struct fulltext_row row)
{
    if (rows->count == rows->space) {
        rows->space = rows->space ? rows->space * 2 : 64;
        rows->rows = mem_realloc(rows->rows, rows->space, sizeof(struct fulltext_row));
    }
    rows->rows[rows->count++] = row;
}

/* ---- reading ---- */

int fulltext_open(struct db *db, struct fulltext **ret_fulltext, struct err *err)
{
    int rc = fulltext_register(db, err);

    if (rc)
        return rc;
    sqlite3 *native = db_native(db);
    struct fulltext *fts = mem_zalloc(1, sizeof(*fts));
    if (sqlite3_prepare_v2(native,
                           "SELECT sanad_collect(search_fts, ?2) FROM search_fts"
                           " WHERE search_fts MATCH ?1 LIMIT 1",
                           -1, &fts->all, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(native,
                           "SELECT rowid, sanad_times(search_fts, ?2) FROM search_fts"
                           " WHERE search_fts MATCH ?1",
                           -1, &fts->each, NULL) != SQLITE_OK) {
        rc = native_fail(db, err);
        fulltext_close(fts);
        return rc;
    }
    *ret_fulltext = fts;
    return 0;
}

void fulltext_close(struct fulltext *fts)
{
    if (!fts)
        return;
    sqlite3_finalize(fts->all);
    sqlite3_finalize(fts->each);
    free(fts);
}

void cleanup_fulltext(struct fulltext *const *fts)
{
    fulltext_close(*fts);
}

static void append_phrase(struct buf *out, const char *tokens, size_t len, enum fulltext_last last)
{
    buf_append_char(out, '"');
    buf_append(out, tokens, len);
    buf_append_str(out, last == FULLTEXT_PREFIX ? "\" *" : "\"");
}

static int run(sqlite3_stmt *stmt, const struct buf *expression, struct fulltext_rows *out,
               struct err *err)
{
    int rc = SQLITE_OK;

    if (expression->full)
        return err_set(err, ERR_LIMIT, "the query is too long");
    sqlite3_bind_text(stmt, 1, expression->data, (int)expression->len, SQLITE_STATIC);
    sqlite3_bind_pointer(stmt, 2, out, FULLTEXT_ROWS_POINTER, NULL);
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
        if (sqlite3_column_count(stmt) > 1)
            fulltext_rows_append(out, (struct fulltext_row){
                                          .page = sqlite3_column_int64(stmt, 0),
                                          .times = (uint32_t)sqlite3_column_int(stmt, 1),
                                      });
    int failed = rc == SQLITE_DONE ? 0 : ERR_IO;
    if (failed)
        failed = err_set(err, rc == SQLITE_CORRUPT ? ERR_CORRUPT : ERR_IO, "the search index: %s",
                         sqlite3_errmsg(sqlite3_db_handle(stmt)));
    sqlite3_reset(stmt);
    sqlite3_clear_bindings(stmt);
    return failed;
}

int fulltext_phrase(struct fulltext *fts, const char *tokens, size_t len, enum fulltext_last last,
                    struct fulltext_rows *out, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf expression = {0};

    buf_init(&expression, EXPRESSION_MAX);
    append_phrase(&expression, tokens, len, last);
    return run(fts->all, &expression, out, err);
}

int fulltext_near(struct fulltext *fts, const struct fulltext_phrase *phrases, size_t count,
                  uint32_t distance, struct fulltext_rows *out, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf expression = {0};

    buf_init(&expression, EXPRESSION_MAX);
    buf_append_str(&expression, "NEAR(");
    for (size_t i = 0; i < count; i++) {
        buf_append_char(&expression, ' ');
        append_phrase(&expression, phrases[i].tokens, phrases[i].len, phrases[i].last);
    }
    buf_printf(&expression, ", %u)", distance);
    return run(fts->each, &expression, out, err);
}
