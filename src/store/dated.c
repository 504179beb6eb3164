#include "store/dated.h"

#include <stdio.h>

int dated_create(struct db *db, struct err *err)
{
    return db_exec(db,
                   "CREATE TABLE IF NOT EXISTS dated (item INTEGER PRIMARY KEY,"
                   " earliest INTEGER NOT NULL, latest INTEGER NOT NULL,"
                   " iso TEXT NOT NULL, source TEXT NOT NULL)",
                   err);
}

int dated_drop(struct db *db, struct err *err)
{
    return db_exec(db, "DROP TABLE IF EXISTS dated", err);
}

int dated_forget(struct db *db, int64_t item, struct err *err)
{
    struct stmt *stmt = db_stmt(db, "DELETE FROM dated WHERE item = ?1", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    return stmt_run(stmt, err);
}

int dated_put(struct db *db, const struct dated *dated, struct err *err)
{
    struct stmt *stmt =
        db_stmt(db, "INSERT OR REPLACE INTO dated VALUES (?1, ?2, ?3, ?4, ?5)", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, dated->item);
    stmt_bind_int(stmt, 2, dated->earliest);
    stmt_bind_int(stmt, 3, dated->latest);
    stmt_bind_text(stmt, 4, dated->iso);
    stmt_bind_text(stmt, 5, dated->source);
    return stmt_run(stmt, err);
}

int dated_is_there(struct db *db, struct err *err)
{
    return db_has_table(db, "dated", err);
}

int dated_get(struct db *db, int64_t item, struct dated *ret_dated, struct err *err)
{
    int rc = dated_is_there(db, err);

    *ret_dated = (struct dated){.item = item};
    if (rc <= 0)
        return rc;
    struct stmt *stmt =
        db_stmt(db, "SELECT earliest, latest, iso, source FROM dated WHERE item = ?1", err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    rc = stmt_step(stmt, err);
    if (rc > 0) {
        ret_dated->earliest = (int32_t)stmt_int(stmt, 0);
        ret_dated->latest = (int32_t)stmt_int(stmt, 1);
        snprintf(ret_dated->iso, sizeof(ret_dated->iso), "%s", stmt_text(stmt, 2));
        snprintf(ret_dated->source, sizeof(ret_dated->source), "%s", stmt_text(stmt, 3));
    }
    stmt_reset(stmt);
    return rc;
}

int dated_days(struct db *db, int64_t item, int32_t *ret_earliest, int32_t *ret_latest,
               struct err *err)
{
    struct stmt *stmt = db_stmt(db, "SELECT earliest, latest FROM dated WHERE item = ?1", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    int rc = stmt_step(stmt, err);
    if (rc > 0) {
        *ret_earliest = (int32_t)stmt_int(stmt, 0);
        *ret_latest = (int32_t)stmt_int(stmt, 1);
    }
    stmt_reset(stmt);
    return rc;
}

static int walk_step(struct dated_walk *walk, struct err *err)
{
    int rc = stmt_step(walk->stmt, err);

    if (rc > 0) {
        walk->item = stmt_int(walk->stmt, 0);
        walk->earliest = (int32_t)stmt_int(walk->stmt, 1);
        walk->latest = (int32_t)stmt_int(walk->stmt, 2);
        snprintf(walk->year, sizeof(walk->year), "%s", stmt_text(walk->stmt, 3));
        return 0;
    }
    walk->item = INT64_MAX;
    walk->stmt = NULL;
    return rc;
}

int dated_walk_open(struct dated_walk *walk, struct db *db, struct err *err)
{
    int rc = dated_is_there(db, err);

    *walk = (struct dated_walk){.item = INT64_MAX};
    if (rc <= 0)
        return rc;
    walk->stmt = db_stmt(db, "SELECT item, earliest, latest, iso FROM dated ORDER BY item", err);
    return walk->stmt ? walk_step(walk, err) : ERR_IO;
}

int dated_walk_to(struct dated_walk *walk, int64_t item, struct err *err)
{
    int rc = 0;

    while (!rc && walk->item < item)
        rc = walk_step(walk, err);
    return rc ? rc : walk->item == item;
}

void dated_walk_close(struct dated_walk *walk)
{
    if (walk->stmt)
        stmt_reset(walk->stmt);
    *walk = (struct dated_walk){.item = INT64_MAX};
}
