/* Folders as lanes: which documents stand in which. */
#include <stdlib.h>
#include <string.h>

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

/* ---- the largest ---- */

/* Documents next to one another that stand in one folder. */
struct run {
    char *folder;
    size_t first, count; /* of the documents */
};

struct folder {
    const struct run *runs;
    size_t run_count, documents;
};

struct placing {
    int64_t *items; /* all documents, ascending */
    size_t item_count;
    struct run *runs;
    size_t run_count;
    struct folder *folders;
    size_t folder_count;
};

/* As PLACED has it. */
static size_t folder_len(const char *path)
{
    const char *inside = strstr(path, "!/");
    size_t len = inside ? (size_t)(inside - path) : strlen(path);

    while (len > 0 && path[len - 1] != '/')
        len--;
    while (len > 0 && path[len - 1] == '/')
        len--;
    return len;
}

static int place_item(void *ctx, struct stmt *row)
{
    struct placing *placing = ctx;
    const char *path = stmt_text(row, 1);
    size_t len = folder_len(path);
    struct run *last = placing->run_count ? &placing->runs[placing->run_count - 1] : NULL;

    if (!last || strlen(last->folder) != len || memcmp(last->folder, path, len) != 0) {
        placing->runs = mem_room(placing->runs, placing->run_count, sizeof(*placing->runs));
        last = &placing->runs[placing->run_count++];
        *last = (struct run){.folder = mem_strndup(path, len), .first = placing->item_count};
    }
    last->count++;
    placing->items = mem_room(placing->items, placing->item_count, sizeof(*placing->items));
    placing->items[placing->item_count++] = stmt_int(row, 0);
    return 0;
}

static int run_order(const void *left, const void *right)
{
    const struct run *a = left;
    const struct run *b = right;
    int order = strcmp(a->folder, b->folder);

    return order ? order : (a->first > b->first) - (a->first < b->first);
}

static int folder_order(const void *left, const void *right)
{
    const struct folder *a = left;
    const struct folder *b = right;

    if (a->documents != b->documents)
        return a->documents > b->documents ? -1 : 1;
    return strcmp(a->runs->folder, b->runs->folder);
}

/* Runs of one folder stand together then, and the largest folder first. */
static void group(struct placing *placing)
{
    struct folder *folder = NULL;

    if (placing->run_count)
        qsort(placing->runs, placing->run_count, sizeof(*placing->runs), run_order);
    for (size_t i = 0; i < placing->run_count; i++) {
        const struct run *run = &placing->runs[i];
        if (!folder || strcmp(folder->runs->folder, run->folder) != 0) {
            placing->folders =
                mem_room(placing->folders, placing->folder_count, sizeof(*placing->folders));
            folder = &placing->folders[placing->folder_count++];
            *folder = (struct folder){.runs = run};
        }
        folder->run_count++;
        folder->documents += run->count;
    }
    if (placing->folder_count)
        qsort(placing->folders, placing->folder_count, sizeof(*placing->folders), folder_order);
}

static struct density_folder fill(const struct placing *placing, const struct folder *folder)
{
    struct density_folder filled = {.path = mem_strdup(folder->runs->folder)};

    for (size_t i = 0; i < folder->run_count; i++)
        for (size_t k = 0; k < folder->runs[i].count; k++)
            item_set_add(&filled.set, placing->items[folder->runs[i].first + k]);
    return filled;
}

static void placing_release(struct placing *placing)
{
    for (size_t i = 0; i < placing->run_count; i++)
        free(placing->runs[i].folder);
    free(placing->runs);
    free(placing->folders);
    free(placing->items);
}

/* One walk over the documents, whatever is asked for. */
int density_folders(struct sanad_case *kase, size_t max, struct density_folder *ret_folders,
                    size_t *ret_count, struct err *err)
{
    struct placing placing = {0};
    int rc = stmt_each(db_stmt(case_db(kase),
                               "SELECT i.id, i.path FROM item i JOIN reading r ON r.item = i.id"
                               " WHERE r.chars > 0 ORDER BY i.id",
                               err),
                       place_item, &placing, err);

    *ret_count = 0;
    if (!rc)
        group(&placing);
    for (size_t i = 0; i < max && i < placing.folder_count && !rc; i++)
        ret_folders[(*ret_count)++] = fill(&placing, &placing.folders[i]);
    placing_release(&placing);
    return rc;
}

/* ---- by letters ---- */

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
