#include "store/internal.h"
#include "store/item.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "store/custody.h"

/* Writing: rows of items and their readings. */

size_t item_folder_len(const char *path)
{
    const char *inside = strstr(path, "!/");
    size_t len = inside ? (size_t)(inside - path) : strlen(path);

    while (len > 0 && path[len - 1] != '/')
        len--;
    return len > 1 ? len - 1 : len;
}

int intake_add(struct sanad_case *kase, const char *source, const char *paths, int64_t *ret_id,
               struct err *err)
{
    CLEANUP(cleanup_buf) struct buf detail = {0};
    struct stmt *stmt = db_stmt(
        kase->db, "INSERT INTO intake (started, source, paths, program) VALUES (?, ?, ?, ?)", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, clock_now());
    stmt_bind_text(stmt, 2, source);
    stmt_bind_text(stmt, 3, paths);
    stmt_bind_text(stmt, 4, SANAD_VERSION);
    int rc = stmt_run(stmt, err);
    if (rc)
        return rc;
    *ret_id = db_last_id(kase->db);
    buf_init(&detail, 512 << 10);
    if (buf_printf(&detail, "intake %lld; source: %s; paths: %s", (long long)*ret_id, source,
                   paths))
        return err_set(err, ERR_LIMIT, "too many or too long paths in one command");
    return custody_add(kase, "add", detail.data, err);
}

int64_t item_same_child(struct sanad_case *kase, const struct item *item)
{
    struct stmt *stmt = db_stmt(kase->db,
                                "SELECT id FROM item WHERE parent = ? AND parent <> 0 "
                                "AND ordinal = ? AND name = ? AND object = ? AND kind = ?",
                                NULL);

    if (!stmt)
        return 0;
    stmt_bind_int(stmt, 1, item->parent);
    stmt_bind_int(stmt, 2, item->ordinal);
    stmt_bind_text(stmt, 3, item->name);
    stmt_bind_int(stmt, 4, item->object);
    stmt_bind_int(stmt, 5, item->kind);
    return stmt_number(stmt);
}

static int set_waiting(struct sanad_case *kase, int64_t item, struct err *err)
{
    struct stmt *stmt = db_stmt(kase->db, "INSERT OR IGNORE INTO waiting (item) VALUES (?)", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    return stmt_run(stmt, err);
}

int item_add(struct sanad_case *kase, struct item *item, struct err *err)
{
    struct stmt *stmt = db_stmt(kase->db,
                                "INSERT INTO item (parent, intake, ordinal, kind, path, name, "
                                "raw_path, object, bytes, mtime_ns, depth, mime_hint, root) "
                                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item->parent);
    stmt_bind_int(stmt, 2, item->intake);
    stmt_bind_int(stmt, 3, item->ordinal);
    stmt_bind_int(stmt, 4, item->kind);
    stmt_bind_text(stmt, 5, item->path);
    stmt_bind_text(stmt, 6, item->name);
    if (item->raw_path)
        stmt_bind_blob(stmt, 7, item->raw_path, item->raw_path_len);
    stmt_bind_int(stmt, 8, item->object);
    stmt_bind_int(stmt, 9, (int64_t)item->bytes);
    if (item->mtime_ns != INT64_MIN)
        stmt_bind_int(stmt, 10, item->mtime_ns);
    stmt_bind_int(stmt, 11, item->depth);
    stmt_bind_text(stmt, 12, item->mime_hint ? item->mime_hint : "");
    stmt_bind_int(stmt, 13, item->root);
    int rc = stmt_run(stmt, err);
    if (rc)
        return rc;
    item->id = db_last_id(kase->db);
    return set_waiting(kase, item->id, err);
}

struct reading reading_bare(enum outcome outcome, enum reason reason, const char *detail,
                            const char *type)
{
    return (struct reading){.outcome = outcome,
                            .reason = reason,
                            .detail = detail,
                            .type = type,
                            .pages = -1,
                            .chars = -1};
}

struct reading reading_of(const struct ledger_row *row)
{
    return (struct reading){.outcome = row->outcome,
                            .reason = row->reason,
                            .detail = row->detail,
                            .type = row->type,
                            .lang = row->lang,
                            .title = row->title,
                            .date = row->date,
                            .from = row->from,
                            .to = row->to,
                            .pages = row->pages,
                            .chars = row->chars,
                            .children = row->children,
                            .duplicate_of = row->duplicate_of};
}

int reading_put(struct sanad_case *kase, int64_t item, const struct reading *reading,
                struct err *err)
{
    struct stmt *stmt = db_stmt(
        kase->db,
        "INSERT OR REPLACE INTO reading (item, outcome, reason, detail, type, lang, title, date, "
        "sender, recipient, reader, pages, chars, children, duplicate_of) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        err);
    const char *texts[] = {reading->detail, reading->type, reading->lang, reading->title,
                           reading->date,   reading->from, reading->to,   reading->reader};

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    stmt_bind_int(stmt, 2, reading->outcome);
    stmt_bind_int(stmt, 3, reading->reason);
    for (int i = 0; i < (int)ARRAY_LEN(texts); i++)
        stmt_bind_text(stmt, 4 + i, texts[i] ? texts[i] : "");
    stmt_bind_int(stmt, 12, reading->pages);
    stmt_bind_int(stmt, 13, reading->chars);
    stmt_bind_int(stmt, 14, reading->children);
    stmt_bind_int(stmt, 15, reading->duplicate_of);
    int rc = stmt_run(stmt, err);
    if (rc)
        return rc;
    if (!(stmt = db_stmt(kase->db, "DELETE FROM waiting WHERE item = ?", err)))
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    return stmt_run(stmt, err);
}

int item_meta_put(struct sanad_case *kase, int64_t item, const char *key, const char *value,
                  size_t value_len, struct err *err)
{
    struct stmt *stmt =
        db_stmt(kase->db, "INSERT INTO meta (item, key, value) VALUES (?, ?, ?)", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    stmt_bind_text(stmt, 2, key);
    stmt_bind_text_len(stmt, 3, value, value_len);
    return stmt_run(stmt, err);
}

/* Runs a statement of one place, or of two when `second` is not negative. */
static int run_for(struct stmt *stmt, int64_t first, int64_t second, struct err *err)
{
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, first);
    if (second >= 0)
        stmt_bind_int(stmt, 2, second);
    return stmt_run(stmt, err);
}

static int delete_derived(struct sanad_case *kase, int64_t item, struct err *err)
{
    int rc = run_for(db_stmt(kase->db, "DELETE FROM reading WHERE item = ?", err), item, -1, err);

    if (!rc)
        rc = run_for(db_stmt(kase->db, "DELETE FROM meta WHERE item = ?", err), item, -1, err);
    if (!rc)
        rc = run_for(db_stmt(kase->db, "DELETE FROM page WHERE id >= ? AND id < ?", err),
                     item << 24, (item + 1) << 24, err);
    return rc;
}

int reading_clear(struct sanad_case *kase, int64_t item, struct err *err)
{
    int rc = delete_derived(kase, item, err);

    return rc ? rc : set_waiting(kase, item, err);
}

/* ---- leftovers of interrupted readings ---- */

enum { DROP_DEPTH_MAX = 128 };

struct drop {
    struct sanad_case *kase;
    item_drop_fn *before;
    void *ctx;
    struct err *err;
};

/* The first child of `parent` at an ordinal from `first` to `last`; 0 when there is none. */
static int64_t child_in(struct sanad_case *kase, int64_t parent, int64_t first, int64_t last)
{
    struct stmt *stmt = db_stmt(kase->db,
                                "SELECT id FROM item WHERE parent = ? AND parent <> 0 "
                                "AND ordinal >= ? AND ordinal <= ? LIMIT 1",
                                NULL);

    if (!stmt)
        return 0;
    stmt_bind_int(stmt, 1, parent);
    stmt_bind_int(stmt, 2, first);
    stmt_bind_int(stmt, 3, last);
    return stmt_number(stmt);
}

static int drop_item(struct drop *drop, int64_t item, int depth);

static int drop_range(struct drop *drop, int64_t parent, int64_t first, int64_t last, int depth)
{
    int64_t child;
    int rc = 0;

    while (!rc && (child = child_in(drop->kase, parent, first, last)))
        rc = drop_item(drop, child, depth);
    return rc;
}

/* Duplicates of an item that goes have nothing to point to: they wait to be read themselves. */
static int let_duplicates_wait(struct drop *drop, int64_t item)
{
    struct sanad_case *kase = drop->kase;
    int64_t duplicate = 1;
    int rc = 0;

    while (!rc && duplicate) {
        struct stmt *stmt =
            db_stmt(kase->db,
                    "SELECT i.id FROM item i JOIN reading r ON r.item = i.id WHERE i.object <> 0 "
                    "AND i.object = (SELECT object FROM item WHERE id = ?1) "
                    "AND r.duplicate_of = ?1 LIMIT 1",
                    drop->err);
        if (!stmt)
            return ERR_IO;
        stmt_bind_int(stmt, 1, item);
        if ((rc = stmt_step(stmt, drop->err)) <= 0)
            return rc;
        duplicate = stmt_int(stmt, 0);
        stmt_reset(stmt);
        rc = drop->before(drop->ctx, duplicate, drop->err);
        if (!rc)
            rc = reading_clear(kase, duplicate, drop->err);
    }
    return rc;
}

/* Removes one item, what was read from it and what is below it. */
static int drop_item(struct drop *drop, int64_t item, int depth)
{
    struct sanad_case *kase = drop->kase;
    struct err *err = drop->err;

    if (depth == DROP_DEPTH_MAX)
        return err_set(err, ERR_CORRUPT, "item %lld is nested too deep", (long long)item);
    int rc = drop_range(drop, item, 0, UINT32_MAX, depth + 1);
    if (!rc)
        rc = let_duplicates_wait(drop, item);
    if (!rc)
        rc = drop->before(drop->ctx, item, err);
    if (!rc)
        rc = delete_derived(kase, item, err);
    if (!rc)
        rc = run_for(db_stmt(kase->db, "DELETE FROM waiting WHERE item = ?", err), item, -1, err);
    if (!rc)
        rc = run_for(db_stmt(kase->db, "DELETE FROM item WHERE id = ?", err), item, -1, err);
    return rc;
}

int item_drop_children(struct sanad_case *kase, int64_t parent, uint32_t first, uint32_t last,
                       item_drop_fn *before, void *ctx, struct err *err)
{
    struct drop drop = {.kase = kase, .before = before, .ctx = ctx, .err = err};

    return drop_range(&drop, parent, first, last, 0);
}

/* ---- look-ups ---- */

int item_load(struct sanad_case *kase, int64_t id, struct item *ret_item, struct err *err)
{
    struct stmt *stmt =
        db_stmt(kase->db,
                "SELECT parent, intake, ordinal, kind, path, name, raw_path, object, bytes, "
                "mtime_ns, depth, mime_hint, root FROM item WHERE id = ?",
                err);
    const void *raw_path;

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, id);
    int rc = stmt_step(stmt, err);
    if (rc < 0)
        return rc;
    if (rc == 0)
        return err_set(err, ERR_NOT_FOUND, "there is no item %lld in this case", (long long)id);
    *ret_item = (struct item){.id = id,
                              .parent = stmt_int(stmt, 0),
                              .intake = stmt_int(stmt, 1),
                              .ordinal = (uint32_t)stmt_int(stmt, 2),
                              .kind = (enum item_kind)stmt_int(stmt, 3),
                              .path = mem_strdup(stmt_text(stmt, 4)),
                              .name = mem_strdup(stmt_text(stmt, 5)),
                              .object = stmt_int(stmt, 7),
                              .bytes = (uint64_t)stmt_int(stmt, 8),
                              .mtime_ns = stmt_is_null(stmt, 9) ? INT64_MIN : stmt_int(stmt, 9),
                              .depth = (uint32_t)stmt_int(stmt, 10),
                              .mime_hint = mem_strdup(stmt_text(stmt, 11)),
                              .root = stmt_int(stmt, 12)};
    raw_path = stmt_blob(stmt, 6, &ret_item->raw_path_len);
    if (ret_item->raw_path_len) {
        ret_item->name_escaped = true;
        ret_item->raw_path = mem_strndup(raw_path, ret_item->raw_path_len);
    }
    stmt_reset(stmt);
    return 0;
}

void item_release(struct item *item)
{
    free((void *)item->path);
    free((void *)item->name);
    free((void *)item->mime_hint);
    free((void *)item->raw_path);
    *item = (struct item){0};
}

int64_t item_first_with_object(struct sanad_case *kase, int64_t object, int64_t not_item)
{
    /* Outcome 5 without a reader: one that failed before anything could read it. */
    struct stmt *stmt =
        db_stmt(kase->db,
                "SELECT id FROM item WHERE object = ? AND id <> ? AND kind = 0 AND NOT EXISTS "
                "(SELECT 1 FROM reading r WHERE r.item = item.id AND r.outcome = 5 "
                "AND r.reader = '') ORDER BY id LIMIT 1",
                NULL);

    if (!stmt || !object)
        return 0;
    stmt_bind_int(stmt, 1, object);
    stmt_bind_int(stmt, 2, not_item);
    return stmt_number(stmt);
}

int64_t item_unchanged(struct sanad_case *kase, const char *path, uint64_t bytes, int64_t mtime_ns)
{
    struct stmt *stmt = db_stmt(kase->db,
                                "SELECT id FROM item WHERE path = ? AND parent = 0 AND bytes = ? "
                                "AND mtime_ns = ? AND kind <> 3 ORDER BY id DESC LIMIT 1",
                                NULL);

    if (!stmt)
        return 0;
    stmt_bind_text(stmt, 1, path);
    stmt_bind_int(stmt, 2, (int64_t)bytes);
    stmt_bind_int(stmt, 3, mtime_ns);
    return stmt_number(stmt);
}

int64_t item_child_count(struct sanad_case *kase, int64_t item)
{
    struct stmt *stmt =
        db_stmt(kase->db, "SELECT count(*) FROM item WHERE parent = ? AND parent <> 0", NULL);

    if (!stmt)
        return 0;
    stmt_bind_int(stmt, 1, item);
    return stmt_number(stmt);
}

int64_t item_bytes_below(struct sanad_case *kase, int64_t root)
{
    struct stmt *stmt =
        db_stmt(kase->db, "SELECT total(bytes) FROM item WHERE root = ? AND root <> 0", NULL);

    if (!stmt)
        return 0;
    stmt_bind_int(stmt, 1, root);
    return stmt_number(stmt);
}

/* Runs a statement of (after, max), bound already from the third place on, that gives ids. */
static int list_ids(struct stmt *stmt, int64_t after, int64_t *ret_ids, int max, struct err *err)
{
    int count = 0;
    int rc;

    stmt_bind_int(stmt, 1, after);
    stmt_bind_int(stmt, 2, max);
    while ((rc = stmt_step(stmt, err)) > 0)
        ret_ids[count++] = stmt_int(stmt, 0);
    return rc < 0 ? rc : count;
}

int item_waiting(struct sanad_case *kase, int64_t after, int64_t known, int64_t *ret_ids, int max,
                 struct err *err)
{
    struct stmt *stmt = db_stmt(
        kase->db,
        "SELECT w.item FROM waiting w WHERE w.item > ?1 AND (w.item > ?3 OR NOT EXISTS (SELECT 1 "
        "FROM item i JOIN waiting c ON c.item = i.parent WHERE i.id = w.item AND i.parent <> 0)) "
        "ORDER BY w.item LIMIT ?2",
        err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 3, known);
    return list_ids(stmt, after, ret_ids, max, err);
}

int64_t item_last(struct sanad_case *kase)
{
    return stmt_number(db_stmt(kase->db, "SELECT coalesce(max(id), 0) FROM item", NULL));
}

int item_half_read(struct sanad_case *kase, int64_t after, int64_t *ret_ids, int max,
                   struct err *err)
{
    struct stmt *stmt =
        db_stmt(kase->db,
                "SELECT w.item FROM waiting w WHERE w.item > ? AND ("
                "EXISTS (SELECT 1 FROM page WHERE id >= w.item << 24 AND id < (w.item + 1) << 24) "
                "OR EXISTS (SELECT 1 FROM meta WHERE meta.item = w.item)) "
                "ORDER BY w.item LIMIT ?",
                err);

    return stmt ? list_ids(stmt, after, ret_ids, max, err) : ERR_IO;
}

int64_t item_waiting_count(struct sanad_case *kase)
{
    return stmt_number(db_stmt(kase->db, "SELECT count(*) FROM waiting", NULL));
}
