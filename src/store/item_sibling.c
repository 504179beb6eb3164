#include "store/internal.h"
#include "store/item.h"

#include <string.h>

#include "base/buf.h"

/* Items beside each other: volumes of one file. */

static int64_t top_sibling(struct sanad_case *kase, const struct item *item, const char *name)
{
    CLEANUP(cleanup_buf) struct buf path = {0};
    struct stmt *stmt = db_stmt(
        kase->db,
        "SELECT id FROM item WHERE path = ? AND parent = 0 AND kind = 0 ORDER BY id DESC LIMIT 1",
        NULL);
    size_t folder = strlen(item->path) - strlen(item->name);

    buf_init(&path, 256 << 10);
    if (!stmt || buf_append(&path, item->path, folder) || buf_append_str(&path, name))
        return 0;
    stmt_bind_text(stmt, 1, path.data);
    return stmt_number(stmt);
}

int64_t item_sibling(struct sanad_case *kase, const struct item *item, const char *name)
{
    CLEANUP(cleanup_buf) struct buf path = {0};
    struct stmt *stmt;
    size_t folder = strlen(item->path) - strlen(item->name);

    if (!item->parent)
        return top_sibling(kase, item, name);
    stmt = db_stmt(kase->db,
                   "SELECT id FROM item WHERE parent = ?1 AND parent <> 0 AND ordinal >= ?2 AND "
                   "ordinal <= ?3 AND path = ?4 AND kind = 0 ORDER BY ordinal LIMIT 1",
                   NULL);
    buf_init(&path, 256 << 10);
    if (!stmt || buf_append(&path, item->path, folder) || buf_append_str(&path, name))
        return 0;
    stmt_bind_int(stmt, 1, item->parent);
    stmt_bind_int(stmt, 2, item->ordinal > SIBLINGS_APART ? item->ordinal - SIBLINGS_APART : 1);
    stmt_bind_int(stmt, 3, (int64_t)item->ordinal + SIBLINGS_APART);
    stmt_bind_text(stmt, 4, path.data);
    return stmt_number(stmt);
}

bool reading_peek(struct sanad_case *kase, int64_t item, struct reading_state *ret_state)
{
    struct stmt *stmt =
        db_stmt(kase->db, "SELECT outcome, reason, reader = '' FROM reading WHERE item = ?", NULL);

    *ret_state = (struct reading_state){0};
    if (!stmt)
        return false;
    stmt_bind_int(stmt, 1, item);
    if (stmt_step(stmt, NULL) <= 0)
        return false;
    ret_state->outcome = (enum outcome)stmt_int(stmt, 0);
    ret_state->reason = (enum reason)stmt_int(stmt, 1);
    ret_state->unread = stmt_int(stmt, 2) != 0;
    stmt_reset(stmt);
    return true;
}
