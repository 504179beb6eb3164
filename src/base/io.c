#include "base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

ssize_t io_read(int fd, void *data, size_t len)
{
    size_t got = 0;

    while (got < len) {
        ssize_t n = read(fd, (char *)data + got, len - got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        got += (size_t)n;
    }
    return (ssize_t)got;
}

int io_write(int fd, const void *data, size_t len)
{
    size_t done = 0;

    while (done < len) {
        ssize_t n = write(fd, (const char *)data + done, len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        done += (size_t)n;
    }
    return 0;
}

int io_read_file(int dirfd, const char *path, struct buf *out, struct err *err)
{
    enum { STEP = 65536 };
    CLEANUP(cleanup_fd) int fd = openat(dirfd, path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return err_set_errno(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, errno, "cannot open %s",
                             path);
    for (;;) {
        char chunk[STEP];
        ssize_t n = io_read(fd, chunk, STEP);
        if (n < 0)
            return err_set_errno(err, ERR_IO, errno, "cannot read %s", path);
        if (n == 0)
            return 0;
        if (buf_append(out, chunk, (size_t)n))
            return err_set(err, ERR_LIMIT, "%s is larger than %zu bytes", path, out->cap);
    }
}

int io_replace_file(int dirfd, const char *path, const void *data, size_t len, struct err *err)
{
    char temporary[4096];

    if (snprintf(temporary, sizeof(temporary), "%s.new", path) >= (int)sizeof(temporary))
        return err_set(err, ERR_LIMIT, "the path %s is too long", path);
    {
        CLEANUP(cleanup_fd)
        int fd =
            openat(dirfd, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0 || io_write(fd, data, len) || fsync(fd)) {
            int cause = errno;
            (void)unlinkat(dirfd, temporary, 0);
            return err_set_errno(err, ERR_IO, cause, "cannot write %s", temporary);
        }
    }
    if (renameat(dirfd, temporary, dirfd, path))
        return err_set_errno(err, ERR_IO, errno, "cannot rename %s", temporary);
    if (dirfd >= 0)
        (void)fsync(dirfd); /* some file systems refuse it; the rename itself is done */
    return 0;
}
