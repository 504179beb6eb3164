#include "names/browse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "names/tables.h"
#include "text/fold.h"

/* ---- lists ---- */

/* Words of the list's text, folded, each with its NUL; "" for those that are not there. */
enum { CALLED_BYTES_MAX = 1 << 20 };

struct needles {
    char words[BROWSE_WORDS_MAX][WORD_BYTES_MAX + 1];
    struct buf called; /* who has them in a chosen name, as called_with() writes it */
};

static void needles_of(const char *text, struct needles *needles)
{
    struct words words;
    struct word word;

    *needles = (struct needles){0};
    buf_init(&needles->called, CALLED_BYTES_MAX);
    words_init(&words, text, strlen(text));
    for (size_t i = 0; i < BROWSE_WORDS_MAX && words_next(&words, &word); i++)
        memcpy(needles->words[i], word.surface, word.surface_len);
}

static void needles_release(struct needles *needles)
{
    buf_release(&needles->called);
}

/* Binds ?1 to ?5, which stay the needles'. */
static int bind_needles(struct stmt *stmt, struct db *db, struct needles *needles, bool begin,
                        struct err *err)
{
    const char *words[BROWSE_WORDS_MAX];

    for (int i = 0; i < BROWSE_WORDS_MAX; i++) {
        words[i] = needles->words[i];
        stmt_bind_text(stmt, i + 1, words[i]);
    }
    int rc = called_with(db, words, BROWSE_WORDS_MAX, begin, &needles->called, err);
    stmt_bind_text(stmt, 5, needles->called.data);
    return rc;
}

/* ?1 to ?4 are words, ?5 who has them in a chosen name. */
#define WITH_WORDS                                                                                 \
    " (?1 = '' OR instr(?5, ',' || e.id || ',') OR e.id IN (SELECT s.entity FROM name s WHERE "    \
    "instr(s.spelling, ?1)"                                                                        \
    " AND (?2 = '' OR instr(s.spelling, ?2)) AND (?3 = '' OR instr(s.spelling, ?3))"               \
    " AND (?4 = '' OR instr(s.spelling, ?4))))"
#define LISTED                                                                                     \
    "SELECT " ENTITY_FIELDS " FROM " ENTITY_TABLES " WHERE (?8 < 0 OR e.kind = ?8)"                \
    " AND e.mentions > 0 AND" WITH_WORDS

static const char *const list_sql[] = {
    [ORDER_DOCUMENTS] =
        LISTED " ORDER BY e.documents DESC, e.mentions DESC, n.spelling, e.id LIMIT ?6 OFFSET ?7",
    [ORDER_MENTIONS] =
        LISTED " ORDER BY e.mentions DESC, e.documents DESC, n.spelling, e.id LIMIT ?6 OFFSET ?7",
    [ORDER_NAME] = LISTED " ORDER BY n.spelling, e.id LIMIT ?6 OFFSET ?7",
};

int entities_list(struct sanad_case *kase, const struct entity_list *list, entity_fn *fn, void *ctx,
                  struct err *err)
{
    struct stmt *stmt = db_stmt(case_db(kase), list_sql[list->order], err);
    struct needles needles;

    if (!stmt)
        return ERR_IO;
    needles_of(list->text, &needles);
    int rc = bind_needles(stmt, case_db(kase), &needles, false, err);
    stmt_bind_int(stmt, 8, list->kind);
    stmt_bind_int(stmt, 6, list->limit);
    stmt_bind_int(stmt, 7, list->offset);
    if (!rc)
        rc = entities_walk(stmt, fn, ctx, err);
    needles_release(&needles);
    return rc;
}

int entities_count(struct sanad_case *kase, const char *text, int64_t ret_counts[MENTION_KINDS],
                   struct err *err)
{
    struct stmt *stmt = db_stmt(case_db(kase),
                                "SELECT e.kind, count(*) FROM entity e WHERE e.mentions > 0"
                                " AND" WITH_WORDS " GROUP BY e.kind",
                                err);
    struct needles needles;

    if (!stmt)
        return ERR_IO;
    needles_of(text, &needles);
    int rc = bind_needles(stmt, case_db(kase), &needles, false, err);
    memset(ret_counts, 0, MENTION_KINDS * sizeof(*ret_counts));
    while (!rc && (rc = stmt_step(stmt, err)) > 0) {
        int64_t kind = stmt_int(stmt, 0);
        if (kind >= 0 && kind < MENTION_KINDS)
            ret_counts[kind] = stmt_int(stmt, 1);
        rc = 0;
    }
    stmt_reset(stmt);
    needles_release(&needles);
    return rc;
}

#define BEGINS(number) " instr(' ' || s.spelling, ' ' || ?" number ") > 0"

#define TYPED                                                                                      \
    BEGINS("1")                                                                                    \
    " AND (?2 = '' OR" BEGINS("2") ") AND (?3 = '' OR" BEGINS("3") ")"                             \
                                                                   " AND (?4 = '' OR" BEGINS(      \
                                                                       "4") ")"

int entities_complete(struct sanad_case *kase, const char *typed, int64_t limit, entity_fn *fn,
                      void *ctx, struct err *err)
{
    /* SQLite gives the spelling of the row that has the maximum. */
    struct stmt *stmt =
        db_stmt(case_db(kase),
                "SELECT e.id, e.kind, " SHOWN_AS(
                    c, s) ", e.mentions, e.documents, e.spellings,"
                          " max(s.mentions) FROM name s JOIN entity e ON e.id = s.entity"
                          " LEFT JOIN " CALLED_ROWS " c ON c.entity = e.id"
                          " WHERE e.mentions > 0 AND (instr(?5, ',' || e.id || ',') OR (" TYPED "))"
                          " GROUP BY e.id ORDER BY 7 DESC, e.documents DESC, e.id LIMIT ?6",
                err);
    struct needles needles;

    if (!stmt)
        return ERR_IO;
    needles_of(typed, &needles);
    int rc = bind_needles(stmt, case_db(kase), &needles, true, err);
    stmt_bind_int(stmt, 6, limit);
    if (!rc && needles.words[0][0])
        rc = entities_walk(stmt, fn, ctx, err);
    needles_release(&needles);
    return rc;
}

/* ---- posts and company ---- */

/* A text and how often. */
typedef int count_fn(void *ctx, const char *text, int64_t count);

struct count_walk {
    count_fn *fn;
    void *ctx;
};

static int give_count(void *ctx, struct stmt *row)
{
    const struct count_walk *walk = ctx;

    return walk->fn(walk->ctx, stmt_text(row, 0), stmt_int(row, 1));
}

static int counts_each(struct stmt *stmt, count_fn *fn, void *ctx, struct err *err)
{
    struct count_walk walk = {fn, ctx};

    return stmt_each(stmt, give_count, &walk, err);
}

int entity_posts(struct sanad_case *kase, int64_t id, int64_t limit, entity_post_fn *fn, void *ctx,
                 struct err *err)
{
    /* Right before the name ("Ambassador Jernegan"), or behind a comma ("Jernegan, the Ambassador")
     * unless it is the next name's ("Nasser, Secretary Rusk"). */
    struct stmt *stmt = db_stmt(
        case_db(kase),
        "SELECT pn.shown, count(*) FROM (SELECT page, at, len FROM " MENTIONS_OF " LIMIT ?3) o"
        " JOIN mention p ON p.page = o.page AND p.at >= o.at - 120 AND p.at <= o.at + o.len + 6"
        " JOIN name pn ON pn.id = p.name AND pn.kind = ?4"
        " WHERE (SELECT e.kind FROM entity e WHERE e.id = ?1) = ?5"
        " AND (p.at + p.len BETWEEN o.at - 2 AND o.at"
        "  OR (p.at - o.at - o.len IN (2, 3, 6)" /* a comma in two scripts; ", the " */
        "   AND NOT EXISTS (SELECT 1 FROM mention q JOIN name qn ON qn.id = q.name AND qn.kind = ?5"
        "    WHERE q.page = p.page AND q.at BETWEEN p.at + p.len AND p.at + p.len + 2)))"
        " GROUP BY pn.spelling ORDER BY 2 DESC, pn.spelling LIMIT ?2",
        err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, id);
    stmt_bind_int(stmt, 2, limit);
    stmt_bind_int(stmt, 3, BROWSE_MENTIONS_MAX);
    stmt_bind_int(stmt, 4, MENTION_POST);
    stmt_bind_int(stmt, 5, MENTION_PERSON);
    return counts_each(stmt, fn, ctx, err);
}

/* ---- where ---- */

/* Documents, ascending within each spelling. */
struct item_list {
    int64_t *items;
    size_t count;
};

static int take_item(void *ctx, struct stmt *row)
{
    struct item_list *list = ctx;
    int64_t item = stmt_int(row, 0);

    if (list->count && list->items[list->count - 1] == item)
        return 0;
    list->items = mem_room(list->items, list->count, sizeof(*list->items));
    list->items[list->count++] = item;
    return 0;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

/* Put in order and told apart here: for hundreds of thousands of mentions the database takes five
 * times as long. */
static int items_of(struct db *db, int64_t id, entity_item_fn *fn, void *ctx, struct err *err)
{
    struct stmt *stmt = db_stmt(db, "SELECT page >> 24 FROM " MENTIONS_OF, err);
    struct item_list list = {0};

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, id);
    int rc = stmt_each(stmt, take_item, &list, err);
    if (list.count)
        qsort(list.items, list.count, sizeof(*list.items), by_number);
    for (size_t i = 0; i < list.count && !rc; i++)
        if (i == 0 || list.items[i] != list.items[i - 1])
            rc = fn(ctx, list.items[i]);
    free(list.items);
    return rc;
}

/* ---- when ---- */

enum { YEARS_MAX = 4096 };

/* Years with their documents, in the order of the text; "" for none, "?" for several years. */
struct year_counts {
    struct dated_walk walk;
    struct err *err;
    size_t count, last;
    struct {
        char year[5];
        int64_t documents;
    } years[YEARS_MAX];
};

static int count_year(void *ctx, int64_t item)
{
    struct year_counts *counts = ctx;
    int dated = dated_walk_to(&counts->walk, item, counts->err);

    if (dated < 0)
        return dated;
    const char *year = !dated ? "" : counts->walk.year[0] ? counts->walk.year : "?";
    size_t at = counts->last;
    if (at >= counts->count || strcmp(counts->years[at].year, year) != 0)
        for (at = 0; at < counts->count && strcmp(counts->years[at].year, year) != 0;)
            at++;
    if (at == YEARS_MAX)
        return 0;
    if (at == counts->count)
        snprintf(counts->years[counts->count++].year, sizeof(counts->years[0].year), "%s", year);
    counts->years[at].documents++;
    counts->last = at;
    return 0;
}

static int by_year(const void *a, const void *b)
{
    return strcmp(a, b); /* a row begins with its year */
}

int entity_years(struct sanad_case *kase, int64_t id, entity_year_fn *fn, void *ctx,
                 struct err *err)
{
    struct db *db = case_db(kase);
    int rc = dated_is_there(db, err);

    if (rc <= 0)
        return rc;
    CLEANUP(cleanup_free) struct year_counts *counts = mem_zalloc(1, sizeof(*counts));
    counts->err = err;
    rc = dated_walk_open(&counts->walk, db, err);
    if (!rc)
        rc = items_of(db, id, count_year, counts, err);
    dated_walk_close(&counts->walk);
    if (counts->count)
        qsort(counts->years, counts->count, sizeof(counts->years[0]), by_year);
    for (size_t i = 0; i < counts->count && !rc; i++)
        rc = fn(ctx, counts->years[i].year, counts->years[i].documents);
    return rc;
}

int entity_items(struct sanad_case *kase, int64_t id, entity_item_fn *fn, void *ctx,
                 struct err *err)
{
    return items_of(case_db(kase), id, fn, ctx, err);
}

int entity_documents(struct db *db, int64_t id, entity_item_fn *fn, void *ctx, struct err *err)
{
    if (!tables_are_there(db))
        return 0;
    struct stmt *moved = db_stmt(db, "SELECT entity FROM entity_moved WHERE id = ?1", err);
    if (!moved)
        return ERR_IO;
    stmt_bind_int(moved, 1, id);
    int64_t now = stmt_number(moved);
    return items_of(db, now ? now : id, fn, ctx, err);
}
