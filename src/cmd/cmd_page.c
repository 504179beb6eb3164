#include <errno.h>
#include <stdlib.h>

#include "base/io.h"
#include "cmd/output.h"
#include "ingest/render.h"

int cmd_page(struct cmd *cmd, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf png = {0};
    struct render_service *service;
    int64_t item;
    int64_t dpi;
    char *end;
    int fd;
    unsigned long page = strtoul(cmd->args[1], &end, 10);

    int rc = cmd_item(cmd, 0, &item, err);
    if (!rc && (*end || !page || page > 1u << 20))
        rc = err_set(err, ERR_USAGE, "\"%s\" is no page; pages are numbered from 1", cmd->args[1]);
    if (!rc)
        rc = cmd_number(cmd, "dpi", RENDER_DPI_MIN, RENDER_DPI_MAX, 150, &dpi, err);
    if (!rc)
        rc = output_open(cmd, &fd, err);
    if (rc)
        return rc;
    buf_init(&png, RENDER_IMAGE_MAX);
    service = render_service_new();
    rc = render_page(service, cmd->kase, item, (uint32_t)page, (uint32_t)dpi, &png, err);
    render_service_free(service);
    if (!rc && io_write(fd, png.data, png.len))
        rc = err_set_errno(err, ERR_IO, errno, "cannot write the picture");
    return output_close(cmd, fd, rc, err);
}
