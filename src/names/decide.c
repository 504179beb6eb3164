/* People's decisions: recorded, checked against one another, taken back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/clock.h"
#include "names/decide.h"
#include "names/spelling.h"
#include "names/tables.h"
#include "store/custody.h"

const char *verdict_word(enum verdict verdict)
{
    static const char *const words[] = {"same", "different", "unsure", "undo", "rename", "note"};

    return (size_t)verdict < ARRAY_LEN(words) ? words[verdict] : "";
}

/* All that stands, to be looked through. */
struct standing {
    struct edge {
        size_t a, b; /* ends */
        enum verdict verdict;
        int64_t id, at;
        char *who;
    } * edges;
    size_t count;
    struct end *ends;
    size_t end_count;
    size_t *parents;
};

static void standing_release(struct standing *standing)
{
    for (size_t i = 0; i < standing->count; i++)
        free(standing->edges[i].who);
    for (size_t i = 0; i < standing->end_count; i++)
        free(standing->ends[i].spelling);
    free(standing->edges);
    free(standing->ends);
    free(standing->parents);
}

static size_t end_of(struct standing *standing, const char *spelling, enum mention_kind kind)
{
    for (size_t i = 0; i < standing->end_count; i++)
        if (standing->ends[i].kind == kind && !strcmp(standing->ends[i].spelling, spelling))
            return i;
    standing->ends = mem_room(standing->ends, standing->end_count, sizeof(*standing->ends));
    standing->ends[standing->end_count] = (struct end){mem_strdup(spelling), kind, 0};
    return standing->end_count++;
}

static int keep_edge(void *ctx, const struct decision *decision)
{
    struct standing *standing = ctx;

    if (decision->undone_by || decision->verdict >= VERDICT_UNDO)
        return 0;
    standing->edges = mem_room(standing->edges, standing->count, sizeof(*standing->edges));
    size_t a = end_of(standing, decision->a, decision->kind_a);
    size_t b = end_of(standing, decision->b, decision->kind_b);
    standing->edges[standing->count++] = (struct edge){
        a, b, decision->verdict, decision->id, decision->at, mem_strdup(decision->who)};
    return 0;
}

static size_t root_of(const struct standing *standing, size_t end)
{
    while (standing->parents[end] != end)
        end = standing->parents[end];
    return end;
}

/* Groups of what people have said is the same. */
static void unite_same(struct standing *standing)
{
    standing->parents = mem_alloc((standing->end_count + 1) * sizeof(*standing->parents));
    for (size_t i = 0; i < standing->end_count; i++)
        standing->parents[i] = i;
    for (size_t i = 0; i < standing->count; i++)
        if (standing->edges[i].verdict == VERDICT_SAME)
            standing->parents[root_of(standing, standing->edges[i].a)] =
                root_of(standing, standing->edges[i].b);
}

static int refuse(const struct edge *edge, const char *says, struct err *err)
{
    char at[32];

    clock_format(edge->at, at);
    return err_set(err, ERR_USAGE,
                   "decision %lld (%s%s%s) says they are %s; to take it back: sanad undo CASE %lld",
                   (long long)edge->id, at, edge->who[0] ? ", " : "", edge->who, says,
                   (long long)edge->id);
}

/* Whether what stands forbids the verdict on two ends. */
static int check_standing(const struct standing *standing, enum verdict verdict, size_t a, size_t b,
                          struct err *err)
{
    size_t x = root_of(standing, a);
    size_t y = root_of(standing, b);

    for (size_t i = 0; i < standing->count; i++) {
        const struct edge *edge = &standing->edges[i];
        size_t from = root_of(standing, edge->a);
        size_t to = root_of(standing, edge->b);

        if (verdict == VERDICT_SAME && edge->verdict == VERDICT_DIFFERENT &&
            ((from == x && to == y) || (from == y && to == x)))
            return refuse(edge, "different", err);
        if (verdict == VERDICT_DIFFERENT && x == y && edge->verdict == VERDICT_SAME && from == x)
            return refuse(edge, "the same", err);
    }
    return 0;
}

static int check(struct db *db, enum verdict verdict, const struct end *a, const struct end *b,
                 struct err *err)
{
    struct standing standing = {0};
    int rc = decisions_all(db, keep_edge, &standing, err);

    if (!rc) {
        size_t x = end_of(&standing, a->spelling, a->kind);
        size_t y = end_of(&standing, b->spelling, b->kind);
        unite_same(&standing);
        rc = check_standing(&standing, verdict, x, y, err);
    }
    standing_release(&standing);
    return rc;
}

/* ---- which spellings are meant ---- */

struct end_search {
    struct end *end;
    const char *given; /* spelling that is wanted, or NULL for the commonest */
    int64_t mentions;
};

static int take_head(void *ctx, const struct name_row *row)
{
    struct end_search *search = ctx;

    if (!search->end->spelling)
        *search->end = (struct end){mem_strdup(row->spelling), row->kind, row->entity};
    return 1;
}

static int take_spelt(void *ctx, const struct name_row *row)
{
    struct end_search *search = ctx;

    return row->entity == search->end->entity ? take_head(ctx, row) : 0;
}

int end_find(struct sanad_case *kase, const char *given, struct end *end, struct err *err)
{
    struct end_search search = {.end = end};
    char spelling[SPELLING_BYTES_MAX];
    struct db *db = case_db(kase);
    int rc = entity_meant(kase, given, &end->entity, err);

    if (rc)
        return rc;
    if (spelling_of(MENTION_ORGANISATION, given, strlen(given), spelling))
        rc = names_spelt(db, spelling, take_spelt, &search, err);
    if (rc >= 0 && !end->spelling && spelling_of(MENTION_EMAIL, given, strlen(given), spelling))
        rc = names_spelt(db, spelling, take_spelt, &search, err);
    if (rc >= 0 && !end->spelling)
        rc = names_of_entity(db, end->entity, take_head, &search, err);
    if (rc >= 0 && !end->spelling)
        rc = err_set(err, ERR_NOT_FOUND, "\"%s\" has no spelling any more", given);
    return rc < 0 ? rc : 0;
}

int decision_record(struct sanad_case *kase, struct decision *decision, struct err *err)
{
    char detail[64];

    if (strlen(decision->who) > DECISION_TEXT_MAX || strlen(decision->why) > DECISION_TEXT_MAX)
        return err_set(err, ERR_LIMIT, "a reason has at most %d bytes", DECISION_TEXT_MAX);
    decision->at = clock_now();
    int rc = decision_put(case_db(kase), decision, err);
    snprintf(detail, sizeof(detail), "decision %lld: %s", (long long)decision->id,
             verdict_word(decision->verdict));
    return rc ? rc : custody_add(kase, "names", detail, err);
}

/* The same of one that changes who is who. */
static int record(struct sanad_case *kase, struct decision *decision, struct err *err)
{
    int rc = decision_record(kase, decision, err);

    if (!rc)
        rc = names_set_stale(case_db(kase), true, err);
    return rc ? rc : names_settle(kase, err);
}

static int decide(struct sanad_case *kase, struct decision *decision, const struct end *a,
                  const struct end *b, struct err *err)
{
    decision->a = a->spelling;
    decision->b = b->spelling;
    decision->kind_a = a->kind;
    decision->kind_b = b->kind;
    if (a->kind == b->kind && !strcmp(a->spelling, b->spelling))
        return err_set(err, ERR_USAGE,
                       "these are one name already, \"%s\"; name two of its spellings",
                       a->spelling);
    int rc = check(case_db(kase), decision->verdict, a, b, err);
    return rc ? rc : record(kase, decision, err);
}

int names_decide(struct sanad_case *kase, enum verdict verdict, const char *a, const char *b,
                 const char *who, const char *why, int64_t *ret_id, struct err *err)
{
    struct decision decision = {.verdict = verdict, .who = who, .why = why};
    struct end first = {0};
    struct end second = {0};
    int rc = end_find(kase, a, &first, err);

    if (!rc)
        rc = end_find(kase, b, &second, err);
    if (!rc)
        rc = decide(kase, &decision, &first, &second, err);
    free(first.spelling);
    free(second.spelling);
    *ret_id = decision.id;
    return rc;
}

/* ---- taking back ---- */

struct undo_search {
    int64_t id;
    enum verdict verdict;
    int64_t undone_by;
    bool found;
};

static int find_decision(void *ctx, const struct decision *decision)
{
    struct undo_search *search = ctx;

    if (decision->id != search->id)
        return 0;
    search->found = true;
    search->verdict = decision->verdict;
    search->undone_by = decision->undone_by;
    return 1;
}

int names_undo(struct sanad_case *kase, int64_t id, const char *who, const char *why,
               int64_t *ret_id, struct err *err)
{
    struct decision decision = {
        .verdict = VERDICT_UNDO, .a = "", .b = "", .who = who, .why = why, .undoes = id};
    struct undo_search search = {.id = id};
    int rc = decisions_all(case_db(kase), find_decision, &search, err);

    if (rc < 0)
        return rc;
    if (!search.found)
        return err_set(err, ERR_NOT_FOUND, "there is no decision %lld; see sanad names --decisions",
                       (long long)id);
    if (search.undone_by)
        return err_set(err, ERR_USAGE, "decision %lld was taken back by %lld already",
                       (long long)id, (long long)search.undone_by);
    if (search.verdict == VERDICT_UNDO)
        return err_set(err, ERR_USAGE, "decision %lld takes one back; decide anew instead",
                       (long long)id);
    /* what an entity is called and what is noted of it does not change who it is */
    rc = search.verdict < VERDICT_UNDO ? record(kase, &decision, err)
                                       : decision_record(kase, &decision, err);
    *ret_id = decision.id;
    return rc;
}

/* ---- listing ---- */

struct about {
    struct db *db;
    int64_t entity;
    decision_fn *fn;
    void *ctx;
    struct err *err;
};

struct is_of {
    int64_t entity;
    enum mention_kind kind;
    bool found;
};

static int is_of_entity(void *ctx, const struct name_row *row)
{
    struct is_of *is_of = ctx;

    is_of->found |= row->entity == is_of->entity && row->kind == is_of->kind;
    return 0;
}

static int give_about(void *ctx, const struct decision *decision)
{
    struct about *about = ctx;
    struct is_of is_of = {about->entity, decision->kind_a, false};

    if (decision->verdict == VERDICT_UNDO)
        return 0;
    int rc = names_spelt(about->db, decision->a, is_of_entity, &is_of, about->err);
    is_of.kind = decision->kind_b;
    if (!rc)
        rc = names_spelt(about->db, decision->b, is_of_entity, &is_of, about->err);
    if (rc || !is_of.found)
        return rc;
    return about->fn(about->ctx, decision);
}

int names_decisions(struct sanad_case *kase, int64_t entity, decision_fn *fn, void *ctx,
                    struct err *err)
{
    struct about about = {case_db(kase), entity, fn, ctx, err};

    return entity ? decisions_all(about.db, give_about, &about, err)
                  : decisions_all(about.db, fn, ctx, err);
}
