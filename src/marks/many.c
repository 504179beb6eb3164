/* The same mark on many documents, as on the results of a search. */
#include <inttypes.h>

#include "base/buf.h"
#include "base/clock.h"
#include "marks/tables.h"
#include "store/custody.h"

static int check_many(enum marks_many how, const struct mark_wish *wish, size_t count,
                      struct err *err)
{
    if (wish->kind != MARKS_TAG && wish->kind != MARKS_STAR && wish->kind != MARKS_LIST)
        return err_set(err, ERR_USAGE, "tags, stars and list entries are put on many documents");
    if (count == 0 || count > MARKS_MANY_MAX)
        return err_set(err, ERR_LIMIT, "1 to %d documents are marked at once", MARKS_MANY_MAX);
    if (how == MARKS_TAKE_OFF && marks_kind_has_label(wish->kind) && !wish->label)
        return err_set(err, ERR_USAGE, "the label that is taken off is a number");
    return 0;
}

/* Whether it changed something: 1, else 0. */
static int mark_or_unmark(struct sanad_case *kase, enum marks_many how, const struct mark_row *row,
                          struct err *err)
{
    struct db *db = case_db(kase);
    int64_t there = mark_same(db, row);
    int64_t id;

    if ((there != 0) == (how == MARKS_PUT))
        return 0;
    int rc = how == MARKS_TAKE_OFF ? mark_set_removed(db, there, row->wish->who, clock_now(), err)
                                   : mark_check_target(kase, row->target, err);
    if (!rc && how == MARKS_PUT)
        rc = mark_check_room(db, row->target->item, err);
    if (!rc && how == MARKS_PUT)
        rc = mark_put(db, row, &id, err);
    return rc ? rc : 1;
}

static int record_many(struct sanad_case *kase, enum marks_many how, const struct mark_row *row,
                       int64_t changed, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf detail = {0};

    if (changed == 0)
        return 0;
    buf_init(&detail, 256);
    (void)buf_printf(&detail, "%s (label %" PRId64 ") %s %" PRId64 " documents",
                     marks_kind_word(row->wish->kind), row->label,
                     how == MARKS_PUT ? "put on" : "taken off", changed);
    return custody_add(kase, "marks", detail.data, err);
}

int marks_many(struct sanad_case *kase, enum marks_many how, const struct mark_wish *wish,
               const int64_t *items, size_t count, mark_item_fn *fn, void *ctx, int64_t *ret_label,
               struct err *err)
{
    struct mark_target target = {.quote = ""};
    struct mark_row row = {.wish = wish, .target = &target, .prefix = "", .suffix = ""};
    int64_t changed = 0;
    int rc = check_many(how, wish, count, err);

    if (!rc)
        rc = mark_label(kase, wish, &row.label, err);
    for (size_t i = 0; i < count && !rc; i++) {
        target.item = items[i];
        rc = mark_or_unmark(kase, how, &row, err);
        if (rc > 0) {
            changed++;
            rc = fn(ctx, target.item);
        }
    }
    *ret_label = row.label;
    return rc ? rc : record_many(kase, how, &row, changed, err);
}
