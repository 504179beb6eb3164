#include "store/internal.h"
#include "store/item.h"

#include <stdio.h>

#include "base/buf.h"
#include "store/custody.h"

/* Items that stand in the ledger without their bytes, and the bytes that come later. */

bool item_latest(struct sanad_case *kase, const char *path, struct item_seen *ret_seen)
{
    struct stmt *stmt = db_stmt(kase->db,
                                "SELECT id, kind, bytes, mtime_ns FROM item "
                                "WHERE path = ? AND parent = 0 ORDER BY id DESC LIMIT 1",
                                NULL);

    *ret_seen = (struct item_seen){0};
    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, path);
    if (stmt_step(stmt, NULL) <= 0)
        return false;
    ret_seen->id = stmt_int(stmt, 0);
    ret_seen->kind = (enum item_kind)stmt_int(stmt, 1);
    ret_seen->bytes = (uint64_t)stmt_int(stmt, 2);
    ret_seen->mtime_ns = stmt_is_null(stmt, 3) ? INT64_MIN : stmt_int(stmt, 3);
    stmt_reset(stmt);
    return true;
}

int64_t item_unfilled_child(struct sanad_case *kase, const struct item *item)
{
    struct stmt *stmt = db_stmt(kase->db,
                                "SELECT i.id FROM item i JOIN reading r ON r.item = i.id "
                                "WHERE i.parent = ? AND i.parent <> 0 AND i.ordinal = ? "
                                "AND i.name = ? AND i.kind IN (0, 3) AND r.outcome = 5 "
                                "AND r.reader = ''",
                                NULL);

    if (!stmt || item->kind != ITEM_FILE)
        return 0;
    stmt_bind_int(stmt, 1, item->parent);
    stmt_bind_int(stmt, 2, item->ordinal);
    stmt_bind_text(stmt, 3, item->name);
    return stmt_number(stmt);
}

int64_t item_received_child(struct sanad_case *kase, const struct item *item)
{
    struct stmt *stmt = db_stmt(kase->db,
                                "SELECT id FROM item WHERE parent = ? AND parent <> 0 "
                                "AND ordinal = ? AND name = ? AND kind = 0 AND object <> 0",
                                NULL);

    if (!stmt || item->kind != ITEM_UNREADABLE)
        return 0;
    stmt_bind_int(stmt, 1, item->parent);
    stmt_bind_int(stmt, 2, item->ordinal);
    stmt_bind_text(stmt, 3, item->name);
    return stmt_number(stmt);
}

int item_fill(struct sanad_case *kase, const struct item *item, struct err *err)
{
    struct stmt *stmt =
        db_stmt(kase->db,
                "UPDATE item SET kind = ?, object = ?, bytes = ?, mtime_ns = ? WHERE id = ?", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item->kind);
    stmt_bind_int(stmt, 2, item->object);
    stmt_bind_int(stmt, 3, (int64_t)item->bytes);
    if (item->mtime_ns != INT64_MIN)
        stmt_bind_int(stmt, 4, item->mtime_ns);
    stmt_bind_int(stmt, 5, item->id);
    return stmt_run(stmt, err);
}

int item_receive(struct sanad_case *kase, const struct item *item, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf detail = {0};
    CLEANUP(item_release) struct item first = {0};
    int rc = item_load(kase, item->id, &first, err);

    if (!rc)
        rc = item_fill(kase, item, err);
    if (rc)
        return rc;
    buf_init(&detail, 512 << 10);
    (void)buf_printf(&detail,
                     "item %lld, which could not be read in intake %lld, was received in intake "
                     "%lld; path: %s",
                     (long long)item->id, (long long)first.intake, (long long)item->intake,
                     first.path);
    return custody_add(kase, "receive", detail.data, err);
}
