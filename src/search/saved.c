#include "search/saved.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"

enum { VARINT_MAX = 10, PACKED_MAX = SAVED_ITEMS_MAX * VARINT_MAX };

void cleanup_saved_items(struct saved_items *items)
{
    free(items->list);
    *items = (struct saved_items){0};
}

/* ---- documents as bytes: distances, seven bits a byte, the lowest first ---- */

static void pack(const struct saved_items *items, struct buf *out)
{
    int64_t before = 0;

    for (size_t i = 0; i < items->count; i++) {
        uint64_t step = (uint64_t)(items->list[i] - before);
        for (; step >= 0x80; step >>= 7)
            (void)buf_append_char(out, (char)(step | 0x80));
        (void)buf_append_char(out, (char)step);
        before = items->list[i];
    }
}

static void unpack(const unsigned char *bytes, size_t len, struct saved_items *ret_items)
{
    int64_t item = 0;
    uint64_t step = 0;
    unsigned shift = 0;

    *ret_items = (struct saved_items){.list = mem_alloc((len + 1) * sizeof(int64_t))};
    for (size_t i = 0; i < len; i++) {
        step |= (uint64_t)(bytes[i] & 0x7f) << shift;
        shift += 7;
        if (bytes[i] >= 0x80 && shift < 63)
            continue;
        item += (int64_t)step;
        ret_items->list[ret_items->count++] = item;
        step = 0;
        shift = 0;
    }
}

int64_t saved_new(const struct saved_items *now, const struct saved_items *then)
{
    int64_t fresh = 0;
    size_t j = 0;

    for (size_t i = 0; i < now->count; i++) {
        while (j < then->count && then->list[j] < now->list[i])
            j++;
        fresh += j == then->count || then->list[j] != now->list[i];
    }
    return fresh;
}

/* ---- searches with a name ---- */

static int check_count(const struct saved_items *found, struct err *err)
{
    return found->count <= SAVED_ITEMS_MAX
               ? 0
               : err_set(err, ERR_LIMIT, "it finds more than %d documents: narrow it down first",
                         SAVED_ITEMS_MAX);
}

static int check_saved(struct sanad_case *kase, const struct saved_search *search,
                       const struct saved_items *found, struct err *err)
{
    size_t name = strlen(search->name);

    if (name == 0 || name > SAVED_NAME_MAX)
        return err_set(err, ERR_USAGE, "a search is kept under a name of at most %d bytes",
                       SAVED_NAME_MAX);
    if (strlen(search->view) > SAVED_VIEW_MAX)
        return err_set(err, ERR_LIMIT, "the search is too long to be kept");
    if (stmt_number(db_stmt(case_db(kase), "SELECT count(*) FROM saved_search", NULL)) >= SAVED_MAX)
        return err_set(err, ERR_LIMIT, "at most %d searches are kept; remove some", SAVED_MAX);
    return check_count(found, err);
}

int saved_add(struct sanad_case *kase, const struct saved_search *search,
              const struct saved_items *found, int64_t *ret_id, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf packed = {0};
    int rc = check_saved(kase, search, found, err);

    if (rc)
        return rc;
    buf_init(&packed, PACKED_MAX);
    pack(found, &packed);
    struct stmt *stmt =
        db_stmt(case_db(kase),
                "INSERT INTO saved_search (who, name, view, query, made, opened, found, before) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?6)",
                err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_text(stmt, 1, search->who);
    stmt_bind_text(stmt, 2, search->name);
    stmt_bind_text(stmt, 3, search->view);
    stmt_bind_text(stmt, 4, search->query);
    stmt_bind_int(stmt, 5, clock_now());
    stmt_bind_blob(stmt, 6, packed.data, packed.len);
    rc = stmt_run(stmt, err);
    *ret_id = db_last_id(case_db(kase));
    return rc;
}

/* After a statement that had to change the search of that number. */
static int check_there(struct sanad_case *kase, int rc, int64_t id, struct err *err)
{
    if (rc || db_changes(case_db(kase)) > 0)
        return rc;
    return err_set(err, ERR_NOT_FOUND, "there is no search %lld", (long long)id);
}

int saved_open(struct sanad_case *kase, int64_t id, const struct saved_items *found,
               struct err *err)
{
    CLEANUP(cleanup_buf) struct buf packed = {0};
    int rc = check_count(found, err);

    if (rc)
        return rc;
    buf_init(&packed, PACKED_MAX);
    pack(found, &packed);
    struct stmt *stmt = db_stmt(
        case_db(kase),
        "UPDATE saved_search SET opened = ?2, before = found, found = ?3 WHERE id = ?1", err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, id);
    stmt_bind_int(stmt, 2, clock_now());
    stmt_bind_blob(stmt, 3, packed.data, packed.len);
    return check_there(kase, stmt_run(stmt, err), id, err);
}

int saved_remove(struct sanad_case *kase, int64_t id, struct err *err)
{
    struct stmt *stmt = db_stmt(case_db(kase), "DELETE FROM saved_search WHERE id = ?1", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, id);
    return check_there(kase, stmt_run(stmt, err), id, err);
}

struct giving {
    saved_fn *fn;
    void *ctx;
    int64_t given;
};

static int give_saved(void *ctx, struct stmt *row)
{
    struct giving *giving = ctx;
    const struct saved_search search = {.id = stmt_int(row, 0),
                                        .who = stmt_text(row, 1),
                                        .name = stmt_text(row, 2),
                                        .view = stmt_text(row, 3),
                                        .query = stmt_text(row, 4),
                                        .made = stmt_int(row, 5),
                                        .opened = stmt_int(row, 6)};

    giving->given++;
    return giving->fn(giving->ctx, &search);
}

int saved_each(struct sanad_case *kase, int64_t id, saved_fn *fn, void *ctx, struct err *err)
{
    struct giving giving = {.fn = fn, .ctx = ctx};
    /* A case that nobody has written to since the table came has none. */
    int rc = db_has_table(case_db(kase), "saved_search", err);

    if (rc > 0) {
        struct stmt *stmt =
            db_stmt(case_db(kase),
                    "SELECT id, who, name, view, query, made, opened FROM saved_search "
                    "WHERE ?1 = 0 OR id = ?1 ORDER BY name, id",
                    err);
        if (!stmt)
            return ERR_IO;
        stmt_bind_int(stmt, 1, id);
        rc = stmt_each(stmt, give_saved, &giving, err);
    }
    if (!rc && id > 0 && giving.given == 0)
        return err_set(err, ERR_NOT_FOUND, "there is no search %lld", (long long)id);
    return rc;
}

static int take_items(void *ctx, struct stmt *row)
{
    size_t len;
    const void *bytes = stmt_blob(row, 0, &len);

    unpack(bytes, len, ctx);
    return 0;
}

int saved_found(struct sanad_case *kase, int64_t id, enum saved_when when,
                struct saved_items *ret_items, struct err *err)
{
    int rc = db_has_table(case_db(kase), "saved_search", err);

    *ret_items = (struct saved_items){0};
    if (rc > 0) {
        struct stmt *stmt = db_stmt(case_db(kase),
                                    "SELECT CASE ?2 WHEN 0 THEN found ELSE before END "
                                    "FROM saved_search WHERE id = ?1",
                                    err);
        if (!stmt)
            return ERR_IO;
        stmt_bind_int(stmt, 1, id);
        stmt_bind_int(stmt, 2, when);
        rc = stmt_each(stmt, take_items, ret_items, err);
    }
    if (!rc && !ret_items->list)
        return err_set(err, ERR_NOT_FOUND, "there is no search %lld", (long long)id);
    return rc;
}
