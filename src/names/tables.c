#include "names/tables.h"

#include "store/page.h"

/* What is common to reading functions: a row's fields, in this order. */
#define NAME_FIELDS "id, kind, spelling, shown, linked, entity, mentions, documents"

int tables_create(struct db *db, struct err *err)
{
    return db_exec(
        db,
        "CREATE TABLE IF NOT EXISTS name (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL,"
        " spelling TEXT NOT NULL, shown TEXT NOT NULL, linked INTEGER NOT NULL DEFAULT 0,"
        " entity INTEGER NOT NULL DEFAULT 0, mentions INTEGER NOT NULL DEFAULT 0,"
        " documents INTEGER NOT NULL DEFAULT 0, UNIQUE (spelling, kind));"
        "CREATE INDEX IF NOT EXISTS name_by_entity ON name (entity);"
        "CREATE TABLE IF NOT EXISTS mention (page INTEGER NOT NULL, at INTEGER NOT NULL,"
        " len INTEGER NOT NULL, score INTEGER NOT NULL, name INTEGER NOT NULL,"
        " PRIMARY KEY (page, at)) WITHOUT ROWID;"
        "CREATE TABLE IF NOT EXISTS name_key (key INTEGER NOT NULL, name INTEGER NOT NULL,"
        " PRIMARY KEY (key, name)) WITHOUT ROWID;"
        "CREATE TABLE IF NOT EXISTS name_tie (a INTEGER NOT NULL, b INTEGER NOT NULL,"
        " probability INTEGER NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;"
        "CREATE INDEX IF NOT EXISTS name_tie_by_b ON name_tie (b);"
        "CREATE TABLE IF NOT EXISTS name_refused (a INTEGER NOT NULL, b INTEGER NOT NULL,"
        " probability INTEGER NOT NULL, decision INTEGER NOT NULL, PRIMARY KEY (a, b)) WITHOUT "
        "ROWID;"
        "CREATE TABLE IF NOT EXISTS name_local (name INTEGER NOT NULL, item INTEGER NOT NULL,"
        " entity INTEGER NOT NULL, PRIMARY KEY (name, item)) WITHOUT ROWID;"
        "CREATE INDEX IF NOT EXISTS name_local_by_entity ON name_local (entity);"
        "CREATE TABLE IF NOT EXISTS entity (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL,"
        " head INTEGER NOT NULL, mentions INTEGER NOT NULL, documents INTEGER NOT NULL,"
        " spellings INTEGER NOT NULL);"
        "CREATE TABLE IF NOT EXISTS entity_moved (id INTEGER PRIMARY KEY, entity INTEGER NOT NULL);"
        "CREATE TABLE IF NOT EXISTS name_stale (stale INTEGER PRIMARY KEY);"
        /* permanent */
        "CREATE TABLE IF NOT EXISTS entity_number (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL,"
        " spelling TEXT NOT NULL, entity INTEGER NOT NULL);"
        "CREATE TABLE IF NOT EXISTS name_decision (id INTEGER PRIMARY KEY AUTOINCREMENT,"
        " at INTEGER NOT NULL, verdict INTEGER NOT NULL, kind_a INTEGER NOT NULL, a TEXT NOT NULL,"
        " kind_b INTEGER NOT NULL, b TEXT NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL,"
        " undoes INTEGER NOT NULL DEFAULT 0);"
        /* whom people gave a name, and what was taken back: asked with every list of entities */
        "CREATE INDEX IF NOT EXISTS name_decision_called ON name_decision (a, kind_a)"
        " WHERE verdict = 4;"
        "CREATE INDEX IF NOT EXISTS name_decision_undone ON name_decision (undoes)"
        " WHERE undoes <> 0",
        err);
}

int tables_drop(struct db *db, struct err *err)
{
    return db_exec(db,
                   "DROP TABLE IF EXISTS name; DROP TABLE IF EXISTS mention;"
                   "DROP TABLE IF EXISTS name_key; DROP TABLE IF EXISTS name_tie;"
                   "DROP TABLE IF EXISTS name_refused; DROP TABLE IF EXISTS name_local;"
                   "DROP TABLE IF EXISTS entity; DROP TABLE IF EXISTS entity_moved;"
                   "DROP TABLE IF EXISTS name_stale",
                   err);
}

int mentions_index(struct db *db, struct err *err)
{
    return db_exec(db, "CREATE INDEX IF NOT EXISTS mention_by_name ON mention (name, page, at)",
                   err);
}

bool tables_are_there(struct db *db)
{
    return db_has_table(db, "entity", NULL) > 0;
}

struct pair_walk {
    pair_row_fn *fn;
    void *ctx;
};

static int give_pair(void *ctx, struct stmt *row)
{
    const struct pair_walk *walk = ctx;

    return walk->fn(walk->ctx, stmt_int(row, 0), stmt_int(row, 1));
}

int pairs_each(struct stmt *stmt, pair_row_fn *fn, void *ctx, struct err *err)
{
    struct pair_walk walk = {fn, ctx};

    return stmt_each(stmt, give_pair, &walk, err);
}

/* ---- mentions ---- */

static int find_name(struct db *db, enum mention_kind kind, const char *spelling, int64_t *ret_id,
                     struct err *err)
{
    struct stmt *stmt = db_stmt(db, "SELECT id FROM name WHERE spelling = ?1 AND kind = ?2", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_text(stmt, 1, spelling);
    stmt_bind_int(stmt, 2, kind);
    int rc = stmt_step(stmt, err);
    *ret_id = rc > 0 ? stmt_int(stmt, 0) : 0;
    stmt_reset(stmt);
    return rc < 0 ? rc : 0;
}

int name_id(struct db *db, enum mention_kind kind, const char *spelling, const char *shown,
            size_t shown_len, int64_t *ret_id, struct err *err)
{
    int rc = find_name(db, kind, spelling, ret_id, err);

    if (rc || *ret_id)
        return rc;
    struct stmt *stmt =
        db_stmt(db, "INSERT INTO name (kind, spelling, shown) VALUES (?1, ?2, ?3)", err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, kind);
    stmt_bind_text(stmt, 2, spelling);
    stmt_bind_text_len(stmt, 3, shown, shown_len);
    rc = stmt_run(stmt, err);
    *ret_id = db_last_id(db);
    return rc;
}

int mention_put(struct db *db, int64_t page, const struct mention *mention, int64_t name,
                struct err *err)
{
    struct stmt *stmt = db_stmt(
        db,
        "INSERT OR REPLACE INTO mention (page, at, len, score, name) VALUES (?1, ?2, ?3, ?4, ?5)",
        err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, page);
    stmt_bind_int(stmt, 2, (int64_t)mention->start);
    stmt_bind_int(stmt, 3, (int64_t)(mention->end - mention->start));
    stmt_bind_int(stmt, 4, (int64_t)(mention->score * 100 + 0.5F));
    stmt_bind_int(stmt, 5, name);
    return stmt_run(stmt, err);
}

int mentions_forget(struct db *db, int64_t item, struct err *err)
{
    struct stmt *stmt = db_stmt(db, "DELETE FROM mention WHERE page >= ?1 AND page < ?2", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, page_id(item, 0, 0));
    stmt_bind_int(stmt, 2, page_id(item + 1, 0, 0));
    return stmt_run(stmt, err);
}

int mentions_each(struct db *db, pair_row_fn *fn, void *ctx, struct err *err)
{
    return pairs_each(db_stmt(db, "SELECT page, name FROM mention ORDER BY page, at", err), fn, ctx,
                      err);
}

bool names_stale(struct db *db)
{
    struct stmt *stmt = db_stmt(db, "SELECT 1 FROM name_stale", NULL);

    if (!stmt)
        return false;
    int rc = stmt_step(stmt, NULL);
    stmt_reset(stmt);
    return rc > 0;
}

int names_set_stale(struct db *db, bool stale, struct err *err)
{
    return db_exec(
        db, stale ? "INSERT OR IGNORE INTO name_stale VALUES (1)" : "DELETE FROM name_stale", err);
}

/* ---- names ---- */

struct name_walk {
    name_row_fn *fn;
    void *ctx;
};

static int give_name(void *ctx, struct stmt *row)
{
    const struct name_walk *walk = ctx;
    struct name_row name = {.id = stmt_int(row, 0),
                            .kind = (enum mention_kind)stmt_int(row, 1),
                            .spelling = stmt_text(row, 2),
                            .shown = stmt_text(row, 3),
                            .linked = stmt_int(row, 4) != 0,
                            .entity = stmt_int(row, 5),
                            .mentions = stmt_int(row, 6),
                            .documents = stmt_int(row, 7)};

    return walk->fn(walk->ctx, &name);
}

/* Runs a bound statement that gives NAME_FIELDS. */
static int walk_names(struct stmt *stmt, name_row_fn *fn, void *ctx, struct err *err)
{
    struct name_walk walk = {fn, ctx};

    return stmt_each(stmt, give_name, &walk, err);
}

int names_each(struct db *db, name_row_fn *fn, void *ctx, struct err *err)
{
    return walk_names(db_stmt(db, "SELECT " NAME_FIELDS " FROM name ORDER BY spelling, kind", err),
                      fn, ctx, err);
}

int names_of_entity(struct db *db, int64_t entity, name_row_fn *fn, void *ctx, struct err *err)
{
    struct stmt *stmt = db_stmt(db,
                                "SELECT " NAME_FIELDS " FROM name WHERE entity = ?1"
                                " ORDER BY mentions DESC, spelling, kind",
                                err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, entity);
    return walk_names(stmt, fn, ctx, err);
}

int names_spelt(struct db *db, const char *spelling, name_row_fn *fn, void *ctx, struct err *err)
{
    struct stmt *stmt = db_stmt(db,
                                "SELECT " NAME_FIELDS " FROM name WHERE spelling = ?1"
                                " ORDER BY mentions DESC, kind",
                                err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_text(stmt, 1, spelling);
    return walk_names(stmt, fn, ctx, err);
}

int name_with_id(struct db *db, int64_t id, name_row_fn *fn, void *ctx, struct err *err)
{
    struct stmt *stmt = db_stmt(db, "SELECT " NAME_FIELDS " FROM name WHERE id = ?1", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, id);
    return walk_names(stmt, fn, ctx, err);
}

int name_settle(struct db *db, const struct name_row *row, struct err *err)
{
    struct stmt *stmt = db_stmt(
        db, "UPDATE name SET entity = ?2, mentions = ?3, documents = ?4 WHERE id = ?1", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, row->id);
    stmt_bind_int(stmt, 2, row->entity);
    stmt_bind_int(stmt, 3, row->mentions);
    stmt_bind_int(stmt, 4, row->documents);
    return stmt_run(stmt, err);
}

int name_set_linked(struct db *db, int64_t id, struct err *err)
{
    struct stmt *stmt = db_stmt(db, "UPDATE name SET linked = 1 WHERE id = ?1", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, id);
    return stmt_run(stmt, err);
}

int name_keys_put(struct db *db, uint64_t key, int64_t name, struct err *err)
{
    struct stmt *stmt =
        db_stmt(db, "INSERT OR IGNORE INTO name_key (key, name) VALUES (?1, ?2)", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, (int64_t)key);
    stmt_bind_int(stmt, 2, name);
    return stmt_run(stmt, err);
}

int names_with_key(struct db *db, uint64_t key, int64_t *ret_ids, int max, struct err *err)
{
    /* Without a LIMIT: SQLite compiles a statement anew for each value that one is bound to. */
    struct stmt *stmt = db_stmt(db, "SELECT name FROM name_key WHERE key = ?1 ORDER BY name", err);
    int count = 0;
    int rc = 0;

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, (int64_t)key);
    while (count < max && (rc = stmt_step(stmt, err)) > 0)
        ret_ids[count++] = stmt_int(stmt, 0);
    stmt_reset(stmt);
    return rc < 0 ? rc : count;
}

int tie_put(struct db *db, int64_t a, int64_t b, int probability, struct err *err)
{
    struct stmt *stmt =
        db_stmt(db, "INSERT OR IGNORE INTO name_tie (a, b, probability) VALUES (?1, ?2, ?3)", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, a < b ? a : b);
    stmt_bind_int(stmt, 2, a < b ? b : a);
    stmt_bind_int(stmt, 3, probability);
    return stmt_run(stmt, err);
}

struct tie_walk {
    tie_row_fn *fn;
    void *ctx;
};

static int give_tie(void *ctx, struct stmt *row)
{
    const struct tie_walk *walk = ctx;

    return walk->fn(walk->ctx, stmt_int(row, 0), stmt_int(row, 1), (int)stmt_int(row, 2));
}

int ties_each(struct db *db, tie_row_fn *fn, void *ctx, struct err *err)
{
    struct tie_walk walk = {fn, ctx};

    return stmt_each(db_stmt(db, "SELECT a, b, probability FROM name_tie", err), give_tie, &walk,
                     err);
}
