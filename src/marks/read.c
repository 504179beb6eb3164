/* Marks as they are read, one by one or by what a filter leaves. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "marks/anchor.h"
#include "marks/tables.h"
#include "marks/words.h"

enum { FILTER_BYTES_MAX = 4096 };

/* All that is told of a mark `m`. */
#define COLUMNS                                                                                    \
    "SELECT m.id, m.kind, m.item, m.page, m.regions, m.quote, m.quote_from, m.quote_to, m.label, " \
    "l.name, l.colour, t.text, t.lang, m.revision, t.at, m.done_by, m.done_at, m.checked_by, "     \
    "m.checked_at, m.who, m.at, m.removed_at <> 0 OR coalesce(l.removed_at, 0) <> 0, i.path, "     \
    "r.title, m.prefix, m.suffix "
#define TABLES                                                                                     \
    "FROM mark m LEFT JOIN label l ON l.id = m.label "                                             \
    "LEFT JOIN mark_text t ON t.mark = m.id AND t.revision = m.revision "                          \
    "LEFT JOIN item i ON i.id = m.item LEFT JOIN reading r ON r.item = m.item "
#define STANDS "m.removed_at = 0 AND coalesce(l.removed_at, 0) = 0 "

static void read_row(struct stmt *row, struct annotation *mark)
{
    size_t regions_len;
    const void *regions = stmt_blob(row, 4, &regions_len);

    *mark = (struct annotation){
        .id = stmt_int(row, 0),
        .kind = (enum marks_kind)stmt_int(row, 1),
        .target = {.item = stmt_int(row, 2),
                   .page = (uint32_t)stmt_int(row, 3),
                   .quote = stmt_text(row, 5),
                   .start = (uint32_t)stmt_int(row, 6),
                   .end = (uint32_t)stmt_int(row, 7)},
        .label = {stmt_int(row, 8), stmt_text(row, 9), stmt_text(row, 10)},
        .text = stmt_text(row, 11),
        .lang = stmt_text(row, 12),
        .revisions = stmt_int(row, 13),
        .edited_at = stmt_int(row, 13) > 1 ? stmt_int(row, 14) : 0,
        .done = stmt_int(row, 16) != 0,
        .done_by = stmt_text(row, 15),
        .done_at = stmt_int(row, 16),
        .checked_by = stmt_text(row, 17),
        .checked_at = stmt_int(row, 18),
        .who = stmt_text(row, 19),
        .at = stmt_int(row, 20),
        .removed = stmt_int(row, 21) != 0,
        .path = stmt_text(row, 22),
        .title = stmt_text(row, 23),
    };
    mark_unpack_regions(regions, regions_len, &mark->target);
}

struct giving {
    struct sanad_case *kase;
    annotation_fn *fn;
    void *ctx;
    struct err *err;
    int64_t given;
    struct page *page; /* that marks were looked for on last */
};

static int give_row(void *ctx, struct stmt *row)
{
    struct giving *giving = ctx;
    struct annotation mark;

    read_row(row, &mark);
    giving->given++;
    return giving->fn(giving->ctx, &mark);
}

/* ---- with the place in the text as it is now ---- */

/* The page of a mark; NULL when it has none any more. */
static int turn_to(struct giving *giving, const struct mark_target *target)
{
    struct err ignored = {0};

    if (giving->page && giving->page->item == target->item &&
        giving->page->head.number == target->page)
        return 0;
    page_free(giving->page);
    giving->page = NULL;
    int rc = page_load(giving->kase, target->item, target->page, &giving->page, &ignored);
    return rc == ERR_NOT_FOUND || !rc ? 0 : err_set(giving->err, rc, "%s", ignored.message);
}

static int give_placed(void *ctx, struct stmt *row)
{
    struct giving *giving = ctx;
    struct annotation mark;

    read_row(row, &mark);
    giving->given++;
    if (mark.target.end > 0) {
        const struct anchor anchor = {mark.target.quote, stmt_text(row, 24), stmt_text(row, 25),
                                      mark.target.start};
        int rc = turn_to(giving, &mark.target);
        if (rc)
            return rc;
        if (giving->page && anchor_find(&anchor, giving->page->text, giving->page->text_len,
                                        &mark.target.start, &mark.target.end))
            mark.shown = giving->page;
        else
            mark.target.start = mark.target.end = 0;
    }
    return giving->fn(giving->ctx, &mark);
}

int marks_on_item(struct sanad_case *kase, int64_t item, annotation_fn *fn, void *ctx,
                  struct err *err)
{
    struct giving giving = {.kase = kase, .fn = fn, .ctx = ctx, .err = err};

    if (!marks_are_there(case_db(kase)))
        return 0;
    struct stmt *stmt = db_stmt(
        case_db(kase),
        COLUMNS TABLES "WHERE m.item IN (SELECT ?1 UNION SELECT b.id FROM item a JOIN item b "
                       "ON b.object = a.object AND b.object <> 0 WHERE a.id = ?1) AND " STANDS
                       "ORDER BY m.page, m.item, m.id",
        err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    int rc = stmt_each(stmt, give_placed, &giving, err);
    page_free(giving.page);
    return rc;
}

int mark_one(struct sanad_case *kase, int64_t id, annotation_fn *fn, void *ctx, struct err *err)
{
    struct giving giving = {.kase = kase, .fn = fn, .ctx = ctx, .err = err};

    if (!marks_are_there(case_db(kase)))
        return mark_missing(id, err);
    struct stmt *stmt = db_stmt(case_db(kase), COLUMNS TABLES "WHERE m.id = ?1", err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, id);
    int rc = stmt_each(stmt, give_placed, &giving, err);
    page_free(giving.page);
    return !rc && giving.given == 0 ? mark_missing(id, err) : rc;
}

/* ---- what a filter leaves ---- */

#define WORD(place)                                                                                \
    "AND (?" place " IS NULL OR instr(m.words || coalesce(l.folded, ''), ?" place ") > 0) "
#define FILTERED                                                                                   \
    "WHERE " STANDS                                                                                \
    "AND (?1 = 0 OR m.kind = ?1) AND (?2 = 0 OR m.label = ?2) AND (?3 IS NULL OR m.who = ?3) "     \
    "AND (?4 = 0 OR (m.kind = ?5 AND (m.done_at <> 0) = (?4 = 1))) "                               \
    "AND (?14 IS NULL OR l.folded = ?14) " WORD("6") WORD("7") WORD("8") WORD("9") WORD("10")      \
        WORD("11") WORD("12") WORD("13")

/* Bound texts that are not the filter's own. */
struct bound {
    struct buf words, label;
};

static void cleanup_bound(struct bound *bound)
{
    buf_release(&bound->words);
    buf_release(&bound->label);
}

static void bind_filter(struct stmt *stmt, const struct marks_filter *filter, struct bound *keep)
{
    buf_init(&keep->words, FILTER_BYTES_MAX);
    buf_init(&keep->label, FILTER_BYTES_MAX);
    if (filter->label_name)
        marks_fold_name(filter->label_name, &keep->label);
    stmt_bind_int(stmt, 1, filter->kind);
    stmt_bind_int(stmt, 2, filter->label);
    stmt_bind_text(stmt, 3, filter->who);
    stmt_bind_int(stmt, 4, filter->done);
    stmt_bind_int(stmt, 5, MARKS_LIST);
    marks_bind_words(stmt, 6, MARKS_WORDS_MAX, filter->words, &keep->words);
    stmt_bind_text(stmt, 14, filter->label_name ? keep->label.data : NULL);
}

int marks_each(struct sanad_case *kase, const struct marks_filter *filter, annotation_fn *fn,
               void *ctx, struct err *err)
{
    CLEANUP(cleanup_bound) struct bound keep = {0};
    struct giving giving = {.kase = kase, .fn = fn, .ctx = ctx, .err = err};

    if (!marks_are_there(case_db(kase)))
        return 0;
    struct stmt *stmt =
        db_stmt(case_db(kase),
                COLUMNS TABLES FILTERED "ORDER BY CASE ?15 WHEN 0 THEN -m.id WHEN 1 THEN m.id END, "
                                        "m.item, m.page, m.quote_from, m.id LIMIT ?16 OFFSET ?17",
                err);
    if (!stmt)
        return ERR_IO;
    bind_filter(stmt, filter, &keep);
    stmt_bind_int(stmt, 15, filter->order);
    stmt_bind_int(stmt, 16, filter->limit > 0 ? filter->limit : -1);
    stmt_bind_int(stmt, 17, filter->offset);
    return stmt_each(stmt, give_row, &giving, err);
}

int marks_count(struct sanad_case *kase, const struct marks_filter *filter, int64_t *ret_count,
                struct err *err)
{
    CLEANUP(cleanup_bound) struct bound keep = {0};

    *ret_count = 0;
    if (!marks_are_there(case_db(kase)))
        return 0;
    struct stmt *stmt =
        db_stmt(case_db(kase),
                "SELECT count(*) FROM mark m LEFT JOIN label l ON l.id = m.label " FILTERED, err);
    if (!stmt)
        return ERR_IO;
    bind_filter(stmt, filter, &keep);
    *ret_count = stmt_number(stmt);
    return 0;
}

/* ---- in numbers ---- */

struct giving_sums {
    mark_sum_fn *fn;
    void *ctx;
};

static int give_sum(void *ctx, struct stmt *row)
{
    const struct giving_sums *giving = ctx;
    const struct mark_sum sum = {(enum marks_kind)stmt_int(row, 0), stmt_text(row, 1),
                                 stmt_int(row, 2)};

    return giving->fn(giving->ctx, &sum);
}

int marks_sums(struct sanad_case *kase, mark_sum_fn *fn, void *ctx, struct err *err)
{
    struct giving_sums giving = {fn, ctx};

    if (!marks_are_there(case_db(kase)))
        return 0;
    return stmt_each(db_stmt(case_db(kase),
                             "SELECT m.kind, m.who, count(*) FROM mark m "
                             "LEFT JOIN label l ON l.id = m.label WHERE " STANDS
                             "GROUP BY m.kind, m.who ORDER BY m.who, m.kind",
                             err),
                     give_sum, &giving, err);
}

/* ---- revisions ---- */

struct giving_revisions {
    mark_revision_fn *fn;
    void *ctx;
};

static int give_revision(void *ctx, struct stmt *row)
{
    const struct giving_revisions *giving = ctx;
    const struct mark_revision revision = {.revision = stmt_int(row, 0),
                                           .at = stmt_int(row, 1),
                                           .text = stmt_text(row, 2),
                                           .lang = stmt_text(row, 3),
                                           .who = stmt_text(row, 4)};

    return giving->fn(giving->ctx, &revision);
}

static int ignore(void *ctx, const struct annotation *mark)
{
    (void)ctx;
    (void)mark;
    return 0;
}

int mark_revisions(struct sanad_case *kase, int64_t id, mark_revision_fn *fn, void *ctx,
                   struct err *err)
{
    struct giving_revisions giving = {fn, ctx};
    int rc = mark_one(kase, id, ignore, NULL, err);

    if (rc)
        return rc;
    struct stmt *stmt = db_stmt(case_db(kase),
                                "SELECT revision, at, text, lang, who FROM mark_text "
                                "WHERE mark = ?1 ORDER BY revision DESC",
                                err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, id);
    return stmt_each(stmt, give_revision, &giving, err);
}
