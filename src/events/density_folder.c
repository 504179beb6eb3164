/* Folders as lanes: which documents stand in which. */
#include <stdlib.h>

#include "events/density.h"

/* The path of the outermost file, and its folder: what is left when everything behind the last "/"
 * is taken off. */
#define OUTERMOST                                                                                  \
    "CASE WHEN instr(i.path, '!/') > 0 THEN substr(i.path, 1, instr(i.path, '!/') - 1)"            \
    " ELSE i.path END"
#define PLACED                                                                                     \
    "(SELECT item, rtrim(rtrim(path, replace(path, '/', '')), '/') AS folder FROM"                 \
    " (SELECT i.id AS item, " OUTERMOST " AS path FROM item i JOIN reading r ON r.item = i.id"     \
    "  WHERE r.chars > 0))"

static int take_item(void *ctx, struct stmt *row)
{
    item_set_add(ctx, stmt_int(row, 0));
    return 0;
}

int density_folder(struct sanad_case *kase, const char *path, struct item_set *ret_set,
                   struct err *err)
{
    struct stmt *stmt =
        db_stmt(case_db(kase), "SELECT item FROM " PLACED " WHERE folder = ?1 ORDER BY item", err);

    *ret_set = (struct item_set){0};
    if (!stmt)
        return ERR_IO;
    stmt_bind_text(stmt, 1, path);
    int rc = stmt_each(stmt, take_item, ret_set, err);
    if (rc)
        item_set_release(ret_set);
    return rc;
}

struct folders {
    struct density_folder *rows;
    size_t count;
};

static int take_folder(void *ctx, struct stmt *row)
{
    struct folders *folders = ctx;

    folders->rows[folders->count++].path = mem_strdup(stmt_text(row, 0));
    return 0;
}

int density_folders(struct sanad_case *kase, size_t max, struct density_folder *ret_folders,
                    size_t *ret_count, struct err *err)
{
    struct folders folders = {.rows = ret_folders};
    struct stmt *stmt = db_stmt(case_db(kase),
                                "SELECT folder, count(*) FROM " PLACED " GROUP BY folder"
                                " ORDER BY 2 DESC, 1 LIMIT ?1",
                                err);

    *ret_count = 0;
    if (!stmt)
        return ERR_IO;
    for (size_t i = 0; i < max; i++)
        ret_folders[i] = (struct density_folder){0};
    stmt_bind_int(stmt, 1, (int64_t)max);
    int rc = stmt_each(stmt, take_folder, &folders, err);
    for (size_t i = 0; i < folders.count && !rc; i++)
        rc = density_folder(kase, folders.rows[i].path, &folders.rows[i].set, err);
    *ret_count = folders.count;
    if (rc)
        density_folders_release(ret_folders, folders.count);
    return rc;
}

struct folder_walk {
    density_folder_fn *fn;
    void *ctx;
};

static int give_folder(void *ctx, struct stmt *row)
{
    const struct folder_walk *walk = ctx;

    return walk->fn(walk->ctx, stmt_text(row, 0), stmt_int(row, 1));
}

int density_folders_like(struct sanad_case *kase, const char *letters, size_t max,
                         density_folder_fn *fn, void *ctx, struct err *err)
{
    struct folder_walk walk = {fn, ctx};
    struct stmt *stmt = db_stmt(case_db(kase),
                                "SELECT folder, count(*) FROM " PLACED
                                " WHERE instr(lower(folder), lower(?1)) > 0 GROUP BY folder"
                                " ORDER BY 2 DESC, 1 LIMIT ?2",
                                err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_text(stmt, 1, letters);
    stmt_bind_int(stmt, 2, (int64_t)max);
    return stmt_each(stmt, give_folder, &walk, err);
}

void density_folders_release(struct density_folder *folders, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(folders[i].path);
        item_set_release(&folders[i].set);
    }
}
