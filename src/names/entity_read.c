/* What the tables say of entities. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "names/spelling.h"
#include "names/tables.h"
#include "store/page.h"

int names_ready(struct sanad_case *kase, struct err *err)
{
    return tables_are_there(case_db(kase))
               ? 0
               : err_set(err, ERR_NOT_FOUND,
                         "names were never looked for in this case; sanad rebuild --index %s does",
                         case_path(kase));
}

struct entity entity_at(struct stmt *row, int column)
{
    return (struct entity){.id = stmt_int(row, column),
                           .kind = (enum mention_kind)stmt_int(row, column + 1),
                           .shown = stmt_text(row, column + 2),
                           .mentions = stmt_int(row, column + 3),
                           .documents = stmt_int(row, column + 4),
                           .spellings = stmt_int(row, column + 5)};
}

struct entity_walk {
    entity_fn *fn;
    void *ctx;
};

static int give_entity(void *ctx, struct stmt *row)
{
    const struct entity_walk *walk = ctx;
    struct entity entity = entity_at(row, 0);

    return walk->fn(walk->ctx, &entity);
}

int entities_walk(struct stmt *stmt, entity_fn *fn, void *ctx, struct err *err)
{
    struct entity_walk walk = {fn, ctx};

    return stmt_each(stmt, give_entity, &walk, err);
}

int entities_each(struct sanad_case *kase, const struct entity_filter *filter, entity_fn *fn,
                  void *ctx, struct err *err)
{
    struct stmt *stmt = db_stmt(case_db(kase),
                                "SELECT " ENTITY_FIELDS " FROM " ENTITY_TABLES ""
                                " WHERE (?1 < 0 OR e.kind = ?1) AND e.mentions > 0"
                                " ORDER BY e.documents DESC, e.mentions DESC, n.spelling, e.id"
                                " LIMIT ?2",
                                err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, filter->kind);
    stmt_bind_int(stmt, 2, filter->limit);
    return entities_walk(stmt, fn, ctx, err);
}

int entity_now(struct sanad_case *kase, int64_t id, int64_t *ret_now, struct err *err)
{
    struct stmt *stmt = db_stmt(case_db(kase),
                                "SELECT id FROM entity WHERE id = ?1"
                                " UNION ALL SELECT entity FROM entity_moved WHERE id = ?1",
                                err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, id);
    int rc = stmt_step(stmt, err);
    *ret_now = rc > 0 ? stmt_int(stmt, 0) : 0;
    stmt_reset(stmt);
    if (!rc)
        return err_set(err, ERR_NOT_FOUND, "there is no name with the number %lld; see sanad names",
                       (long long)id);
    return rc < 0 ? rc : 0;
}

int entity_one(struct sanad_case *kase, int64_t id, entity_fn *fn, void *ctx, struct err *err)
{
    int64_t now;
    int rc = entity_now(kase, id, &now, err);
    struct stmt *stmt =
        rc ? NULL
           : db_stmt(case_db(kase),
                     "SELECT " ENTITY_FIELDS " FROM " ENTITY_TABLES " WHERE e.id = ?1", err);

    if (!stmt)
        return rc ? rc : ERR_IO;
    stmt_bind_int(stmt, 1, now);
    return entities_walk(stmt, fn, ctx, err);
}

/* ---- by what a person typed ---- */

struct wanted {
    int64_t entity, mentions;
};

static int take_entity(void *ctx, const struct name_row *row)
{
    struct wanted *wanted = ctx;

    if (row->entity && row->mentions > wanted->mentions)
        *wanted = (struct wanted){row->entity, row->mentions};
    return 0;
}

/* 0 when it is no number. */
static int64_t number_of(const char *given)
{
    char *end;

    if (*given == '#')
        given++;
    if (*given < '1' || *given > '9' || strlen(given) > 15)
        return 0;
    int64_t number = strtoll(given, &end, 10);
    return *end ? 0 : number;
}

int entity_meant(struct sanad_case *kase, const char *given, int64_t *ret_id, struct err *err)
{
    char spelling[SPELLING_BYTES_MAX];
    struct wanted wanted = {0};
    int64_t number = number_of(given);

    if (number)
        return entity_now(kase, number, ret_id, err);
    size_t len = spelling_of(MENTION_ORGANISATION, given, strlen(given), spelling);
    int rc = len ? names_spelt(case_db(kase), spelling, take_entity, &wanted, err) : 0;
    if (!rc && !wanted.entity && spelling_of(MENTION_EMAIL, given, strlen(given), spelling))
        rc = names_spelt(case_db(kase), spelling, take_entity, &wanted, err);
    if (!rc && !wanted.entity)
        rc = called_meant(case_db(kase), given, &wanted.entity, err);
    *ret_id = wanted.entity;
    if (!rc && !wanted.entity)
        return err_set(err, ERR_NOT_FOUND,
                       "nothing in the case is named \"%s\" in this spelling; see sanad names",
                       given);
    return rc;
}

/* ---- what belongs to one ---- */

struct spelling_walk {
    entity_spelling_fn *fn;
    void *ctx;
};

static int give_spelling(void *ctx, struct stmt *row)
{
    const struct spelling_walk *walk = ctx;
    struct entity_spelling spelling = {.spelling = stmt_text(row, 0),
                                       .shown = stmt_text(row, 1),
                                       .kind = (enum mention_kind)stmt_int(row, 2),
                                       .mentions = stmt_int(row, 3),
                                       .documents = stmt_int(row, 4)};

    return walk->fn(walk->ctx, &spelling);
}

int entity_spellings(struct sanad_case *kase, int64_t id, entity_spelling_fn *fn, void *ctx,
                     struct err *err)
{
    struct spelling_walk walk = {fn, ctx};
    struct stmt *stmt =
        db_stmt(case_db(kase),
                "SELECT n.spelling, n.shown, n.kind,"
                " n.mentions - (SELECT count(*) FROM name_local l JOIN mention m ON m.name = l.name"
                " AND m.page >= l.item << 24 AND m.page < l.item + 1 << 24"
                " WHERE l.name = n.id AND l.entity <> ?1),"
                " n.documents - (SELECT count(*) FROM name_local l"
                " WHERE l.name = n.id AND l.entity <> ?1)"
                " FROM name n WHERE n.entity = ?1 ORDER BY 4 DESC, n.spelling, n.kind",
                err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, id);
    return stmt_each(stmt, give_spelling, &walk, err);
}

struct mention_walk {
    entity_mention_fn *fn;
    void *ctx;
};

static int give_mention(void *ctx, struct stmt *row)
{
    const struct mention_walk *walk = ctx;
    struct entity_mention mention = {.item = page_id_item(stmt_int(row, 0)),
                                     .page = page_id_number(stmt_int(row, 0)),
                                     .at = (uint32_t)stmt_int(row, 1),
                                     .len = (uint32_t)stmt_int(row, 2),
                                     .score = (int)stmt_int(row, 3),
                                     .shown = stmt_text(row, 4),
                                     .path = stmt_text(row, 5),
                                     .local = stmt_int(row, 6) != 0};

    return walk->fn(walk->ctx, &mention);
}

int entity_mentions(struct sanad_case *kase, int64_t id, int64_t limit, entity_mention_fn *fn,
                    void *ctx, struct err *err)
{
    struct stmt *stmt =
        db_stmt(case_db(kase),
                "SELECT o.page, o.at, o.len, o.score, o.shown, i.path, o.local FROM " MENTIONS_OF
                " o JOIN item i ON i.id = o.page >> 24 ORDER BY o.page, o.at LIMIT ?2",
                err);
    struct mention_walk walk = {fn, ctx};

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, id);
    stmt_bind_int(stmt, 2, limit);
    return stmt_each(stmt, give_mention, &walk, err);
}

struct near_walk {
    entity_near_fn *fn;
    void *ctx;
};

static int give_near(void *ctx, struct stmt *row)
{
    const struct near_walk *walk = ctx;
    struct entity_near near = {.id = stmt_int(row, 0),
                               .shown = stmt_text(row, 1),
                               .by = stmt_text(row, 2),
                               .probability = (int)stmt_int(row, 3),
                               .decision = stmt_int(row, 4)};

    return walk->fn(walk->ctx, &near);
}

int entity_near(struct sanad_case *kase, int64_t id, int64_t limit, entity_near_fn *fn, void *ctx,
                struct err *err)
{
    struct stmt *stmt = db_stmt(
        case_db(kase),
        /* the likeliest pair of each entity: SQLite gives the other columns of the row that has the
         * maximum */
        "SELECT o.entity, o.shown, n.shown, max(t.probability), coalesce(r.decision, 0) FROM"
        " (SELECT a AS own, b AS other, a, b, probability FROM name_tie"
        "  WHERE a IN (SELECT id FROM name WHERE entity = ?1)"
        "  UNION ALL SELECT b, a, a, b, probability FROM name_tie"
        "  WHERE b IN (SELECT id FROM name WHERE entity = ?1)) t"
        " JOIN name n ON n.id = t.own JOIN name o ON o.id = t.other"
        " LEFT JOIN name_refused r ON r.a = t.a AND r.b = t.b"
        " WHERE o.entity <> ?1 AND o.entity <> 0 GROUP BY o.entity ORDER BY 4 DESC, 1 LIMIT ?2",
        err);
    struct near_walk walk = {fn, ctx};

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, id);
    stmt_bind_int(stmt, 2, limit);
    return stmt_each(stmt, give_near, &walk, err);
}
