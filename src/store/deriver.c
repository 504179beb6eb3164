#include "store/internal.h"
#include "store/deriver.h"

/* Version under which the deriver's tables were filled; -1 when they are not there. */
static int recorded_version(struct sanad_case *kase, const char *name, int *ret_version,
                            struct err *err)
{
    struct stmt *stmt = db_stmt(kase->db, "SELECT version FROM deriver WHERE name = ?", err);

    *ret_version = -1;
    if (!stmt)
        return ERR_IO;
    stmt_bind_text(stmt, 1, name);
    int rc = stmt_step(stmt, err);
    if (rc > 0) {
        *ret_version = (int)stmt_int(stmt, 0);
        stmt_reset(stmt);
    }
    return rc < 0 ? rc : 0;
}

static int record_version(struct sanad_case *kase, const struct deriver *deriver, struct err *err)
{
    struct stmt *stmt =
        db_stmt(kase->db, "INSERT OR REPLACE INTO deriver (name, version) VALUES (?, ?)", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_text(stmt, 1, deriver->name);
    stmt_bind_int(stmt, 2, deriver->version);
    return stmt_run(stmt, err);
}

int derivers_prepare(struct sanad_case *kase, const struct deriver *const *list, int *ret_stale,
                     struct err *err)
{
    *ret_stale = 0;
    for (; *list; list++) {
        int version;
        int rc = recorded_version(kase, (*list)->name, &version, err);
        if (!rc && version != (*list)->version) {
            if (version >= 0) {
                *ret_stale = 1;
                rc = (*list)->drop(kase, err);
            }
            if (!rc)
                rc = (*list)->create(kase, err);
            if (!rc)
                rc = record_version(kase, *list, err);
        }
        if (rc)
            return rc;
    }
    return 0;
}
