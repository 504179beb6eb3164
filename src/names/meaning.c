#include "names/meaning.h"

#include <stdlib.h>

#include "base/buf.h"

struct name_meaning {
    uint32_t entity;
    bool local; /* not in every document */
};

/* A surname alone that means somebody in one document. */
struct local_meaning {
    int64_t name, item;
    uint32_t entity;
};

static bool is_name(const struct meanings *meanings, int64_t name)
{
    return name > 0 && (size_t)name < meanings->name_count;
}

static int take_name(void *ctx, struct stmt *row)
{
    struct meanings *meanings = ctx;
    int64_t id = stmt_int(row, 0);

    if (is_name(meanings, id))
        meanings->names[id].entity = (uint32_t)stmt_int(row, 1);
    return 0;
}

static int take_local(void *ctx, struct stmt *row)
{
    struct meanings *meanings = ctx;
    struct local_meaning local = {stmt_int(row, 0), stmt_int(row, 1), (uint32_t)stmt_int(row, 2)};

    meanings->locals = mem_room(meanings->locals, meanings->local_count, sizeof(local));
    meanings->locals[meanings->local_count++] = local;
    if (is_name(meanings, local.name))
        meanings->names[local.name].local = true;
    return 0;
}

int meanings_load(struct meanings *meanings, struct db *db, struct err *err)
{
    meanings->name_count = (size_t)stmt_number(db_stmt(db, "SELECT max(id) FROM name", NULL)) + 1;
    meanings->names = mem_zalloc(meanings->name_count, sizeof(*meanings->names));
    int rc = stmt_each(db_stmt(db, "SELECT id, entity FROM name", err), take_name, meanings, err);
    return rc ? rc
              : stmt_each(db_stmt(db,
                                  "SELECT name, item, entity FROM name_local ORDER BY name, item",
                                  err),
                          take_local, meanings, err);
}

void meanings_release(struct meanings *meanings)
{
    free(meanings->names);
    free(meanings->locals);
    *meanings = (struct meanings){0};
}

uint32_t meaning_in(const struct meanings *meanings, int64_t name, int64_t item)
{
    size_t low = 0;
    size_t high = meanings->local_count;

    if (!is_name(meanings, name))
        return 0;
    if (!meanings->names[name].local)
        return meanings->names[name].entity;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct local_meaning *local = &meanings->locals[middle];
        if (local->name == name && local->item == item)
            return local->entity;
        if (local->name < name || (local->name == name && local->item < item))
            low = middle + 1;
        else
            high = middle;
    }
    return meanings->names[name].entity;
}
