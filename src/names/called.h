/*
 * The names that people chose for entities, as SQL and as ids. Private to names; what people do is
 * in entities.h, the rows are decisions (`name_decision`).
 *
 * A chosen name hangs on a spelling, not on a number: it goes where that spelling goes. Of an
 * entity with several, after two were joined, the one chosen last is shown, for it is the newest
 * word on the matter; when they are taken apart again, each has its own back.
 */
#ifndef NAMES_CALLED_H
#define NAMES_CALLED_H

#include "base/buf.h"
#include "names/entities.h"
#include "store/db.h"

/* The last standing choice of each entity that has one: entity, name, id and the folded spelling it
 * hangs on; the name is "" where people went back to the commonest spelling. SQLite gives the other
 * columns of the row that has the maximum. 4 is VERDICT_RENAME. */
#define CALLED_ROWS                                                                                \
    "(SELECT cn.entity AS entity, cd.b AS name, max(cd.id) AS id FROM name_decision cd"            \
    " JOIN name cn ON cn.spelling = cd.a AND cn.kind = cd.kind_a WHERE cd.verdict = 4"             \
    " AND NOT EXISTS (SELECT 1 FROM name_decision cu WHERE cu.undoes = cd.id AND cu.undoes <> 0)"  \
    " GROUP BY cn.entity)"

/* What an entity is shown as: its chosen name, else its commonest spelling. Of the columns that
 * ENTITY_TABLES names, or those of another pair of a join and a name. */
#define SHOWN_AS(called, name) "coalesce(nullif(" #called ".name, ''), " #name ".shown)"

enum { CALLED_FOLDED_MAX = 1024 };

/* The words of a chosen name as the search fold has them, a space between; 0 when it has none.
 * People may choose what the spelling of a mention would not be taken for: "S. Q.", "Unknown 3". */
size_t called_fold(const char *name, char out[CALLED_FOLDED_MAX]);

/* Appends ",12,45," to an initialised buffer: the entities whose chosen name has all these folded
 * words, or has words that begin with them; "" when there are none. Words that are "" are none. */
int called_with(struct db *db, const char *const *words, size_t count, bool begin,
                struct buf *ret_ids, struct err *err);

/* The entity with this chosen name, spelt in any way that folds alike; 0 for none. */
int called_meant(struct db *db, const char *given, int64_t *ret_id, struct err *err);

#endif
