/*
 * Preloaded into sanad by tests/cli/faults.sh: a disk that is full from some byte on, and reads
 * that fail. Only files below FAULTY_FOLDER are concerned, and only in sanad itself.
 *
 *   FAULTY_WRITE_AFTER=N   after N bytes written, every write and allocation says ENOSPC
 *   FAULTY_READ=N          the N-th read says EIO (from 1), once
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *folder;
static long long write_left = -1; /* -1: no limit */
static long long reads_left = -1;

__attribute__((constructor)) static void read_settings(void)
{
    const char *after = getenv("FAULTY_WRITE_AFTER");
    const char *read_at = getenv("FAULTY_READ");

    if (strcmp(program_invocation_short_name, "sanad") != 0)
        return;
    folder = getenv("FAULTY_FOLDER");
    write_left = after ? strtoll(after, NULL, 10) : -1;
    reads_left = read_at ? strtoll(read_at, NULL, 10) : -1;
}

static bool concerned(int fd)
{
    char link[64];
    char path[PATH_MAX];
    int before = errno;

    if (!folder)
        return false;
    snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    ssize_t len = readlink(link, path, sizeof(path) - 1);
    errno = before;
    if (len <= 0)
        return false;
    path[len] = '\0';
    return strncmp(path, folder, strlen(folder)) == 0;
}

/* How many of `len` bytes still fit; 0 with errno set when none do. */
static size_t fits(int fd, size_t len)
{
    if (write_left < 0 || len == 0 || !concerned(fd))
        return len;
    if (write_left == 0) {
        errno = ENOSPC;
        return 0;
    }
    if ((long long)len > write_left)
        len = (size_t)write_left;
    write_left -= (long long)len;
    return len;
}

static bool read_fails(int fd)
{
    if (reads_left <= 0 || !concerned(fd) || --reads_left > 0)
        return false;
    errno = EIO;
    return true;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *data, size_t len)
{
    size_t n = fits(fd, len);
    return len && !n ? -1 : REAL(write)(fd, data, n);
}

ssize_t pwrite(int fd, const void *data, size_t len, off_t at)
{
    size_t n = fits(fd, len);
    return len && !n ? -1 : REAL(pwrite)(fd, data, n, at);
}

ssize_t pwrite64(int fd, const void *data, size_t len, off64_t at)
{
    size_t n = fits(fd, len);
    return len && !n ? -1 : REAL(pwrite64)(fd, data, n, at);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    return count > 0 && !fits(fd, 1) ? -1 : REAL(writev)(fd, parts, count);
}

int fallocate(int fd, int mode, off_t at, off_t len)
{
    return fits(fd, 1) ? REAL(fallocate)(fd, mode, at, len) : -1;
}

int posix_fallocate(int fd, off_t at, off_t len)
{
    return fits(fd, 1) ? REAL(posix_fallocate)(fd, at, len) : ENOSPC;
}

ssize_t read(int fd, void *data, size_t len)
{
    return read_fails(fd) ? -1 : REAL(read)(fd, data, len);
}

ssize_t pread(int fd, void *data, size_t len, off_t at)
{
    return read_fails(fd) ? -1 : REAL(pread)(fd, data, len, at);
}

ssize_t pread64(int fd, void *data, size_t len, off64_t at)
{
    return read_fails(fd) ? -1 : REAL(pread64)(fd, data, len, at);
}

/* What -D_FORTIFY_SOURCE makes of reads into buffers whose size it knows. */
ssize_t __read_chk(int fd, void *data, size_t len, size_t room)
{
    (void)room;
    return read(fd, data, len);
}

ssize_t __pread64_chk(int fd, void *data, size_t len, off64_t at, size_t room)
{
    (void)room;
    return pread64(fd, data, len, at);
}
