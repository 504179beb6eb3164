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

/* Whether anything was read: then a deriver that is new to the case has work to do. */
static int anything_read(struct sanad_case *kase, struct err *err)
{
    struct stmt *stmt = db_stmt(kase->db, "SELECT 1 FROM reading LIMIT 1", err);

    if (!stmt)
        return ERR_IO;
    int rc = stmt_step(stmt, err);
    stmt_reset(stmt);
    return rc;
}

static int prepare(struct sanad_case *kase, const struct deriver *deriver, bool *ret_stale,
                   struct err *err)
{
    int version;
    int rc = recorded_version(kase, deriver->name, &version, err);

    *ret_stale = false;
    if (rc || version == deriver->version)
        return rc;
    rc = anything_read(kase, err);
    if (rc < 0)
        return rc;
    *ret_stale = version >= 0 || rc > 0;
    rc = version >= 0 ? deriver->drop(kase, err) : 0;
    if (!rc)
        rc = deriver->create(kase, err);
    return rc ? rc : record_version(kase, deriver, err);
}

int derivers_prepare(struct sanad_case *kase, const struct deriver *const *list,
                     const struct deriver *ret_stale[DERIVERS_MAX + 1], struct err *err)
{
    size_t count = 0;

    for (; *list; list++) {
        bool stale;
        int rc = prepare(kase, *list, &stale, err);
        if (rc)
            return rc;
        if (stale)
            ret_stale[count++] = *list;
    }
    ret_stale[count] = NULL;
    return 0;
}
