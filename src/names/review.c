#include "names/review.h"

#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "names/match.h"
#include "names/tables.h"

/*
 * Ties of names whose entities are two, the likeliest of each two entities, without those about
 * which a decision stands. SQLite gives the other columns of the row that has the maximum.
 */
#define OPEN_PAIRS                                                                                 \
    "WITH decided(a, b) AS ("                                                                      \
    " SELECT min(x.entity, y.entity), max(x.entity, y.entity) FROM name_decision d"                \
    " JOIN name x ON x.spelling = d.a AND x.kind = d.kind_a"                                       \
    " JOIN name y ON y.spelling = d.b AND y.kind = d.kind_b"                                       \
    " WHERE d.undoes = 0 AND d.id NOT IN (SELECT undoes FROM name_decision)),"                     \
    " pair(a, b, by_a, by_b, probability) AS ("                                                    \
    " SELECT min(x.entity, y.entity), max(x.entity, y.entity),"                                    \
    "  CASE WHEN x.entity < y.entity THEN x.shown ELSE y.shown END,"                               \
    "  CASE WHEN x.entity < y.entity THEN y.shown ELSE x.shown END, max(t.probability)"            \
    " FROM name_tie t JOIN name x ON x.id = t.a JOIN name y ON y.id = t.b"                         \
    " WHERE x.entity <> y.entity AND x.entity <> 0 AND y.entity <> 0 GROUP BY 1, 2)"
#define OPEN_FROM " FROM pair p JOIN entity ea ON ea.id = p.a JOIN entity eb ON eb.id = p.b"
#define OPEN_WHERE                                                                                 \
    " WHERE (?1 < 0 OR ea.kind = ?1 OR eb.kind = ?1)"                                              \
    " AND NOT EXISTS (SELECT 1 FROM decided d WHERE d.a = p.a AND d.b = p.b)"

struct explaining {
    review_fn *fn;
    void *ctx;
    struct names_model *model;
    struct scored_name *a, *b;
    struct match match;
    struct review_word words[MATCH_WHYS_MAX];
};

static void explaining_start(struct explaining *e)
{
    e->model = names_model_new();
    e->a = mem_zalloc(1, sizeof(*e->a));
    e->b = mem_zalloc(1, sizeof(*e->b));
}

static void explaining_end(struct explaining *e)
{
    names_model_free(e->model);
    free(e->a);
    free(e->b);
}

static void explain(struct explaining *e, struct review_pair *pair)
{
    scored_name_set(e->model, pair->by_a, strlen(pair->by_a), e->a);
    scored_name_set(e->model, pair->by_b, strlen(pair->by_b), e->b);
    names_match(e->model, FIT_PAIR, e->a, e->b, &e->match);
    for (size_t i = 0; i < e->match.reason_count; i++) {
        const struct match_why *why = &e->match.reasons[i];
        struct review_word *word = &e->words[i];

        word->kind = why_name((enum why_kind)why->kind);
        word->a = match_words(e->a, pair->by_a, why->at_a, why->count_a, &word->a_len);
        word->b = match_words(e->b, pair->by_b, why->at_b, why->count_b, &word->b_len);
        word->likeness = why->likeness;
    }
    pair->reason = e->words;
    pair->reason_count = e->match.reason_count;
}

static int give_pair(void *ctx, struct stmt *row)
{
    struct explaining *e = ctx;
    struct review_pair pair = {.a = entity_at(row, 3),
                               .b = entity_at(row, 3 + ENTITY_COLUMNS),
                               .by_a = stmt_text(row, 0),
                               .by_b = stmt_text(row, 1),
                               .probability = (int)stmt_int(row, 2)};

    explain(e, &pair);
    return e->fn(e->ctx, &pair);
}

int review_pairs(struct sanad_case *kase, int kind, int64_t offset, int64_t limit, review_fn *fn,
                 void *ctx, struct err *err)
{
    struct explaining e = {.fn = fn, .ctx = ctx};
    struct stmt *stmt = db_stmt(
        case_db(kase),
        OPEN_PAIRS
        " SELECT p.by_a, p.by_b, p.probability,"
        " ea.id, ea.kind, " SHOWN_AS(
            ca, na) ", ea.mentions, ea.documents, ea.spellings,"
                    " eb.id, eb.kind, " SHOWN_AS(
                        cb, nb) ", eb.mentions, eb.documents, eb.spellings" OPEN_FROM
                                " JOIN name na ON na.id = ea.head JOIN name nb ON nb.id = eb.head"
                                " LEFT JOIN " CALLED_ROWS " ca ON ca.entity = ea.id"
                                " LEFT JOIN " CALLED_ROWS " cb ON cb.entity = eb.id" OPEN_WHERE
                                " ORDER BY p.probability DESC, min(ea.documents, eb.documents) "
                                "DESC, p.a, p.b"
                                " LIMIT ?3 OFFSET ?2",
        err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, kind);
    stmt_bind_int(stmt, 2, offset);
    stmt_bind_int(stmt, 3, limit);
    explaining_start(&e);
    int rc = stmt_each(stmt, give_pair, &e, err);
    explaining_end(&e);
    return rc;
}

int review_count(struct sanad_case *kase, int kind, int64_t *ret_count, struct err *err)
{
    struct stmt *stmt =
        db_stmt(case_db(kase), OPEN_PAIRS " SELECT count(*)" OPEN_FROM OPEN_WHERE, err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, kind);
    int rc = stmt_step(stmt, err);
    *ret_count = rc > 0 ? stmt_int(stmt, 0) : 0;
    stmt_reset(stmt);
    return rc < 0 ? rc : 0;
}
