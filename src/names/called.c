#include "names/called.h"

#include <string.h>

#include "text/fold.h"

size_t called_fold(const char *name, char out[CALLED_FOLDED_MAX])
{
    struct words words;
    struct word word;
    size_t len = 0;

    words_init(&words, name, strlen(name));
    while (words_next(&words, &word) && len + word.surface_len + 2 < CALLED_FOLDED_MAX) {
        if (len)
            out[len++] = ' ';
        memcpy(out + len, word.surface, word.surface_len);
        len += word.surface_len;
    }
    out[len] = '\0';
    return len;
}

typedef int called_fn(void *ctx, int64_t entity, const char *folded);

/* Every chosen name that is shown, folded. */
static int called_each(struct db *db, called_fn *fn, void *ctx, struct err *err)
{
    struct stmt *stmt =
        db_stmt(db, "SELECT c.entity, c.name FROM " CALLED_ROWS " c WHERE c.name <> ''", err);
    char folded[CALLED_FOLDED_MAX];
    int rc;

    if (!stmt)
        return ERR_IO;
    while ((rc = stmt_step(stmt, err)) > 0) {
        const char *name = stmt_text(stmt, 1);
        if (!called_fold(name, folded))
            continue;
        rc = fn(ctx, stmt_int(stmt, 0), folded);
        if (rc)
            break;
    }
    stmt_reset(stmt);
    return rc < 0 ? rc : 0;
}

/* ---- by words ---- */

struct with {
    const char *const *words;
    size_t count;
    bool begin;
    struct buf *ids;
};

static bool has_word(const char *folded, const char *word, bool begin)
{
    for (const char *at = strstr(folded, word); at; at = strstr(at + 1, word))
        if (!begin || at == folded || at[-1] == ' ')
            return true;
    return false;
}

static int take_with(void *ctx, int64_t entity, const char *folded)
{
    struct with *with = ctx;

    for (size_t i = 0; i < with->count; i++)
        if (with->words[i][0] && !has_word(folded, with->words[i], with->begin))
            return 0;
    if (!with->ids->len)
        (void)buf_append_char(with->ids, ',');
    (void)buf_printf(with->ids, "%lld,", (long long)entity);
    return 0;
}

int called_with(struct db *db, const char *const *words, size_t count, bool begin,
                struct buf *ret_ids, struct err *err)
{
    struct with with = {words, count, begin, ret_ids};

    return count && words[0][0] ? called_each(db, take_with, &with, err) : 0;
}

/* ---- by the name ---- */

struct wanted {
    const char *folded;
    int64_t entity;
};

static int take_wanted(void *ctx, int64_t entity, const char *folded)
{
    struct wanted *wanted = ctx;

    if (strcmp(folded, wanted->folded) != 0)
        return 0;
    wanted->entity = entity;
    return 1;
}

int called_meant(struct db *db, const char *given, int64_t *ret_id, struct err *err)
{
    char folded[CALLED_FOLDED_MAX];
    struct wanted wanted = {folded, 0};
    int rc = 0;

    if (called_fold(given, folded))
        rc = called_each(db, take_wanted, &wanted, err);
    *ret_id = wanted.entity;
    return rc;
}
