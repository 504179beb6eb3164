#include "cmd/output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int output_open(const struct cmd *cmd, int *ret_fd, struct err *err)
{
    const char *path = cmd_option(cmd, "output");

    if (!path)
        return err_set(err, ERR_USAGE, "where to? add: -o FILE");
    if (!strcmp(path, "-")) {
        *ret_fd = STDOUT_FILENO;
        return 0;
    }
    *ret_fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (*ret_fd >= 0)
        return 0;
    if (errno == EEXIST)
        return err_set(err, ERR_EXISTS, "%s is there already and is not overwritten", path);
    return err_set_errno(err, ERR_IO, errno, "cannot write %s", path);
}

int output_close(const struct cmd *cmd, int fd, int rc, struct err *err)
{
    if (fd == STDOUT_FILENO)
        return rc;
    if (close(fd) && !rc)
        rc = err_set_errno(err, ERR_IO, errno, "cannot write %s", cmd_option(cmd, "output"));
    if (rc)
        (void)unlink(cmd_option(cmd, "output"));
    return rc;
}
