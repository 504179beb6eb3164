#include <errno.h>

#include "base/io.h"
#include "cmd/output.h"
#include "store/item.h"

static int note_object(void *ctx, const struct ledger_row *row)
{
    *(int64_t *)ctx = row->item.object;
    return 0;
}

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

int cmd_export(struct cmd *cmd, struct err *err)
{
    int64_t item;
    int64_t object = 0;
    int fd;
    int rc = cmd_item(cmd, 0, &item, err);

    if (!rc)
        rc = ledger_one(cmd->kase, item, note_object, &object, err);
    if (!rc && !object)
        rc = err_set(err, ERR_NOT_FOUND, "no bytes of item %lld were received; sanad show says why",
                     (long long)item);
    if (!rc)
        rc = output_open(cmd, &fd, err);
    if (rc)
        return rc;
    struct writing writing = {.fd = fd, .stop = cmd_stop_flag()};
    rc = object_read(cmd->kase, object, write_piece, &writing, err);
    if (rc == ERR_IO)
        (void)err_set_errno(err, ERR_IO, errno, "cannot write the original");
    if (rc == ERR_INTERRUPTED)
        (void)err_set(err, rc, "stopped; nothing was left at the place to write to");
    return output_close(cmd, fd, rc, err);
}
