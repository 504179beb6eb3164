#include "relate/near.h"

#include <stdlib.h>

#include "base/buf.h"
#include "relate/shingles.h"

/* ---- the tables ---- */

static int near_create(struct sanad_case *kase, struct err *err)
{
    return db_exec(case_db(kase),
                   "CREATE TABLE IF NOT EXISTS near_mark (item INTEGER PRIMARY KEY,"
                   " words INTEGER NOT NULL, mark BLOB NOT NULL);"
                   "CREATE TABLE IF NOT EXISTS near_band (band INTEGER NOT NULL,"
                   " item INTEGER NOT NULL, PRIMARY KEY (band, item)) WITHOUT ROWID",
                   err);
}

static int near_drop(struct sanad_case *kase, struct err *err)
{
    return db_exec(case_db(kase), "DROP TABLE IF EXISTS near_mark; DROP TABLE IF EXISTS near_band",
                   err);
}

/* 1 when the item has a mark, 0 when not. `ret_words` may be NULL. */
static int load_mark(struct db *db, int64_t item, uint32_t mark[MARK_PLACES], int64_t *ret_words,
                     struct err *err)
{
    struct stmt *stmt = db_stmt(db, "SELECT words, mark FROM near_mark WHERE item = ?1", err);
    size_t len = 0;

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    int rc = stmt_step(stmt, err);
    if (rc <= 0)
        return rc;
    const void *packed = stmt_blob(stmt, 1, &len);
    if (len == MARK_BYTES)
        mark_unpack(packed, mark);
    if (ret_words)
        *ret_words = stmt_int(stmt, 0);
    stmt_reset(stmt);
    return len == MARK_BYTES ? 1 : err_set(err, ERR_CORRUPT, "the mark of a document is damaged");
}

/* Runs `sql`, which has ?1 for a band and ?2 for an item, for each band of a mark. */
static int for_each_band(struct stmt *stmt, int64_t item, const uint32_t mark[MARK_PLACES],
                         struct err *err)
{
    int rc = stmt ? 0 : ERR_IO;

    for (unsigned band = 0; band < MARK_BANDS && !rc; band++) {
        stmt_bind_int(stmt, 1, (int64_t)mark_band(mark, band));
        stmt_bind_int(stmt, 2, item);
        rc = stmt_run(stmt, err);
    }
    return rc;
}

static int near_forget(void *state, struct sanad_case *kase, int64_t item, struct err *err)
{
    struct db *db = case_db(kase);
    uint32_t mark[MARK_PLACES];
    int rc = load_mark(db, item, mark, NULL, err);

    (void)state;
    if (rc <= 0)
        return rc;
    rc = for_each_band(db_stmt(db, "DELETE FROM near_band WHERE band = ?1 AND item = ?2", err),
                       item, mark, err);
    struct stmt *stmt = rc ? NULL : db_stmt(db, "DELETE FROM near_mark WHERE item = ?1", err);
    if (!stmt)
        return rc ? rc : ERR_IO;
    stmt_bind_int(stmt, 1, item);
    return stmt_run(stmt, err);
}

/* ---- the deriver ---- */

static int near_start(struct sanad_case *kase, void **ret_state, struct err *err)
{
    (void)err;
    *ret_state = kase;
    return 0;
}

static int add_page(void *ctx, const struct page *page)
{
    shingles_add(ctx, page->text, page->text_len);
    return 0;
}

static int put_mark(struct db *db, int64_t item, const struct shingles *shingles, struct err *err)
{
    unsigned char packed[MARK_BYTES];
    struct stmt *stmt = db_stmt(
        db, "INSERT OR REPLACE INTO near_mark (item, words, mark) VALUES (?1, ?2, ?3)", err);

    if (!stmt)
        return ERR_IO;
    mark_pack(shingles->least, packed);
    stmt_bind_int(stmt, 1, item);
    stmt_bind_int(stmt, 2, (int64_t)shingles->words);
    stmt_bind_blob(stmt, 3, packed, sizeof(packed));
    int rc = stmt_run(stmt, err);
    if (rc)
        return rc;
    return for_each_band(
        db_stmt(db, "INSERT OR IGNORE INTO near_band (band, item) VALUES (?1, ?2)", err), item,
        shingles->least, err);
}

/* Pages of several documents come in turns, and the mark is of all of one's: it is made of what is
 * stored, when the last has come. */
static int near_document(void *state, int64_t item, const struct reading *reading, struct err *err)
{
    struct sanad_case *kase = state;
    struct shingles shingles;

    if (reading->chars == 0 || reading->outcome == OUTCOME_DUPLICATE)
        return 0;
    shingles_start(&shingles);
    int rc = page_each(kase, item, add_page, &shingles, err);
    return rc || shingles.words < NEAR_WORDS_MIN ? rc
                                                 : put_mark(case_db(kase), item, &shingles, err);
}

static void near_finish(void *state)
{
    (void)state;
}

const struct deriver near_deriver = {
    .name = "near",
    .version = 1,
    .create = near_create,
    .drop = near_drop,
    .start = near_start,
    .forget = near_forget,
    .document = near_document,
    .finish = near_finish,
};

/* ---- what is alike ---- */

struct candidates {
    int64_t items[MARK_BANDS * NEAR_BAND_MAX];
    size_t count;
};

static int take_candidate(void *ctx, struct stmt *row)
{
    struct candidates *candidates = ctx;

    candidates->items[candidates->count++] = stmt_int(row, 0);
    return 0;
}

static int in_band(struct db *db, uint64_t band, int64_t item, struct candidates *candidates,
                   struct err *err)
{
    struct stmt *stmt = db_stmt(
        db, "SELECT item FROM near_band WHERE band = ?1 AND item <> ?2 ORDER BY item LIMIT ?3",
        err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, (int64_t)band);
    stmt_bind_int(stmt, 2, item);
    stmt_bind_int(stmt, 3, NEAR_BAND_MAX);
    return stmt_each(stmt, take_candidate, candidates, err);
}

static int by_item(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;

    return (left > right) - (left < right);
}

static int by_likeness(const void *a, const void *b)
{
    const struct near *left = a;
    const struct near *right = b;

    if (left->likeness != right->likeness)
        return left->likeness > right->likeness ? -1 : 1;
    return (left->item > right->item) - (left->item < right->item);
}

/* Compares the candidates, each once; those that are alike stay. */
static int compare(struct db *db, const uint32_t mark[MARK_PLACES], struct candidates *candidates,
                   struct near *found, size_t *ret_count, struct err *err)
{
    uint32_t other[MARK_PLACES];
    int64_t before = 0;

    qsort(candidates->items, candidates->count, sizeof(int64_t), by_item);
    for (size_t i = 0; i < candidates->count; i++) {
        struct near near = {.item = candidates->items[i]};
        if (near.item == before)
            continue;
        before = near.item;
        int rc = load_mark(db, near.item, other, &near.words, err);
        if (rc < 0)
            return rc;
        near.likeness = rc ? mark_likeness(mark, other) : 0;
        if (near.likeness >= NEAR_LIKENESS_MIN)
            found[(*ret_count)++] = near;
    }
    qsort(found, *ret_count, sizeof(*found), by_likeness);
    return 0;
}

int near_find(struct sanad_case *kase, int64_t item, struct near ret_near[NEAR_MAX],
              struct err *err)
{
    CLEANUP(cleanup_free) struct candidates *candidates = NULL;
    CLEANUP(cleanup_free) struct near *found = NULL;
    struct db *db = case_db(kase);
    uint32_t mark[MARK_PLACES];
    size_t count = 0;
    int rc = db_has_table(db, "near_mark", err);

    if (rc > 0)
        rc = load_mark(db, item, mark, NULL, err);
    if (rc <= 0)
        return rc;
    candidates = mem_zalloc(1, sizeof(*candidates));
    rc = 0;
    for (unsigned band = 0; band < MARK_BANDS && !rc; band++)
        rc = in_band(db, mark_band(mark, band), item, candidates, err);
    found = mem_zalloc(candidates->count + 1, sizeof(*found));
    if (!rc)
        rc = compare(db, mark, candidates, found, &count, err);
    if (rc)
        return rc;
    if (count > NEAR_MAX)
        count = NEAR_MAX;
    for (size_t i = 0; i < count; i++)
        ret_near[i] = found[i];
    return (int)count;
}
