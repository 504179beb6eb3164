#include "store/visit.h"

#include "store/db.h"

int visit_before(struct sanad_case *kase, const char *who, struct seen *ret_seen, struct err *err)
{
    *ret_seen = (struct seen){0};
    int rc = db_has_table(case_db(kase), "visit", err);
    if (rc <= 0)
        return rc;
    struct stmt *stmt = db_stmt(case_db(kase),
                                "SELECT before_at, before_items, before_acts FROM visit "
                                "WHERE who = ? AND before_at > 0",
                                err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_text(stmt, 1, who);
    rc = stmt_step(stmt, err);
    if (rc <= 0)
        return rc;
    *ret_seen = (struct seen){stmt_int(stmt, 0), stmt_int(stmt, 1), stmt_int(stmt, 2)};
    stmt_reset(stmt);
    return 1;
}

static int run_for(struct sanad_case *kase, const char *sql, const char *who,
                   const struct seen *seen, struct err *err)
{
    struct stmt *stmt = db_stmt(case_db(kase), sql, err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_text(stmt, 1, who);
    if (seen) {
        stmt_bind_int(stmt, 2, seen->at);
        stmt_bind_int(stmt, 3, seen->items);
        stmt_bind_int(stmt, 4, seen->acts);
    }
    return stmt_run(stmt, err);
}

int visit_put(struct sanad_case *kase, const char *who, const struct seen *seen, bool begins,
              struct err *err)
{
    int rc = db_exec(case_db(kase),
                     "CREATE TABLE IF NOT EXISTS visit (who TEXT PRIMARY KEY, "
                     "before_at INTEGER NOT NULL DEFAULT 0, "
                     "before_items INTEGER NOT NULL DEFAULT 0, "
                     "before_acts INTEGER NOT NULL DEFAULT 0, at INTEGER NOT NULL, "
                     "items INTEGER NOT NULL, acts INTEGER NOT NULL)",
                     err);

    if (!rc && begins)
        rc = run_for(kase,
                     "UPDATE visit SET before_at = at, before_items = items, before_acts = acts "
                     "WHERE who = ?1",
                     who, NULL, err);
    return rc ? rc
              : run_for(kase,
                        "INSERT INTO visit (who, at, items, acts) VALUES (?1, ?2, ?3, ?4) "
                        "ON CONFLICT (who) DO UPDATE SET at = ?2, items = ?3, acts = ?4",
                        who, seen, err);
}

int64_t acts_last(struct sanad_case *kase)
{
    return stmt_number(
        db_stmt(case_db(kase), "SELECT id FROM custody ORDER BY id DESC LIMIT 1", NULL));
}
