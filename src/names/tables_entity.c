/* Rows of what settle.c computes, and of what people decide. */
#include "names/tables.h"

int entities_clear(struct db *db, struct err *err)
{
    return db_exec(db,
                   "DELETE FROM entity; DELETE FROM entity_moved; DELETE FROM name_local;"
                   "DELETE FROM name_refused",
                   err);
}

int entity_put(struct db *db, const struct entity *entity, int64_t head, struct err *err)
{
    struct stmt *stmt =
        db_stmt(db,
                "INSERT INTO entity (id, kind, head, mentions, documents, spellings)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, entity->id);
    stmt_bind_int(stmt, 2, entity->kind);
    stmt_bind_int(stmt, 3, head);
    stmt_bind_int(stmt, 4, entity->mentions);
    stmt_bind_int(stmt, 5, entity->documents);
    stmt_bind_int(stmt, 6, entity->spellings);
    return stmt_run(stmt, err);
}

/* The four that put numbers only. */
static int put_numbers(struct stmt *stmt, const int64_t *numbers, int count, struct err *err)
{
    if (!stmt)
        return ERR_IO;
    for (int i = 0; i < count; i++)
        stmt_bind_int(stmt, i + 1, numbers[i]);
    return stmt_run(stmt, err);
}

int entity_moved_put(struct db *db, int64_t from, int64_t to, struct err *err)
{
    return put_numbers(
        db_stmt(db, "INSERT OR REPLACE INTO entity_moved (id, entity) VALUES (?1, ?2)", err),
        (const int64_t[]){from, to}, 2, err);
}

int name_local_put(struct db *db, int64_t name, int64_t item, int64_t entity, struct err *err)
{
    return put_numbers(
        db_stmt(db, "INSERT OR REPLACE INTO name_local (name, item, entity) VALUES (?1, ?2, ?3)",
                err),
        (const int64_t[]){name, item, entity}, 3, err);
}

int name_refused_put(struct db *db, int64_t a, int64_t b, int probability, int64_t decision,
                     struct err *err)
{
    return put_numbers(db_stmt(db,
                               "INSERT OR REPLACE INTO name_refused (a, b, probability, decision)"
                               " VALUES (?1, ?2, ?3, ?4)",
                               err),
                       (const int64_t[]){a < b ? a : b, a < b ? b : a, probability, decision}, 4,
                       err);
}

int numbers_each(struct db *db, pair_row_fn *fn, void *ctx, struct err *err)
{
    struct stmt *stmt = db_stmt(db,
                                "SELECT name.id, entity_number.entity FROM entity_number"
                                " LEFT JOIN name ON name.spelling = entity_number.spelling"
                                " AND name.kind = entity_number.kind ORDER BY entity_number.id",
                                err);

    return pairs_each(stmt, fn, ctx, err);
}

int number_put(struct db *db, enum mention_kind kind, const char *spelling, int64_t entity,
               struct err *err)
{
    struct stmt *stmt =
        db_stmt(db, "INSERT INTO entity_number (kind, spelling, entity) VALUES (?1, ?2, ?3)", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, kind);
    stmt_bind_text(stmt, 2, spelling);
    stmt_bind_int(stmt, 3, entity);
    return stmt_run(stmt, err);
}

int number_last(struct db *db, int64_t *ret_last, struct err *err)
{
    struct stmt *stmt = db_stmt(db, "SELECT max(entity) FROM entity_number", err);

    if (!stmt)
        return ERR_IO;
    int rc = stmt_step(stmt, err);
    *ret_last = rc > 0 ? stmt_int(stmt, 0) : 0;
    stmt_reset(stmt);
    return rc < 0 ? rc : 0;
}

/* ---- decisions ---- */

int decision_put(struct db *db, struct decision *decision, struct err *err)
{
    struct stmt *stmt =
        db_stmt(db,
                "INSERT INTO name_decision (at, verdict, kind_a, a, kind_b, b, who, why, undoes)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, decision->at);
    stmt_bind_int(stmt, 2, decision->verdict);
    stmt_bind_int(stmt, 3, decision->kind_a);
    stmt_bind_text(stmt, 4, decision->a);
    stmt_bind_int(stmt, 5, decision->kind_b);
    stmt_bind_text(stmt, 6, decision->b);
    stmt_bind_text(stmt, 7, decision->who);
    stmt_bind_text(stmt, 8, decision->why);
    stmt_bind_int(stmt, 9, decision->undoes);
    int rc = stmt_run(stmt, err);
    decision->id = db_last_id(db);
    return rc;
}

struct decision_walk {
    decision_fn *fn;
    void *ctx;
};

static int give_decision(void *ctx, struct stmt *row)
{
    const struct decision_walk *walk = ctx;
    struct decision decision = {.id = stmt_int(row, 0),
                                .at = stmt_int(row, 1),
                                .verdict = (enum verdict)stmt_int(row, 2),
                                .kind_a = (enum mention_kind)stmt_int(row, 3),
                                .a = stmt_text(row, 4),
                                .kind_b = (enum mention_kind)stmt_int(row, 5),
                                .b = stmt_text(row, 6),
                                .who = stmt_text(row, 7),
                                .why = stmt_text(row, 8),
                                .undoes = stmt_int(row, 9),
                                .undone_by = stmt_int(row, 10)};

    return walk->fn(walk->ctx, &decision);
}

int decisions_all(struct db *db, decision_fn *fn, void *ctx, struct err *err)
{
    struct decision_walk walk = {fn, ctx};
    struct stmt *stmt = db_stmt(
        db,
        "SELECT d.id, d.at, d.verdict, d.kind_a, d.a, d.kind_b, d.b, d.who, d.why, d.undoes,"
        " u.id FROM name_decision d LEFT JOIN name_decision u ON u.undoes = d.id"
        " ORDER BY d.id",
        err);

    return stmt_each(stmt, give_decision, &walk, err);
}

int decisions_newest(struct db *db, int64_t entity, enum verdict verdict, decision_fn *fn,
                     void *ctx, struct err *err)
{
    struct decision_walk walk = {fn, ctx};
    struct stmt *stmt = db_stmt(
        db,
        "SELECT max(d.id), d.at, d.verdict, d.kind_a, d.a, d.kind_b, d.b, d.who, d.why, d.undoes, 0"
        " FROM name_decision d JOIN name n ON n.spelling = d.a AND n.kind = d.kind_a"
        " WHERE n.entity = ?1 AND d.verdict = ?2 AND NOT EXISTS"
        " (SELECT 1 FROM name_decision u WHERE u.undoes = d.id AND u.undoes <> 0)"
        " GROUP BY d.a, d.kind_a ORDER BY 1 DESC",
        err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, entity);
    stmt_bind_int(stmt, 2, verdict);
    return stmt_each(stmt, give_decision, &walk, err);
}
