/* Originals out of a case: one as it is, or several as a ZIP with a manifest. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/io.h"
#include "cmd/output.h"
#include "cmd/terminal.h"
#include "export/originals.h"
#include "names/entities.h"
#include "search/search.h"
#include "store/item.h"

struct writing {
    int fd;
    const volatile int *stop; /* an unfinished plain file is not left behind */
};

static int write_piece(void *ctx, const void *data, size_t len)
{
    struct writing *writing = ctx;

    if (*writing->stop)
        return ERR_INTERRUPTED;
    return io_write(writing->fd, data, len) ? ERR_IO : 0;
}

/* What the sink's errors mean, if nothing said it yet. */
static int explain(int rc, struct err *err)
{
    if (rc == ERR_IO && !err->code)
        return err_set_errno(err, rc, errno, "cannot write the originals");
    if (rc == ERR_INTERRUPTED)
        return err_set(err, rc, "stopped; nothing was left at the place to write to");
    return rc;
}

/* ---- what leaves is recorded first ---- */

typedef int record_fn(struct sanad_case *writer, void *ctx, struct err *err);

/* Writes for a moment, also while documents are being read into the case. */
static int record(struct cmd *cmd, record_fn *fn, void *ctx, struct err *err)
{
    CLEANUP(cleanup_case) struct sanad_case *writer = NULL;
    int rc = case_open_writer(cmd->kase, CASE_TURN, &writer, err);

    if (!rc)
        rc = db_begin(case_db(writer), err);
    if (rc)
        return rc;
    rc = fn(writer, ctx, err);
    if (!rc)
        rc = case_commit(writer, err);
    if (rc)
        db_rollback(case_db(writer));
    return rc;
}

static int get_why(struct cmd *cmd, const char **ret_why, struct err *err)
{
    const char *why = cmd_option(cmd, "why");

    if (why && strlen(why) > ORIGINALS_WHY_MAX)
        return err_set(err, ERR_USAGE, "--why has at most %d bytes", ORIGINALS_WHY_MAX);
    *ret_why = why ? why : "";
    return 0;
}

/* ---- one, byte for byte ---- */

struct one {
    int64_t item, object;
    char sha256[SHA256_HEX + 1];
    const char *who, *why;
};

static int note_one(void *ctx, const struct ledger_row *row)
{
    struct one *one = ctx;

    one->object = row->item.object;
    snprintf(one->sha256, sizeof(one->sha256), "%s", row->sha256);
    return 0;
}

static int record_one(struct sanad_case *writer, void *ctx, struct err *err)
{
    const struct one *one = ctx;

    return original_record(writer, one->item, one->sha256, one->who, one->why, err);
}

static int export_one(struct cmd *cmd, int64_t item, struct err *err)
{
    struct one one = {.item = item, .who = cmd_author(cmd)};
    int fd;
    int rc = get_why(cmd, &one.why, err);

    if (!rc)
        rc = ledger_one(cmd->kase, item, note_one, &one, err);
    if (!rc && !one.object)
        rc = err_set(err, ERR_NOT_FOUND, "no bytes of item %lld were received; sanad show says why",
                     (long long)item);
    if (!rc)
        rc = output_open(cmd, &fd, err);
    if (rc)
        return rc;
    struct writing writing = {.fd = fd, .stop = cmd_stop_flag()};
    rc = record(cmd, record_one, &one, err);
    if (!rc)
        rc = explain(object_read(cmd->kase, one.object, write_piece, &writing, err), err);
    return output_close(cmd, fd, rc, err);
}

/* ---- several, as a ZIP ---- */

static int find(struct cmd *cmd, const char *query, int64_t **ret_items, size_t *ret_count,
                struct err *err)
{
    CLEANUP(cleanup_buf) struct buf wide = {0};
    struct used_names used = {0};

    buf_init(&wide, QUERY_BYTES_MAX);
    int rc = names_expand(cmd->kase, query, &wide, &used, err);
    used_names_release(&used);
    if (!rc)
        rc = search_items(cmd->kase, wide.data, ret_items, ret_count, err);
    if (!rc && *ret_count == 0)
        rc = err_set(err, ERR_NOT_FOUND, "nothing is found by that; sanad search helps to find it");
    return rc;
}

static int chosen(struct cmd *cmd, int64_t **ret_items, size_t *ret_count, struct err *err)
{
    int rc = 0;

    *ret_items = mem_alloc(cmd->arg_count * sizeof(**ret_items));
    *ret_count = cmd->arg_count;
    for (size_t i = 0; i < cmd->arg_count && !rc; i++)
        rc = cmd_item(cmd, i, &(*ret_items)[i], err);
    if (!rc)
        *ret_count = originals_distinct(*ret_items, *ret_count);
    return rc;
}

struct several {
    struct originals_order *order;
    struct originals_sums sums;
};

static int record_several(struct sanad_case *writer, void *ctx, struct err *err)
{
    struct several *several = ctx;

    return originals_record(writer, several->order, &several->sums, err);
}

static int write_zip(struct cmd *cmd, struct originals_order *order, struct err *err)
{
    struct several several = {.order = order};
    int64_t left_out = 0;
    int fd;
    int rc = originals_sum(cmd->kase, order, &several.sums, err);

    if (!rc)
        rc = output_open(cmd, &fd, err);
    if (rc)
        return rc;
    struct writing writing = {.fd = fd, .stop = cmd_stop_flag()};
    rc = record(cmd, record_several, &several, err);
    if (!rc)
        rc = explain(originals_write(cmd->kase, order, write_piece, &writing, &left_out, err), err);
    rc = output_close(cmd, fd, rc, err);
    if (!rc)
        (void)fprintf(stderr,
                      "%" PRId64 " originals; %" PRId64
                      " left out, as the manifest says. Open them on a machine without a network\n",
                      (int64_t)order->count - left_out, left_out);
    return rc;
}

static int export_zip(struct cmd *cmd, struct err *err)
{
    CLEANUP(cleanup_free) int64_t *items = NULL;
    const char *query = cmd_option(cmd, "query");
    struct originals_order order = {.query = query ? query : "", .who = cmd_author(cmd)};
    int rc = get_why(cmd, &order.why, err);

    if (!rc)
        rc = query ? find(cmd, query, &items, &order.count, err)
                   : chosen(cmd, &items, &order.count, err);
    order.items = items;
    return rc ? rc : write_zip(cmd, &order, err);
}

int cmd_export(struct cmd *cmd, struct err *err)
{
    int64_t item;

    if (cmd_has(cmd, "query") != (cmd->arg_count == 0))
        return err_set(err, ERR_USAGE, "give items by their numbers, or --query");
    if (cmd->arg_count != 1 || cmd_has(cmd, "zip"))
        return export_zip(cmd, err);
    int rc = cmd_item(cmd, 0, &item, err);
    return rc ? rc : export_one(cmd, item, err);
}
