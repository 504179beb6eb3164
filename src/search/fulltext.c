/* The full-text table: making and writing it, and lists of its rows. */
#include "search/fulltext.h"

#include <stdlib.h>

#include "base/buf.h"

/* ---- writing ---- */

int fulltext_create(struct db *db, struct err *err)
{
    /* Pieces of the index are written when 24 MiB of postings have been collected, or at the
     * commit; 12 of one size are joined to one. That is few rewrites of each posting at the price
     * of more pieces to look at, which costs a query microseconds. */
    int rc = fulltext_register(db, err);

    if (rc)
        return rc;
    rc = db_has_table(db, "search_fts", err);
    if (rc)
        return rc < 0 ? rc : 0;
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
