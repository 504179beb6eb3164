#include "store/running.h"

#include <unistd.h>

int running_prepare(struct sanad_case *kase, struct err *err)
{
    return db_exec(case_db(kase),
                   "CREATE TABLE IF NOT EXISTS running ("
                   "id INTEGER PRIMARY KEY CHECK (id = 1), process INTEGER NOT NULL, "
                   "adds INTEGER NOT NULL, started INTEGER NOT NULL, elapsed_ms INTEGER NOT NULL, "
                   "left_ms INTEGER NOT NULL, files_total INTEGER NOT NULL, "
                   "files_taken INTEGER NOT NULL, items_read INTEGER NOT NULL, "
                   "waiting INTEGER NOT NULL, pages INTEGER NOT NULL, failed INTEGER NOT NULL)",
                   err);
}

int running_put(struct sanad_case *kase, const struct running *running, struct err *err)
{
    struct stmt *stmt = db_stmt(case_db(kase),
                                "INSERT OR REPLACE INTO running VALUES "
                                "(1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, getpid());
    stmt_bind_int(stmt, 2, running->adds);
    stmt_bind_int(stmt, 3, running->started);
    stmt_bind_int(stmt, 4, running->elapsed_ms);
    stmt_bind_int(stmt, 5, running->left_ms);
    stmt_bind_int(stmt, 6, running->files_total);
    stmt_bind_int(stmt, 7, running->files_taken);
    stmt_bind_int(stmt, 8, running->items_read);
    stmt_bind_int(stmt, 9, running->waiting);
    stmt_bind_int(stmt, 10, running->pages);
    stmt_bind_int(stmt, 11, running->failed);
    return stmt_run(stmt, err);
}

int running_clear(struct sanad_case *kase, struct err *err)
{
    return db_exec(case_db(kase), "DELETE FROM running", err);
}

int running_get(struct sanad_case *kase, struct running *ret_running, struct err *err)
{
    pid_t pid;

    *ret_running = (struct running){0};
    if (!case_is_written(kase, &pid))
        return 0;
    int rc = db_has_table(case_db(kase), "running", err);
    if (rc <= 0)
        return rc;
    struct stmt *stmt =
        db_stmt(case_db(kase),
                "SELECT adds, started, elapsed_ms, left_ms, files_total, files_taken, items_read, "
                "waiting, pages, failed FROM running WHERE process = ?",
                err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, pid ? pid : getpid());
    rc = stmt_step(stmt, err);
    if (rc <= 0)
        return rc;
    *ret_running = (struct running){.adds = stmt_int(stmt, 0) != 0,
                                    .started = stmt_int(stmt, 1),
                                    .elapsed_ms = stmt_int(stmt, 2),
                                    .left_ms = stmt_int(stmt, 3),
                                    .files_total = stmt_int(stmt, 4),
                                    .files_taken = stmt_int(stmt, 5),
                                    .items_read = stmt_int(stmt, 6),
                                    .waiting = stmt_int(stmt, 7),
                                    .pages = stmt_int(stmt, 8),
                                    .failed = stmt_int(stmt, 9)};
    stmt_reset(stmt);
    return 1;
}
