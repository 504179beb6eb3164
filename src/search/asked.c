/* The history of what people asked. */
#include <string.h>

#include "base/clock.h"
#include "search/saved.h"

int asked_clear(struct sanad_case *kase, const char *who, struct err *err)
{
    struct stmt *stmt = db_stmt(case_db(kase), "DELETE FROM asked_search WHERE who = ?1", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_text(stmt, 1, who);
    return stmt_run(stmt, err);
}

/* The same search, and what is beyond the newest ASKED_MAX - 1. */
static int make_room(struct sanad_case *kase, const char *who, const char *view, struct err *err)
{
    struct stmt *stmt = db_stmt(case_db(kase),
                                "DELETE FROM asked_search WHERE who = ?1 AND (view = ?2 OR id <= "
                                "(SELECT id FROM asked_search WHERE who = ?1 "
                                " ORDER BY id DESC LIMIT 1 OFFSET ?3))",
                                err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_text(stmt, 1, who);
    stmt_bind_text(stmt, 2, view);
    stmt_bind_int(stmt, 3, ASKED_MAX - 1);
    return stmt_run(stmt, err);
}

int asked_add(struct sanad_case *kase, const char *who, const char *view, int64_t documents,
              struct err *err)
{
    if (view[0] == '\0' || strlen(view) > SAVED_VIEW_MAX)
        return err_set(err, ERR_USAGE, "a search in the history has 1 to %d bytes", SAVED_VIEW_MAX);
    int rc = make_room(kase, who, view, err);
    if (rc)
        return rc;
    struct stmt *stmt =
        db_stmt(case_db(kase),
                "INSERT INTO asked_search (who, at, view, documents) VALUES (?1, ?2, ?3, ?4)", err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_text(stmt, 1, who);
    stmt_bind_int(stmt, 2, clock_now());
    stmt_bind_text(stmt, 3, view);
    stmt_bind_int(stmt, 4, documents);
    return stmt_run(stmt, err);
}

struct giving {
    asked_fn *fn;
    void *ctx;
};

static int give_asked(void *ctx, struct stmt *row)
{
    const struct giving *giving = ctx;
    const struct asked_search asked = {.id = stmt_int(row, 0),
                                       .at = stmt_int(row, 1),
                                       .view = stmt_text(row, 2),
                                       .documents = stmt_int(row, 3)};

    return giving->fn(giving->ctx, &asked);
}

int asked_each(struct sanad_case *kase, const char *who, asked_fn *fn, void *ctx, struct err *err)
{
    struct giving giving = {.fn = fn, .ctx = ctx};
    int rc = db_has_table(case_db(kase), "asked_search", err);

    if (rc <= 0)
        return rc;
    struct stmt *stmt = db_stmt(
        case_db(kase),
        "SELECT id, at, view, documents FROM asked_search WHERE who = ?1 ORDER BY id DESC", err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_text(stmt, 1, who);
    return stmt_each(stmt, give_asked, &giving, err);
}
