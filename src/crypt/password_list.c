#include "crypt/password_list.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/io.h"
#include "base/utf8.h"

#ifndef F_SEAL_FUTURE_WRITE
#define F_SEAL_FUTURE_WRITE 0x0010
#endif

/* The file as it may be at most, with line ends of two bytes, and the NUL after the last. */
enum { LIST_BYTES = PASSWORDS_MAX * (PASSWORD_BYTES_MAX + 2) + 1 };

struct password_list {
    int fd;
    char *bytes; /* LIST_BYTES, shared with the descriptor */
    size_t count;
};

/* Memory that this process alone can write to, from now on. */
static int open_memory(struct password_list *list, struct err *err)
{
    const int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL;

    list->fd = memfd_create("passwords", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (list->fd < 0 || ftruncate(list->fd, LIST_BYTES))
        return err_set_errno(err, ERR_IO, errno, "no memory for passwords");
    void *bytes = mmap(NULL, LIST_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, list->fd, 0);
    if (bytes == MAP_FAILED)
        return err_set_errno(err, ERR_IO, errno, "no memory for passwords");
    list->bytes = bytes;
    (void)mlock(bytes, LIST_BYTES); /* where the user's limit allows it */
    if (fcntl(list->fd, F_ADD_SEALS, seals))
        return err_set_errno(err, ERR_UNSUPPORTED, errno, "the kernel cannot seal memory");
    return 0;
}

static int line_error(const char *path, size_t line, const char *what, struct err *err)
{
    return err_set(err, ERR_USAGE, "line %zu of %s %s; one password a line, as UTF-8", line, path,
                   what);
}

/* Turns the file's `len` bytes into the list, in place: a line never becomes longer. */
static int split_lines(struct password_list *list, size_t len, const char *path, struct err *err)
{
    char *bytes = list->bytes;
    size_t at = len >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
    size_t to = 0;

    for (size_t line = 1; at < len; line++) {
        const char *newline = memchr(bytes + at, '\n', len - at);
        size_t end = newline ? (size_t)(newline - bytes) : len;
        size_t size = end - at;
        if (size && bytes[end - 1] == '\r')
            size--;
        if (size > PASSWORD_BYTES_MAX)
            return line_error(path, line, "is longer than 1,024 bytes", err);
        if (memchr(bytes + at, '\0', size) || !utf8_valid(bytes + at, size))
            return line_error(path, line, "is not text", err);
        if (size && list->count == PASSWORDS_MAX)
            return err_set(err, ERR_LIMIT, "%s holds more than %d passwords", path, PASSWORDS_MAX);
        if (size) {
            memmove(bytes + to, bytes + at, size);
            to += size;
            bytes[to++] = '\0';
            list->count++;
        }
        at = end + 1;
    }
    sodium_memzero(bytes + to, LIST_BYTES - to);
    if (!list->count)
        return err_set(err, ERR_USAGE, "there is no password in %s", path);
    return 0;
}

static int read_list(struct password_list *list, const char *path, struct err *err)
{
    CLEANUP(cleanup_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return err_set_errno(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, errno,
                             "cannot open the password file %s", path);
    int rc = open_memory(list, err);
    if (rc)
        return rc;
    ssize_t len = io_read(fd, list->bytes, LIST_BYTES);
    if (len < 0)
        return err_set_errno(err, ERR_IO, errno, "cannot read %s", path);
    if (len == LIST_BYTES)
        return err_set(err, ERR_LIMIT, "%s is too long: at most %d passwords of %d bytes", path,
                       PASSWORDS_MAX, PASSWORD_BYTES_MAX);
    return split_lines(list, (size_t)len, path, err);
}

int password_list_load(const char *path, struct password_list **ret_list, struct err *err)
{
    struct password_list *list = mem_zalloc(1, sizeof(*list));

    list->fd = -1;
    int rc = read_list(list, path, err);
    if (rc)
        password_list_free(list);
    else
        *ret_list = list;
    return rc;
}

int password_list_read(const char *text, size_t len, struct password_list **ret_list,
                       struct err *err)
{
    struct password_list *list = mem_zalloc(1, sizeof(*list));

    list->fd = -1;
    int rc = len >= LIST_BYTES ? err_set(err, ERR_LIMIT, "these are too many passwords")
                               : open_memory(list, err);
    if (!rc) {
        memcpy(list->bytes, text, len);
        rc = split_lines(list, len, "the passwords", err);
    }
    if (rc)
        password_list_free(list);
    else
        *ret_list = list;
    return rc;
}

int password_list_of(const char *password, struct password_list **ret_list, struct err *err)
{
    struct password_list *list = mem_zalloc(1, sizeof(*list));
    size_t len = strlen(password);

    list->fd = -1;
    int rc = len > PASSWORD_BYTES_MAX ? err_set(err, ERR_LIMIT, "the password is too long")
                                      : open_memory(list, err);
    if (rc) {
        password_list_free(list);
        return rc;
    }
    memcpy(list->bytes, password, len);
    list->count = 1;
    *ret_list = list;
    return 0;
}

bool password_list_get(int fd, size_t number, char out[PASSWORD_BYTES_MAX + 1])
{
    char *bytes = mmap(NULL, LIST_BYTES, PROT_READ, MAP_SHARED, fd, 0);
    const char *at = bytes;

    out[0] = '\0';
    if (bytes == MAP_FAILED)
        return false;
    while (--number && *at)
        at += strlen(at) + 1;
    size_t len = strlen(at);
    if (len <= PASSWORD_BYTES_MAX)
        memcpy(out, at, len + 1);
    (void)munmap(bytes, LIST_BYTES);
    return out[0] != '\0';
}

void password_list_free(struct password_list *list)
{
    if (!list)
        return;
    if (list->bytes) {
        sodium_memzero(list->bytes, LIST_BYTES);
        (void)munmap(list->bytes, LIST_BYTES);
    }
    if (list->fd >= 0)
        close(list->fd);
    free(list);
}

int password_list_fd(const struct password_list *list)
{
    return list->fd;
}

size_t password_list_count(const struct password_list *list)
{
    return list->count;
}
