#include "store/kept.h"

#include <stdio.h>

#include "kept.sql.h"
#include "store/internal.h"

#define READING_COLUMNS                                                                            \
    "item, outcome, reason, detail, type, lang, title, date, sender, recipient, reader, pages, "   \
    "chars, children, duplicate_of"
#define PAGE_COLUMNS "id, method, width, height, confidence, lang, label, text, rest, boxes"

int kept_prepare(struct sanad_case *kase, struct err *err)
{
    return db_exec(kase->db, kept_sql, err);
}

bool kept_any(struct sanad_case *kase)
{
    return stmt_number(db_stmt(kase->db, "SELECT 1 FROM kept_reading LIMIT 1", NULL)) != 0;
}

/* Runs a statement whose one value is the item. */
static int run_for(struct sanad_case *kase, const char *sql, int64_t item, struct err *err)
{
    struct stmt *stmt = db_stmt(kase->db, sql, err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    return stmt_run(stmt, err);
}

int kept_put(struct sanad_case *kase, int64_t item, bool wanted, const struct worth *worth,
             struct err *err)
{
    struct stmt *stmt =
        db_stmt(kase->db,
                "INSERT OR IGNORE INTO kept_reading (" READING_COLUMNS ", wanted, sure, weight) "
                "SELECT " READING_COLUMNS ", ?2, ?3, ?4 FROM reading WHERE item = ?1",
                err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    stmt_bind_int(stmt, 2, wanted);
    stmt_bind_int(stmt, 3, worth->sure);
    stmt_bind_int(stmt, 4, worth->weight);
    int rc = stmt_run(stmt, err);
    if (rc || !db_changes(kase->db))
        return rc;
    rc = run_for(kase,
                 "INSERT INTO kept_meta (item, key, value) SELECT item, key, value FROM meta "
                 "WHERE item = ?1 ORDER BY rowid",
                 item, err);
    return rc ? rc
              : run_for(kase,
                        "INSERT INTO kept_page (" PAGE_COLUMNS ") SELECT " PAGE_COLUMNS
                        " FROM page WHERE id >= ?1 << 24 AND id < (?1 + 1) << 24",
                        item, err);
}

int kept_look(struct sanad_case *kase, int64_t item, struct kept_state *ret_state, struct err *err)
{
    struct stmt *stmt = db_stmt(kase->db,
                                "SELECT outcome, reason, detail, chars, wanted, sure, weight "
                                "FROM kept_reading WHERE item = ?",
                                err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    int rc = stmt_step(stmt, err);
    if (rc <= 0)
        return rc;
    *ret_state = (struct kept_state){
        .outcome = (enum outcome)stmt_int(stmt, 0),
        .reason = (enum reason)stmt_int(stmt, 1),
        .chars = stmt_int(stmt, 3),
        .wanted = stmt_int(stmt, 4) != 0,
        .worth = {.sure = stmt_int(stmt, 5), .weight = stmt_int(stmt, 6)},
    };
    snprintf(ret_state->detail, sizeof(ret_state->detail), "%s", stmt_text(stmt, 2));
    stmt_reset(stmt);
    return 1;
}

static int restore_reading(struct sanad_case *kase, int64_t item, const char *detail,
                           int64_t children, struct err *err)
{
    struct stmt *stmt =
        db_stmt(kase->db,
                "INSERT INTO reading (" READING_COLUMNS ") "
                "SELECT item, outcome, reason, ?2, type, lang, title, date, sender, recipient, "
                "reader, pages, chars, ?3, duplicate_of FROM kept_reading WHERE item = ?1",
                err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    stmt_bind_text(stmt, 2, detail);
    stmt_bind_int(stmt, 3, children);
    return stmt_run(stmt, err);
}

int kept_restore(struct sanad_case *kase, int64_t item, const char *detail, int64_t children,
                 struct err *err)
{
    static const char *const steps[] = {
        "INSERT INTO meta (item, key, value) SELECT item, key, value FROM kept_meta "
        "WHERE item = ?1 ORDER BY rowid",
        "INSERT INTO page (" PAGE_COLUMNS ") SELECT " PAGE_COLUMNS
        " FROM kept_page WHERE id >= ?1 << 24 AND id < (?1 + 1) << 24",
        "DELETE FROM waiting WHERE item = ?1",
    };
    int rc = restore_reading(kase, item, detail, children, err);

    for (size_t i = 0; i < ARRAY_LEN(steps) && !rc; i++)
        rc = run_for(kase, steps[i], item, err);
    return rc ? rc : kept_drop(kase, item, err);
}

int kept_drop(struct sanad_case *kase, int64_t item, struct err *err)
{
    static const char *const steps[] = {
        "DELETE FROM kept_reading WHERE item = ?1",
        "DELETE FROM kept_meta WHERE item = ?1",
        "DELETE FROM kept_page WHERE id >= ?1 << 24 AND id < (?1 + 1) << 24",
    };
    int rc = 0;

    for (size_t i = 0; i < ARRAY_LEN(steps) && !rc; i++)
        rc = run_for(kase, steps[i], item, err);
    return rc;
}

int kept_clear(struct sanad_case *kase, struct err *err)
{
    return db_exec(kase->db,
                   "DELETE FROM kept_reading; DELETE FROM kept_meta; "
                   "DELETE FROM kept_page",
                   err);
}
