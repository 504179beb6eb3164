/* The tables of filters and facets. */
#include "search/docs.h"

#include <string.h>

#include "store/dated.h"
#include "store/item.h"
#include "text/calendar.h"

int docs_create(struct db *db, struct err *err)
{
    return db_exec(db,
                   "CREATE TABLE IF NOT EXISTS search_doc (item INTEGER PRIMARY KEY,"
                   " type INTEGER NOT NULL, lang INTEGER NOT NULL, day INTEGER NOT NULL,"
                   " folder INTEGER NOT NULL);"
                   "CREATE TABLE IF NOT EXISTS search_value (id INTEGER PRIMARY KEY,"
                   " kind INTEGER NOT NULL, value TEXT NOT NULL, UNIQUE (kind, value))",
                   err);
}

int docs_drop(struct db *db, struct err *err)
{
    return db_exec(db, "DROP TABLE IF EXISTS search_doc; DROP TABLE IF EXISTS search_value", err);
}

int docs_forget(struct db *db, int64_t item, struct err *err)
{
    struct stmt *stmt = db_stmt(db, "DELETE FROM search_doc WHERE item = ?1", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    return stmt_run(stmt, err);
}

/* ---- writing ---- */

/* The number of a value, which is made when there is none; 0 for the empty one. */
static int value_id(struct db *db, enum value_kind kind, const char *value, size_t len,
                    int64_t *ret_id, struct err *err)
{
    *ret_id = 0;
    if (len == 0)
        return 0;
    struct stmt *find =
        db_stmt(db, "SELECT id FROM search_value WHERE kind = ?1 AND value = ?2", err);
    if (!find)
        return ERR_IO;
    stmt_bind_int(find, 1, kind);
    stmt_bind_text_len(find, 2, value, len);
    int rc = stmt_step(find, err);
    if (rc > 0) {
        *ret_id = stmt_int(find, 0);
        stmt_reset(find);
    }
    if (rc != 0)
        return rc < 0 ? rc : 0;
    struct stmt *add = db_stmt(db, "INSERT INTO search_value(kind, value) VALUES (?1, ?2)", err);
    if (!add)
        return ERR_IO;
    stmt_bind_int(add, 1, kind);
    stmt_bind_text_len(add, 2, value, len);
    rc = stmt_run(add, err);
    *ret_id = db_last_id(db);
    return rc;
}

/* A day for sorting and filters; what is not known stays 0. */
static int32_t day_of(const char *date)
{
    int32_t first = 0;
    int32_t last = 0;

    if (!day_range(date, strlen(date), &first, &last))
        return 0;
    if (last - first > 99)
        return first / 10000 * 10000;
    return last > first ? first / 100 * 100 : first;
}

int docs_put(struct db *db, const struct doc_facts *facts, struct err *err)
{
    int64_t type = 0;
    int64_t lang = 0;
    int64_t folder = 0;
    int rc = value_id(db, VALUE_TYPE, facts->type, strlen(facts->type), &type, err);

    if (!rc)
        rc = value_id(db, VALUE_LANG, facts->lang, strlen(facts->lang), &lang, err);
    if (!rc)
        rc = value_id(db, VALUE_FOLDER, facts->path, item_folder_len(facts->path), &folder, err);
    if (rc)
        return rc;
    struct stmt *stmt =
        db_stmt(db, "INSERT OR REPLACE INTO search_doc VALUES (?1, ?2, ?3, ?4, ?5)", err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, facts->item);
    stmt_bind_int(stmt, 2, type);
    stmt_bind_int(stmt, 3, lang);
    stmt_bind_int(stmt, 4, day_of(facts->date));
    stmt_bind_int(stmt, 5, folder);
    return stmt_run(stmt, err);
}

/* ---- walks ---- */

/* A day as yyyymmdd; 0 for one that has no such form. */
static int32_t figures_of(int32_t day)
{
    struct calendar_date date;

    if (!calendar_date(CALENDAR_GREGORIAN, day, &date) || date.year < 1)
        return 0;
    return date.year * 10000 + date.month * 100 + date.day;
}

static void set_days(struct doc_row *row, int32_t earliest, int32_t latest)
{
    row->first = figures_of(earliest);
    row->last = figures_of(latest);
}

static void row_of(struct stmt *stmt, struct doc_row *row)
{
    int32_t day = (int32_t)stmt_int(stmt, 3);

    row->item = stmt_int(stmt, 0);
    row->type = (int32_t)stmt_int(stmt, 1);
    row->lang = (int32_t)stmt_int(stmt, 2);
    row->first = day;
    row->last = day % 10000 == 0 ? day + 9999 : day % 100 == 0 ? day + 99 : day;
    row->folder = (int32_t)stmt_int(stmt, 4);
}

/* Rows in the order of their items, with the days that stand beside them. */
static int each_from(struct stmt *stmt, struct dated_walk *days, doc_fn *fn, void *ctx,
                     struct err *err)
{
    struct doc_row row;
    int rc = 0;

    while ((rc = stmt_step(stmt, err)) > 0) {
        row_of(stmt, &row);
        rc = dated_walk_to(days, row.item, err);
        if (rc > 0)
            set_days(&row, days->earliest, days->latest);
        rc = rc < 0 ? rc : fn(ctx, &row);
        if (rc)
            break;
    }
    stmt_reset(stmt);
    return rc;
}

int docs_each(struct db *db, doc_fn *fn, void *ctx, struct err *err)
{
    struct stmt *stmt =
        db_stmt(db, "SELECT item, type, lang, day, folder FROM search_doc ORDER BY item", err);
    struct dated_walk days;
    if (!stmt)
        return ERR_IO;
    int rc = dated_walk_open(&days, db, err);
    if (!rc)
        rc = each_from(stmt, &days, fn, ctx, err);
    dated_walk_close(&days);
    return rc;
}

static int one_of(struct db *db, int64_t item, bool dated, doc_fn *fn, void *ctx, struct err *err)
{
    struct doc_row row;
    int32_t earliest;
    int32_t latest;
    struct stmt *stmt =
        db_stmt(db, "SELECT item, type, lang, day, folder FROM search_doc WHERE item = ?1", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    int rc = stmt_step(stmt, err);
    if (rc <= 0)
        return rc;
    row_of(stmt, &row);
    stmt_reset(stmt);
    rc = dated ? dated_days(db, item, &earliest, &latest, err) : 0;
    if (rc > 0)
        set_days(&row, earliest, latest);
    return rc < 0 ? rc : fn(ctx, &row);
}

struct merge {
    const int64_t *items;
    size_t count, at;
    doc_fn *fn;
    void *ctx;
};

static int merge_row(void *ctx, const struct doc_row *row)
{
    struct merge *merge = ctx;

    while (merge->at < merge->count && merge->items[merge->at] < row->item)
        merge->at++;
    if (merge->at < merge->count && merge->items[merge->at] == row->item)
        return merge->fn(merge->ctx, row);
    return 0;
}

int docs_of(struct db *db, const int64_t *items, size_t count, doc_fn *fn, void *ctx,
            struct err *err)
{
    struct merge merge = {.items = items, .count = count, .fn = fn, .ctx = ctx};
    int rc = 0;

    /* A look-up costs about eight steps of a walk; items are numbered without gaps. */
    if (count == 0)
        return 0;
    if ((int64_t)count * 8 > items[count - 1])
        return docs_each(db, merge_row, &merge, err);
    int dated = dated_is_there(db, err);
    rc = dated < 0 ? dated : 0;
    for (size_t i = 0; !rc && i < count; i++)
        rc = one_of(db, items[i], dated > 0, fn, ctx, err);
    return rc;
}

int docs_values(struct db *db, enum value_kind kind, value_fn *fn, void *ctx, struct err *err)
{
    struct stmt *stmt = db_stmt(db, "SELECT id, value FROM search_value WHERE kind = ?1", err);
    int rc = 0;

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, kind);
    while ((rc = stmt_step(stmt, err)) > 0) {
        rc = fn(ctx, (int32_t)stmt_int(stmt, 0), stmt_text(stmt, 1));
        if (rc)
            break;
    }
    stmt_reset(stmt);
    return rc;
}
