#include "marks/marked.h"

#include "base/buf.h"
#include "marks/tables.h"
#include "marks/words.h"

enum { FOLDED_MAX = 64 << 10 };

/* The items with the content of an item, and it itself. */
#define COPIES                                                                                     \
    "JOIN item i ON i.id = m.item "                                                                \
    "JOIN item c ON c.id = i.id OR (c.object = i.object AND i.object <> 0) "
#define STANDS "m.removed_at = 0 AND coalesce(l.removed_at, 0) = 0 "
#define WORD(place) "AND (?" place " IS NULL OR instr(m.words, ?" place ") > 0) "

struct giving {
    mark_item_fn *fn;
    void *ctx;
};

static int give_item(void *ctx, struct stmt *row)
{
    const struct giving *giving = ctx;

    return giving->fn(giving->ctx, stmt_int(row, 0));
}

int marked_items(struct db *db, const struct marked_wish *wish, mark_item_fn *fn, void *ctx,
                 struct err *err)
{
    CLEANUP(cleanup_buf) struct buf label = {0};
    CLEANUP(cleanup_buf) struct buf words = {0};
    struct giving giving = {fn, ctx};

    if (!marks_are_there(db))
        return 0;
    struct stmt *stmt =
        db_stmt(db,
                "SELECT DISTINCT c.id FROM mark m LEFT JOIN label l ON l.id = m.label " COPIES
                "WHERE m.kind = ?1 AND " STANDS "AND (?2 IS NULL OR l.folded = ?2) "
                "AND (?3 IS NULL OR m.who = ?3) " WORD("4") WORD("5") WORD("6") WORD("7") WORD("8")
                    WORD("9") WORD("10") WORD("11") "ORDER BY c.id",
                err);
    if (!stmt)
        return ERR_IO;
    buf_init(&label, FOLDED_MAX);
    buf_init(&words, FOLDED_MAX);
    if (wish->label)
        marks_fold_name(wish->label, &label);
    stmt_bind_int(stmt, 1, wish->kind);
    stmt_bind_text(stmt, 2, wish->label ? label.data : NULL);
    stmt_bind_text(stmt, 3, wish->who);
    marks_bind_words(stmt, 4, MARKS_WORDS_MAX, wish->words, &words);
    return stmt_each(stmt, give_item, &giving, err);
}

/* ---- tags of all documents ---- */

struct giving_tags {
    marked_tag_fn *fn;
    void *ctx;
};

static int give_tag(void *ctx, struct stmt *row)
{
    const struct giving_tags *giving = ctx;

    return giving->fn(giving->ctx, stmt_text(row, 0), stmt_int(row, 1));
}

int marked_tags(struct db *db, marked_tag_fn *fn, void *ctx, struct err *err)
{
    struct giving_tags giving = {fn, ctx};

    if (!marks_are_there(db))
        return 0;
    struct stmt *stmt = db_stmt(db,
                                "SELECT DISTINCT l.name, c.id FROM mark m "
                                "JOIN label l ON l.id = m.label " COPIES
                                "WHERE m.kind = ?1 AND " STANDS "ORDER BY l.id",
                                err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, MARKS_TAG);
    return stmt_each(stmt, give_tag, &giving, err);
}

/* ---- one document in brief ---- */

struct giving_brief {
    mark_brief_fn *fn;
    void *ctx;
};

static int give_brief(void *ctx, struct stmt *row)
{
    const struct giving_brief *giving = ctx;
    const struct mark_brief brief = {.kind = (enum marks_kind)stmt_int(row, 0),
                                     .label = stmt_int(row, 1),
                                     .name = stmt_text(row, 2),
                                     .colour = stmt_text(row, 3),
                                     .count = stmt_int(row, 4)};

    return giving->fn(giving->ctx, &brief);
}

int marked_brief(struct db *db, int64_t item, mark_brief_fn *fn, void *ctx, struct err *err)
{
    struct giving_brief giving = {fn, ctx};

    if (!marks_are_there(db))
        return 0;
    struct stmt *stmt =
        db_stmt(db,
                "SELECT m.kind, m.label, l.name, l.colour, count(*) FROM mark m "
                "LEFT JOIN label l ON l.id = m.label "
                "WHERE m.item IN (SELECT ?1 UNION SELECT b.id FROM item a JOIN item b "
                "ON b.object = a.object AND b.object <> 0 WHERE a.id = ?1) AND " STANDS
                "GROUP BY m.kind, m.label ORDER BY m.kind, l.folded",
                err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    return stmt_each(stmt, give_brief, &giving, err);
}
