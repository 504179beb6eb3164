/* Folders as lanes: which documents stand in which. */
#include <stdlib.h>
#include <string.h>

#include "events/density.h"
#include "store/item.h"

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

static int place_item(void *ctx, struct stmt *row)
{
    struct placing *placing = ctx;
    const char *path = stmt_text(row, 1);
    size_t len = item_folder_len(path);
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

static void placing_release(struct placing *placing)
{
    for (size_t i = 0; i < placing->run_count; i++)
        free(placing->runs[i].folder);
    free(placing->runs);
    free(placing->folders);
    free(placing->items);
}

/* One walk over the documents, whatever is asked for. Release it also after an error. */
static int place_all(struct sanad_case *kase, struct placing *ret_placing, struct err *err)
{
    int rc = stmt_each(db_stmt(case_db(kase),
                               "SELECT i.id, i.path FROM item i JOIN reading r ON r.item = i.id"
                               " WHERE r.chars > 0 ORDER BY i.id",
                               err),
                       place_item, ret_placing, err);

    if (!rc)
        group(ret_placing);
    return rc;
}

static void fill(const struct placing *placing, const struct folder *folder, struct item_set *set)
{
    for (size_t i = 0; i < folder->run_count; i++)
        for (size_t k = 0; k < folder->runs[i].count; k++)
            item_set_add(set, placing->items[folder->runs[i].first + k]);
}

int density_folders(struct sanad_case *kase, size_t max, struct density_folder *ret_folders,
                    size_t *ret_count, struct err *err)
{
    struct placing placing = {0};
    int rc = place_all(kase, &placing, err);

    *ret_count = 0;
    for (size_t i = 0; i < max && i < placing.folder_count && !rc; i++) {
        struct density_folder *folder = &ret_folders[(*ret_count)++];
        *folder = (struct density_folder){.path = mem_strdup(placing.folders[i].runs->folder)};
        fill(&placing, &placing.folders[i], &folder->set);
    }
    placing_release(&placing);
    return rc;
}

int density_folders_like(struct sanad_case *kase, const char *letters, size_t max,
                         density_folder_fn *fn, void *ctx, struct err *err)
{
    struct placing placing = {0};
    int rc = place_all(kase, &placing, err);

    for (size_t i = 0; i < placing.folder_count && max > 0 && !rc; i++) {
        const struct folder *folder = &placing.folders[i];
        if (!strcasestr(folder->runs->folder, letters))
            continue;
        rc = fn(ctx, folder->runs->folder, (int64_t)folder->documents);
        max--;
    }
    placing_release(&placing);
    return rc;
}

int density_folder(struct sanad_case *kase, const char *path, struct item_set *ret_set,
                   struct err *err)
{
    struct placing placing = {0};
    int rc = place_all(kase, &placing, err);

    *ret_set = (struct item_set){0};
    for (size_t i = 0; i < placing.folder_count && !rc; i++)
        if (strcmp(placing.folders[i].runs->folder, path) == 0)
            fill(&placing, &placing.folders[i], ret_set);
    placing_release(&placing);
    return rc;
}

void density_folders_release(struct density_folder *folders, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(folders[i].path);
        item_set_release(&folders[i].set);
    }
}
