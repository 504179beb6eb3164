#include "store/internal.h"
#include "store/origin.h"

#include "crypt/seal.h"

struct walk {
    origin_fn *origin;
    copy_fn *copy;
    custody_fn *custody;
    void *ctx;
    bool found;
};

static int give_origin(void *ctx, struct stmt *row)
{
    struct walk *walk = ctx;
    struct origin origin = {.intake = stmt_int(row, 0),
                            .at = stmt_int(row, 1),
                            .source = stmt_text(row, 2),
                            .paths = stmt_text(row, 3),
                            .program = stmt_text(row, 4),
                            .reader = stmt_text(row, 5)};

    walk->found = true;
    return walk->origin(walk->ctx, &origin);
}

int origin_load(struct sanad_case *kase, int64_t item, origin_fn *fn, void *ctx, struct err *err)
{
    struct walk walk = {.origin = fn, .ctx = ctx};
    struct stmt *stmt =
        db_stmt(kase->db,
                "SELECT n.id, n.started, n.source, n.paths, n.program, r.reader FROM item i"
                " JOIN intake n ON n.id = i.intake LEFT JOIN reading r ON r.item = i.id"
                " WHERE i.id = ?1",
                err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    int rc = stmt_each(stmt, give_origin, &walk, err);
    if (!rc && !walk.found)
        rc = err_set(err, ERR_NOT_FOUND, "there is no item %lld in this case", (long long)item);
    return rc;
}

static int give_copy(void *ctx, struct stmt *row)
{
    const struct walk *walk = ctx;
    struct copy copy = {.item = stmt_int(row, 0),
                        .intake = stmt_int(row, 1),
                        .at = stmt_int(row, 2),
                        .mtime_ns = stmt_is_null(row, 3) ? INT64_MIN : stmt_int(row, 3),
                        .name = stmt_text(row, 4),
                        .path = stmt_text(row, 5)};

    return walk->copy(walk->ctx, &copy);
}

int copies_each(struct sanad_case *kase, int64_t item, int64_t limit, copy_fn *fn, void *ctx,
                struct err *err)
{
    struct walk walk = {.copy = fn, .ctx = ctx};
    struct stmt *stmt =
        db_stmt(kase->db,
                "SELECT c.id, n.id, n.started, c.mtime_ns, c.name, c.path FROM item i"
                " JOIN item c ON c.object = i.object AND c.id <> i.id"
                " JOIN intake n ON n.id = c.intake"
                " WHERE i.id = ?1 AND i.object <> 0 ORDER BY c.id LIMIT ?2",
                err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    stmt_bind_int(stmt, 2, limit);
    return stmt_each(stmt, give_copy, &walk, err);
}

static int give_custody(void *ctx, struct stmt *row)
{
    const struct walk *walk = ctx;
    size_t len;
    struct custody_entry entry = {.id = stmt_int(row, 0),
                                  .at = stmt_int(row, 1),
                                  .event = stmt_text(row, 2),
                                  .detail = stmt_text(row, 3),
                                  .chain = stmt_blob(row, 4, &len)};

    return len == HASH_BYTES ? walk->custody(walk->ctx, &entry) : 0;
}

int custody_of_item(struct sanad_case *kase, int64_t item, int64_t limit, custody_fn *fn, void *ctx,
                    struct err *err)
{
    struct walk walk = {.custody = fn, .ctx = ctx};
    struct stmt *stmt = db_stmt(
        kase->db,
        "SELECT c.id, c.at, c.event, c.detail, c.chain FROM custody c, item i WHERE i.id = ?1"
        " AND ((c.event = 'add' AND"
        " substr(c.detail, 1, length(i.intake) + 8) = 'intake ' || i.intake || ';')"
        " OR (c.event IN ('receive', 'download') AND"
        " substr(c.detail, 1, length(i.id) + 6) = 'item ' || i.id || ','))"
        " ORDER BY c.id LIMIT ?2",
        err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    stmt_bind_int(stmt, 2, limit);
    return stmt_each(stmt, give_custody, &walk, err);
}
