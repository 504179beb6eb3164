/*
 * The small database interface. Only store includes sqlite3.h; every other module runs its own SQL
 * through these functions, always with bound values. SQL stays in the common subset; what only
 * SQLite can do (full text, pragmas) stays in the file that says so.
 *
 * A `struct db` belongs to one thread.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct db;
struct stmt;

/* Runs statements that give no rows; `sql` may hold several. */
int db_exec(struct db *db, const char *sql, struct err *err);

/* The statement for `sql`, compiled once for each connection and kept: `sql` must be a string
 * constant. It comes reset and without bindings, is borrowed, and must not be in use already
 * (a nested use of the same text is a bug). */
struct stmt *db_stmt(struct db *db, const char *sql, struct err *err);

/* A statement of its own for SQL put together at run time (from constants only; values are
 * bound): the caller frees it. */
struct stmt *stmt_new(struct db *db, const char *sql, struct err *err);
void stmt_free(struct stmt *stmt);
void cleanup_stmt(struct stmt *const *stmt);

/* Values, by position from 1. Text and blobs must stay valid until stmt_reset. */
void stmt_bind_int(struct stmt *stmt, int position, int64_t value);
void stmt_bind_text(struct stmt *stmt, int position, const char *text); /* NULL binds NULL */
void stmt_bind_text_len(struct stmt *stmt, int position, const char *text, size_t len);
void stmt_bind_blob(struct stmt *stmt, int position, const void *data, size_t len);
void stmt_bind_null(struct stmt *stmt, int position);

/* 1 = a row is there, 0 = no more rows (the statement is reset), < 0 = failed. */
int stmt_step(struct stmt *stmt, struct err *err);
/* Runs to its end and resets; for statements that give no rows. */
int stmt_run(struct stmt *stmt, struct err *err);
void stmt_reset(struct stmt *stmt);
/* Gives each row of a bound statement to `fn`, which reads its columns, and resets. Non-zero from
 * `fn` ends the walk and is returned. For a statement that could not be made (NULL), ERR_IO. */
typedef int stmt_row_fn(void *ctx, struct stmt *row);
int stmt_each(struct stmt *stmt, stmt_row_fn *fn, void *ctx, struct err *err);
/* The number in the first column of the first row, and resets; 0 without a row, when it fails, and
 * for NULL. */
int64_t stmt_number(struct stmt *stmt);

/* Columns of the current row, from 0. Text and blobs die at the next step or reset. */
int64_t stmt_int(struct stmt *stmt, int column);
const char *stmt_text(struct stmt *stmt, int column); /* "" for NULL */
const char *stmt_text_or_null(struct stmt *stmt, int column);
const void *stmt_blob(struct stmt *stmt, int column, size_t *ret_len);
size_t stmt_len(struct stmt *stmt, int column); /* bytes of the text or blob */
bool stmt_is_null(struct stmt *stmt, int column);

/* 1 when there is a table of that name. What is derived is made by the first writer that knows it.
 */
int db_has_table(struct db *db, const char *name, struct err *err);

int64_t db_last_id(struct db *db);
int64_t db_changes(struct db *db);

/* Changes whenever another connection commits; for caches of readers. */
int64_t db_data_version(struct db *db);

/* The writer's transaction. db_begin takes the write lock at once. A read or write of the disk that
 * fails within ends it: all further statements and the commit fail with the same words, until
 * db_rollback. */
int db_begin(struct db *db, struct err *err);
int db_commit(struct db *db, struct err *err);
void db_rollback(struct db *db);

/* The connection itself (sqlite3 *), for the one file of search that registers its tokenizer and
 * ranking function; no one else asks. */
void *db_native(struct db *db);

#endif
