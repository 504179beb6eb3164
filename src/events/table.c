#include "events/table.h"

#include "store/dated.h"

int event_tables_create(struct db *db, struct err *err)
{
    int rc = db_exec(db,
                     "CREATE TABLE IF NOT EXISTS event_date (item INTEGER NOT NULL,"
                     " page INTEGER NOT NULL, start INTEGER NOT NULL, reading INTEGER NOT NULL,"
                     " stop INTEGER NOT NULL, earliest INTEGER, latest INTEGER,"
                     " calendar INTEGER NOT NULL, certainty INTEGER NOT NULL,"
                     " edtf TEXT NOT NULL, said TEXT NOT NULL,"
                     " PRIMARY KEY (item, page, start, reading)) WITHOUT ROWID;"
                     "CREATE TABLE IF NOT EXISTS event_own (item INTEGER NOT NULL,"
                     " rank INTEGER NOT NULL, source INTEGER NOT NULL, page INTEGER NOT NULL,"
                     " start INTEGER NOT NULL, stop INTEGER NOT NULL, earliest INTEGER NOT NULL,"
                     " latest INTEGER NOT NULL, calendar INTEGER NOT NULL,"
                     " certainty INTEGER NOT NULL, edtf TEXT NOT NULL, said TEXT NOT NULL,"
                     " PRIMARY KEY (item, rank)) WITHOUT ROWID",
                     err);

    return rc ? rc : dated_create(db, err);
}

int event_tables_drop(struct db *db, struct err *err)
{
    int rc = db_exec(db, "DROP TABLE IF EXISTS event_date; DROP TABLE IF EXISTS event_own", err);

    return rc ? rc : dated_drop(db, err);
}

static int forget_in(struct stmt *stmt, int64_t item, struct err *err)
{
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    return stmt_run(stmt, err);
}

int event_tables_forget(struct db *db, int64_t item, struct err *err)
{
    int rc = forget_in(db_stmt(db, "DELETE FROM event_date WHERE item = ?1", err), item, err);

    if (!rc)
        rc = forget_in(db_stmt(db, "DELETE FROM event_own WHERE item = ?1", err), item, err);
    return rc ? rc : dated_forget(db, item, err);
}

/* Values from the fourth on, in the order of both tables. */
static void bind_date(struct stmt *stmt, const struct stored_date *date, bool days)
{
    stmt_bind_int(stmt, 1, date->item);
    stmt_bind_int(stmt, 4, date->page);
    stmt_bind_int(stmt, 5, date->start);
    stmt_bind_int(stmt, 6, date->end);
    if (days) {
        stmt_bind_int(stmt, 7, date->earliest);
        stmt_bind_int(stmt, 8, date->latest);
    } else {
        stmt_bind_null(stmt, 7);
        stmt_bind_null(stmt, 8);
    }
    stmt_bind_int(stmt, 9, date->calendar);
    stmt_bind_int(stmt, 10, date->certainty);
    stmt_bind_text(stmt, 11, date->edtf);
    stmt_bind_text_len(stmt, 12, date->text, date->text_len);
}

int event_date_put(struct db *db, const struct stored_date *date, unsigned reading, struct err *err)
{
    struct stmt *stmt =
        db_stmt(db,
                "INSERT OR REPLACE INTO event_date (item, reading, page, start, stop, earliest,"
                " latest, calendar, certainty, edtf, said)"
                " VALUES (?1, ?2, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                err);

    if (!stmt)
        return ERR_IO;
    bind_date(stmt, date, date->certainty != DATE_UNKNOWN);
    stmt_bind_int(stmt, 2, reading);
    return stmt_run(stmt, err);
}

int event_own_put(struct db *db, const struct stored_date *date, unsigned rank,
                  enum own_source source, struct err *err)
{
    struct stmt *stmt =
        db_stmt(db,
                "INSERT OR REPLACE INTO event_own (item, rank, source, page, start, stop, earliest,"
                " latest, calendar, certainty, edtf, said)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                err);

    if (!stmt)
        return ERR_IO;
    bind_date(stmt, date, true);
    stmt_bind_int(stmt, 2, rank);
    stmt_bind_int(stmt, 3, source);
    return stmt_run(stmt, err);
}
