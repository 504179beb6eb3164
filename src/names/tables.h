/*
 * The tables of names. Private to names; the schema is in tables.c and docs/FORMAT.md.
 *
 * Derived: `name` (a spelling of a kind), `mention`, `name_key` (keys.h), `name_tie` (names that
 * the model takes for the same), and what settle.c makes of them: `entity`, `entity_moved`,
 * `name_local`, `name_refused`. Permanent: `name_decision` and `entity_number`.
 */
#ifndef NAMES_TABLES_H
#define NAMES_TABLES_H

#include <stdbool.h>
#include <stdint.h>

#include "names/called.h"
#include "names/entities.h"
#include "store/db.h"

int tables_create(struct db *db, struct err *err);
int tables_drop(struct db *db, struct err *err); /* the derived ones */
/* Whether they are there: a case made before there were names has none. */
bool tables_are_there(struct db *db);

/* Gives each row of a bound statement (NULL: ERR_IO) that selects two numbers. Non-zero stops and
 * is returned, here and in all that walk. */
typedef int pair_row_fn(void *ctx, int64_t a, int64_t b);
int pairs_each(struct stmt *stmt, pair_row_fn *fn, void *ctx, struct err *err);

/* ---- mentions ---- */

/* The number of a name, which is made when there is none. */
int name_id(struct db *db, enum mention_kind kind, const char *spelling, const char *shown,
            size_t shown_len, int64_t *ret_id, struct err *err);
int mention_put(struct db *db, int64_t page, const struct mention *mention, int64_t name,
                struct err *err);
/* Makes the way from names to their mentions, unless it is there. In a new case that is when all
 * mentions are in: sorted once, it costs a fraction of keeping it in order from the first. */
int mentions_index(struct db *db, struct err *err);
int mentions_forget(struct db *db, int64_t item, struct err *err);

/* Walks all mentions in the order of pages: page and name. */
int mentions_each(struct db *db, pair_row_fn *fn, void *ctx, struct err *err);

/* Whether entities are older than the mentions. */
bool names_stale(struct db *db);
int names_set_stale(struct db *db, bool stale, struct err *err);

/* ---- names ---- */

struct name_row {
    int64_t id;
    enum mention_kind kind;
    const char *spelling, *shown;
    bool linked; /* its ties have been looked for */
    int64_t entity, mentions, documents;
};
typedef int name_row_fn(void *ctx, const struct name_row *row);
/* In the order of kind and spelling. */
int names_each(struct db *db, name_row_fn *fn, void *ctx, struct err *err);
int names_of_entity(struct db *db, int64_t entity, name_row_fn *fn, void *ctx, struct err *err);
int names_spelt(struct db *db, const char *spelling, name_row_fn *fn, void *ctx, struct err *err);
int name_with_id(struct db *db, int64_t id, name_row_fn *fn, void *ctx, struct err *err);
int name_settle(struct db *db, const struct name_row *row, struct err *err);
int name_set_linked(struct db *db, int64_t id, struct err *err);

/* Names with a key, at most `max`, the lowest first. Returns their number or an error. */
int name_keys_put(struct db *db, uint64_t key, int64_t name, struct err *err);
int names_with_key(struct db *db, uint64_t key, int64_t *ret_ids, int max, struct err *err);

int tie_put(struct db *db, int64_t a, int64_t b, int probability, struct err *err);
typedef int tie_row_fn(void *ctx, int64_t a, int64_t b, int probability);
int ties_each(struct db *db, tie_row_fn *fn, void *ctx, struct err *err);

/* ---- entities ---- */

/* An entity e, its commonest name n and what people call it c; where its rows are walked, the first
 * of the columns. */
#define ENTITY_FIELDS "e.id, e.kind, " SHOWN_AS(c, n) ", e.mentions, e.documents, e.spellings"
#define ENTITY_TABLES                                                                              \
    "entity e JOIN name n ON n.id = e.head LEFT JOIN " CALLED_ROWS " c ON c.entity = e.id"
enum { ENTITY_COLUMNS = 6 };
struct entity entity_at(struct stmt *row, int column);
/* Gives each row of a bound statement that selects ENTITY_FIELDS. */
int entities_walk(struct stmt *stmt, entity_fn *fn, void *ctx, struct err *err);

/* The mentions of entity ?1: those of its spellings, but for the surnames alone that mean another
 * in their document; and those that mean it in theirs. Most spellings are nobody else's anywhere,
 * and are not asked about mention by mention. */
#define MENTIONS_OF                                                                                \
    "(WITH own AS MATERIALIZED (SELECT id, shown, EXISTS"                                          \
    " (SELECT 1 FROM name_local l WHERE l.name = name.id) AS shared"                               \
    " FROM name WHERE entity = ?1)"                                                                \
    " SELECT m.page AS page, m.at AS at, m.len AS len, m.score AS score, own.shown AS shown,"      \
    " 0 AS local FROM own JOIN mention m ON m.name = own.id WHERE NOT (own.shared AND EXISTS"      \
    " (SELECT 1 FROM name_local l WHERE l.name = own.id AND l.item = m.page >> 24))"               \
    " UNION ALL SELECT m.page, m.at, m.len, m.score, n.shown, 1 FROM name_local l"                 \
    " JOIN mention m ON m.name = l.name AND m.page >= l.item << 24"                                \
    " AND m.page < l.item + 1 << 24 JOIN name n ON n.id = l.name WHERE l.entity = ?1)"

int entities_clear(struct db *db, struct err *err);
int entity_put(struct db *db, const struct entity *entity, int64_t head, struct err *err);
int entity_moved_put(struct db *db, int64_t from, int64_t to, struct err *err);
int name_local_put(struct db *db, int64_t name, int64_t item, int64_t entity, struct err *err);
int name_refused_put(struct db *db, int64_t a, int64_t b, int probability, int64_t decision,
                     struct err *err);

/* Numbers given so far, in the order they were given: name and entity. The last of a name counts.
 */
int numbers_each(struct db *db, pair_row_fn *fn, void *ctx, struct err *err);
int number_put(struct db *db, enum mention_kind kind, const char *spelling, int64_t entity,
               struct err *err);
int number_last(struct db *db, int64_t *ret_last, struct err *err);

/* ---- decisions ---- */

int decision_put(struct db *db, struct decision *decision, struct err *err);
/* All of them, in the order they were made. */
int decisions_all(struct db *db, decision_fn *fn, void *ctx, struct err *err);
/* The newest that stands of every spelling of an entity with that verdict, the newest first. */
int decisions_newest(struct db *db, int64_t entity, enum verdict verdict, decision_fn *fn,
                     void *ctx, struct err *err);

#endif
