#include "names/browse.h"
#include "names/tables.h"
#include "store/page.h"

struct page_walk {
    page_name_fn *fn;
    void *ctx;
};

static int give_page_name(void *ctx, struct stmt *row)
{
    const struct page_walk *walk = ctx;
    struct page_name name = {.entity = stmt_int(row, 0),
                             .kind = (enum mention_kind)stmt_int(row, 1),
                             .shown = stmt_text(row, 2),
                             .at = (uint32_t)stmt_int(row, 3),
                             .len = (uint32_t)stmt_int(row, 4)};

    return walk->fn(walk->ctx, &name);
}

int entities_on_page(struct sanad_case *kase, int64_t item, uint32_t page, int64_t limit,
                     page_name_fn *fn, void *ctx, struct err *err)
{
    struct page_walk walk = {fn, ctx};
    struct db *db = case_db(kase);

    if (!tables_are_there(db))
        return 0;
    struct stmt *stmt =
        db_stmt(db,
                "SELECT e.id, e.kind, " SHOWN_AS(
                    c, h) ", m.at, m.len FROM mention m"
                          " JOIN name n ON n.id = m.name"
                          " LEFT JOIN name_local l ON l.name = n.id AND l.item = ?1"
                          " JOIN entity e ON e.id = coalesce(l.entity, n.entity)"
                          " JOIN name h ON h.id = e.head"
                          " LEFT JOIN " CALLED_ROWS " c ON c.entity = e.id"
                          " WHERE m.page >= ?2 AND m.page < ?3 ORDER BY m.page, m.at LIMIT ?4",
                err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    stmt_bind_int(stmt, 2, page_id(item, page, 0));
    stmt_bind_int(stmt, 3, page_id(item, page + 1, 0));
    stmt_bind_int(stmt, 4, limit);
    return stmt_each(stmt, give_page_name, &walk, err);
}
