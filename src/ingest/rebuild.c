#include "ingest/rebuild.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/clock.h"
#include "ingest/pipeline.h"
#include "store/kept.h"

/* Collects the ids of items that match. */
struct id_list {
    int64_t *ids;
    size_t count;
};

static int keep_id(void *ctx, const struct ledger_row *row)
{
    struct id_list *list = ctx;

    list->ids = mem_room(list->ids, list->count, sizeof(*list->ids));
    list->ids[list->count++] = row->item.id;
    return 0;
}

/* ---- from stored text ---- */

/* One transaction: readers see the old tables until it is done. */
static int derive_all(struct sanad_case *kase, const struct deriver *const *derivers,
                      const struct ingest_options *options, struct ingest_progress *progress,
                      struct err *err)
{
    struct ledger_filter filter = {.outcome = -1, .reason = -1, .parent = -1};
    struct derive derive;
    int64_t started = clock_ms();
    int64_t shown = started;
    struct id_list list = {0};
    int rc = derive_start(&derive, kase, derivers, err);

    if (rc)
        return rc;
    rc = ledger_each(kase, &filter, keep_id, &list, err);
    progress->items_new = (int64_t)list.count;
    for (size_t i = 0; i < list.count && !rc; i++) {
        rc = derive_stored(&derive, kase, list.ids[i], err);
        progress->items_read = (int64_t)i + 1;
        progress->waiting = (int64_t)(list.count - i - 1);
        progress->elapsed_ms = clock_ms() - started;
        progress->left_ms = progress->elapsed_ms * progress->waiting / progress->items_read;
        if (options->progress && clock_ms() - shown > 200) {
            shown = clock_ms();
            options->progress(options->ctx, progress);
        }
        if (!rc && options->stop && *options->stop)
            rc = err_set(err, ERR_INTERRUPTED, "stopped; the case is as it was before");
    }
    if (!rc)
        rc = derive_flush(&derive, err);
    if (!rc)
        rc = derive_settle(&derive, err);
    derive_finish(&derive);
    free(list.ids);
    return rc;
}

static int drop_all(struct sanad_case *kase, const struct deriver *const *list, struct err *err)
{
    int rc = 0;

    for (; *list && !rc; list++) {
        rc = (*list)->drop(kase, err);
        if (!rc)
            rc = (*list)->create(kase, err);
    }
    return rc;
}

static int in_transaction(struct sanad_case *kase, int rc, struct err *err)
{
    if (!rc)
        rc = case_commit(kase, err);
    if (rc)
        db_rollback(case_db(kase));
    return rc;
}

int rebuild_if_stale(struct sanad_case *kase, const struct ingest_options *options,
                     struct ingest_progress *progress, struct err *err)
{
    const struct deriver *stale[DERIVERS_MAX + 1];
    int rc = db_begin(case_db(kase), err);

    if (rc)
        return rc;
    rc = derivers_prepare(kase, options->derivers, stale, err);
    if (!rc && stale[0])
        rc = derive_all(kase, stale, options, progress, err);
    return in_transaction(kase, rc, err);
}

/* ---- from the originals ---- */

static int compare_ids(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static bool holds(const struct id_list *list, int64_t id)
{
    return list->count && bsearch(&id, list->ids, list->count, sizeof(*list->ids), compare_ids);
}

/* Sets aside what was read from items: of those that wait again, and of those in containers that
 * do. */
static int keep_all(struct sanad_case *kase, const struct id_list *list,
                    const struct id_list *wanted, struct err *err)
{
    int rc = kept_prepare(kase, err);

    for (size_t i = 0; i < wanted->count && !rc; i++)
        rc = keep_put(kase, wanted->ids[i], true, err);
    for (size_t i = 0; i < list->count && !rc; i++)
        if (!holds(wanted, list->ids[i]))
            rc = keep_put(kase, list->ids[i], false, err);
    return rc;
}

/* Lets items wait again: what was read from them goes, or is set aside if a list of those is given
 * for whose sake it is done. Children stay; a container that is read again finds them. */
static int let_wait(struct sanad_case *kase, const struct ingest_options *options,
                    const struct id_list *list, const struct id_list *wanted, struct err *err)
{
    struct derive derive;
    int rc = db_begin(case_db(kase), err);

    if (rc)
        return rc;
    rc = derive_start(&derive, kase, options->derivers, err);
    if (rc)
        return in_transaction(kase, rc, err);
    if (wanted)
        rc = keep_all(kase, list, wanted, err);
    for (size_t i = 0; i < list->count && !rc; i++) {
        rc = derive_clear(&derive, kase, list->ids[i], err);
        if (!rc && options->stop && *options->stop)
            rc = err_set(err, ERR_INTERRUPTED, "stopped; the case is as it was before");
    }
    if (!rc)
        rc = derive_flush(&derive, err);
    derive_finish(&derive);
    return in_transaction(kase, rc, err);
}

static int keep_number(struct id_list *list, int64_t id)
{
    struct ledger_row row = {.item.id = id};

    /* children of one container follow each other */
    return list->count && list->ids[list->count - 1] == id ? 0 : keep_id(list, &row);
}

struct again {
    struct sanad_case *kase;
    struct id_list list;   /* those that wait */
    struct id_list wanted; /* those for whose sake they do */
};

/* What failed before a reader saw it, failed in its container: that is read again. Items whose
 * bytes were never received and that have no container have nothing to be read again from. */
static int keep_readable(void *ctx, const struct ledger_row *row)
{
    struct again *again = ctx;
    struct reading_state state;
    bool by_container = row->item.parent && row->outcome == OUTCOME_FAILED &&
                        reading_peek(again->kase, row->item.id, &state) && state.unread &&
                        state.reason != REASON_LIMIT_DEPTH;

    int64_t read = by_container ? row->item.parent : row->item.object ? row->item.id : 0;
    if (!read)
        return 0;
    int rc = keep_number(&again->wanted, row->item.id);
    return rc ? rc : keep_number(&again->list, read);
}

static void sort_and_unite(struct id_list *list)
{
    size_t kept = 0;

    if (list->count)
        qsort(list->ids, list->count, sizeof(*list->ids), compare_ids);
    for (size_t i = 0; i < list->count; i++)
        if (!kept || list->ids[kept - 1] != list->ids[i])
            list->ids[kept++] = list->ids[i];
    list->count = kept;
}

/* With `keep`, what was read before stays where it is better. */
static int read_again(struct sanad_case *kase, const struct ledger_filter *filter, bool keep,
                      const struct ingest_options *options, int64_t *ret_count,
                      struct ingest_progress *progress, struct err *err)
{
    struct again again = {.kase = kase};
    int rc = rebuild_if_stale(kase, options, progress, err);

    if (!rc)
        rc = ledger_each(kase, filter, keep_readable, &again, err);
    sort_and_unite(&again.list);
    sort_and_unite(&again.wanted);
    if (!rc)
        rc = let_wait(kase, options, &again.list, keep ? &again.wanted : NULL, err);
    *ret_count = (int64_t)again.wanted.count;
    free(again.list.ids);
    free(again.wanted.ids);
    return rc ? rc : ingest_waiting(kase, options, progress, err);
}

int ingest_retry(struct sanad_case *kase, int reason, int64_t item,
                 const struct ingest_options *options, int64_t *ret_count,
                 struct ingest_progress *ret_progress, struct err *err)
{
    struct ledger_filter filter = {.outcome = reason < 0 && !item ? OUTCOME_FAILED : -1,
                                   .reason = reason,
                                   .parent = -1,
                                   .item = item};

    *ret_progress = (struct ingest_progress){.left_ms = -1};
    return read_again(kase, &filter, true, options, ret_count, ret_progress, err);
}

int ingest_rebuild(struct sanad_case *kase, enum rebuild_depth depth,
                   const struct ingest_options *options, struct ingest_progress *ret_progress,
                   struct err *err)
{
    struct ledger_filter filter = {.outcome = -1, .reason = -1, .parent = -1};
    int64_t count;

    *ret_progress = (struct ingest_progress){.left_ms = -1};
    if (depth == REBUILD_ALL)
        return read_again(kase, &filter, false, options, &count, ret_progress, err);
    int rc = db_begin(case_db(kase), err);
    const struct deriver *stale[DERIVERS_MAX + 1];
    if (rc)
        return rc;
    rc = derivers_prepare(kase, options->derivers, stale, err);
    if (!rc)
        rc = drop_all(kase, options->derivers, err);
    if (!rc)
        rc = derive_all(kase, options->derivers, options, ret_progress, err);
    return in_transaction(kase, rc, err);
}
