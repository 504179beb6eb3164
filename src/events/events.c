#include "events/events.h"

#include <stdio.h>

/* A case that no writer has opened since dates came has no tables of them. */
static int tables_are_there(struct db *db, struct err *err)
{
    return db_has_table(db, "event_own", err);
}

struct event_walk {
    event_fn *fn;
    void *ctx;
};

/* What give_event reads behind the item and the source. */
#define DATED "page, start, stop, earliest, latest, calendar, certainty, edtf, said"

static int give_event(void *ctx, struct stmt *row)
{
    const struct event_walk *walk = ctx;
    struct event event = {.item = stmt_int(row, 0),
                          .source = (int)stmt_int(row, 1),
                          .page = (uint32_t)stmt_int(row, 2),
                          .start = (uint32_t)stmt_int(row, 3),
                          .end = (uint32_t)stmt_int(row, 4),
                          .known = !stmt_is_null(row, 5),
                          .earliest = (int32_t)stmt_int(row, 5),
                          .latest = (int32_t)stmt_int(row, 6),
                          .calendar = (enum calendar)stmt_int(row, 7),
                          .certainty = (enum date_certainty)stmt_int(row, 8),
                          .edtf = stmt_text(row, 9),
                          .text = stmt_text(row, 10)};

    return walk->fn(walk->ctx, &event);
}

int events_own(struct sanad_case *kase, int64_t item, event_fn *fn, void *ctx, struct err *err)
{
    struct db *db = case_db(kase);
    struct event_walk walk = {fn, ctx};
    int rc = tables_are_there(db, err);

    if (rc <= 0)
        return rc;
    struct stmt *stmt = db_stmt(db,
                                "SELECT item, source, " DATED " FROM event_own"
                                " WHERE item = ?1 ORDER BY rank",
                                err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    return stmt_each(stmt, give_event, &walk, err);
}

int events_timeline(struct sanad_case *kase, const struct timeline_filter *filter, event_fn *fn,
                    void *ctx, struct err *err)
{
    struct db *db = case_db(kase);
    struct event_walk walk = {fn, ctx};
    int rc = tables_are_there(db, err);

    if (rc <= 0)
        return rc;
    struct stmt *stmt = db_stmt(db,
                                "SELECT item, source, " DATED " FROM event_own"
                                " WHERE rank = 0 AND latest >= ?1 AND earliest <= ?2"
                                " UNION ALL "
                                "SELECT item, -1, " DATED " FROM event_date"
                                " WHERE ?3 AND latest >= ?1 AND earliest <= ?2"
                                " ORDER BY 6, 7, 1, 3, 4, 2 DESC",
                                err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, filter->has_first ? filter->first : INT32_MIN);
    stmt_bind_int(stmt, 2, filter->has_last ? filter->last : INT32_MAX);
    stmt_bind_int(stmt, 3, !filter->documents);
    return stmt_each(stmt, give_event, &walk, err);
}

int events_unplaced(struct sanad_case *kase, event_fn *fn, void *ctx, struct err *err)
{
    struct db *db = case_db(kase);
    struct event_walk walk = {fn, ctx};
    int rc = tables_are_there(db, err);

    if (rc <= 0)
        return rc;
    struct stmt *stmt = db_stmt(db,
                                "SELECT item, -1, " DATED " FROM event_date"
                                " WHERE earliest IS NULL ORDER BY item, page, start",
                                err);
    return stmt ? stmt_each(stmt, give_event, &walk, err) : ERR_IO;
}

/* Reading 0 is of every place. */
int events_named(struct sanad_case *kase, int64_t item, unsigned offset, unsigned limit,
                 event_fn *fn, void *ctx, struct err *err)
{
    struct db *db = case_db(kase);
    struct event_walk walk = {fn, ctx};
    int rc = tables_are_there(db, err);

    if (rc <= 0)
        return rc;
    struct stmt *stmt =
        db_stmt(db,
                "SELECT d.item, ifnull((SELECT o.source FROM event_own o WHERE o.item = d.item"
                " AND o.page = d.page AND o.start = d.start ORDER BY o.rank LIMIT 1), -1),"
                " d.page, d.start, d.stop, d.earliest, d.latest, d.calendar, d.certainty, d.edtf,"
                " d.said FROM (SELECT item, page, start FROM event_date"
                " WHERE item = ?1 AND reading = 0 ORDER BY page, start LIMIT ?2 OFFSET ?3) place"
                " JOIN event_date d USING (item, page, start)"
                " ORDER BY d.page, d.start, d.reading",
                err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    stmt_bind_int(stmt, 2, limit);
    stmt_bind_int(stmt, 3, offset);
    return stmt_each(stmt, give_event, &walk, err);
}

static int count_one(struct stmt *stmt, int64_t *ret_count, struct err *err)
{
    if (!stmt)
        return ERR_IO;
    int rc = stmt_step(stmt, err);
    if (rc > 0)
        *ret_count = stmt_int(stmt, 0);
    stmt_reset(stmt);
    return rc < 0 ? rc : 0;
}

int events_named_count(struct sanad_case *kase, int64_t item, int64_t *ret_count, struct err *err)
{
    struct db *db = case_db(kase);
    int rc = tables_are_there(db, err);

    *ret_count = 0;
    if (rc <= 0)
        return rc;
    struct stmt *stmt =
        db_stmt(db, "SELECT count(*) FROM event_date WHERE item = ?1 AND reading = 0", err);
    if (stmt)
        stmt_bind_int(stmt, 1, item);
    return count_one(stmt, ret_count, err);
}

int events_count(struct sanad_case *kase, struct timeline_counts *ret_counts, struct err *err)
{
    struct db *db = case_db(kase);
    int rc = tables_are_there(db, err);

    *ret_counts = (struct timeline_counts){0};
    if (rc < 0)
        return rc;
    bool there = rc > 0;
    rc = count_one(db_stmt(db, "SELECT count(*) FROM reading WHERE chars > 0", err),
                   &ret_counts->documents, err);
    ret_counts->undated = ret_counts->documents;
    if (rc || !there)
        return rc;
    rc = count_one(db_stmt(db,
                           "SELECT count(*) FROM reading r WHERE chars > 0 AND NOT EXISTS"
                           " (SELECT 1 FROM event_own o WHERE o.item = r.item)",
                           err),
                   &ret_counts->undated, err);
    if (rc)
        return rc;
    return count_one(db_stmt(db, "SELECT count(*) FROM event_date WHERE earliest IS NULL", err),
                     &ret_counts->unplaced, err);
}

/* ---- the days in Iran's calendar ---- */

static bool ends_month(struct calendar_date date)
{
    return date.day == calendar_month_days(CALENDAR_SOLAR_HIJRI, date.year, date.month);
}

void solar_text(int32_t earliest, int32_t latest, char out[SOLAR_TEXT_MAX])
{
    struct calendar_date a;
    struct calendar_date b;
    int at;

    out[0] = '\0';
    if (!calendar_date(CALENDAR_SOLAR_HIJRI, earliest, &a) ||
        !calendar_date(CALENDAR_SOLAR_HIJRI, latest, &b))
        return;
    bool months = a.day == 1 && ends_month(b);
    if (months && a.year == b.year && a.month == 1 && b.month == 12) {
        snprintf(out, SOLAR_TEXT_MAX, "%04d", a.year);
        return;
    }
    at = months ? snprintf(out, SOLAR_TEXT_MAX, "%04d-%02d", a.year, a.month)
                : snprintf(out, SOLAR_TEXT_MAX, "%04d-%02d-%02d", a.year, a.month, a.day);
    if (earliest == latest || (months && a.year == b.year && a.month == b.month) || at < 0 ||
        at >= SOLAR_TEXT_MAX)
        return;
    if (months)
        snprintf(out + at, (size_t)(SOLAR_TEXT_MAX - at), "/%04d-%02d", b.year, b.month);
    else
        snprintf(out + at, (size_t)(SOLAR_TEXT_MAX - at), "/%04d-%02d-%02d", b.year, b.month,
                 b.day);
}
