#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/clock.h"

/* Locks of an open file, not of a process: one process may hold the seat and ask for the pen, in
 * two threads. The kernel does not say who holds such a lock, so the holder of the seat also locks
 * NAME in the way that tells. A sanad before these locked the whole file in that way. */
enum place { SEAT, PEN, KNOCK, NAME };

enum {
    STEP_MS = 4,
    SEAT_MS = 1000,  /* who has it may be at its end */
    ASK_MS = 6000,   /* a group of documents is ended for who knocks, and takes a moment */
    LEND_MS = 60000, /* settling the names of a large case takes long */
};

static struct flock bytes_at(enum place place, short type)
{
    return (struct flock){.l_type = type, .l_whence = SEEK_SET, .l_start = place, .l_len = 1};
}

static int set(int fd, enum place place, short type)
{
    struct flock wanted = bytes_at(place, type);

    return fcntl(fd, F_OFD_SETLK, &wanted);
}

static bool is_held(int fd, enum place place)
{
    struct flock wanted = bytes_at(place, F_WRLCK);

    return fcntl(fd, F_OFD_GETLK, &wanted) == 0 && wanted.l_type != F_UNLCK;
}

static void pause_a_step(void)
{
    const struct timespec step = {.tv_nsec = STEP_MS * 1000000L};

    nanosleep(&step, NULL);
}

/* False when it is held by others until `end`, or for another cause: errno. */
static bool take(int fd, enum place place, int64_t end)
{
    while (set(fd, place, F_WRLCK) != 0) {
        if ((errno != EACCES && errno != EAGAIN) || clock_ms() >= end)
            return false;
        pause_a_step();
    }
    return true;
}

static pid_t name_of_holder(int fd)
{
    struct flock wanted = bytes_at(NAME, F_WRLCK);

    return fcntl(fd, F_GETLK, &wanted) == 0 && wanted.l_type != F_UNLCK ? wanted.l_pid : 0;
}

static int refuse(int fd, struct err *err)
{
    pid_t pid = name_of_holder(fd);

    if (pid > 0)
        return err_set(err, ERR_LOCKED,
                       "another sanad (process %ld) is writing to this case; wait until it ends or "
                       "stop it. Reading and searching work meanwhile",
                       (long)pid);
    return err_set(err, ERR_LOCKED, "another sanad is writing to this case; try again");
}

int lock_open(int case_dirfd, const char *name, int *ret_fd, struct err *err)
{
    *ret_fd = openat(case_dirfd, "lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (*ret_fd < 0)
        return err_set_errno(err, ERR_IO, errno, "cannot open the lock of %s", name);
    return 0;
}

int lock_take_seat(int fd, struct err *err)
{
    struct flock name = bytes_at(NAME, F_WRLCK);

    if (!take(fd, SEAT, clock_ms() + SEAT_MS))
        return errno == EACCES || errno == EAGAIN
                   ? refuse(fd, err)
                   : err_set_errno(err, ERR_IO, errno, "cannot lock the case");
    (void)fcntl(fd, F_SETLK, &name);
    return take(fd, PEN, clock_ms() + ASK_MS) ? 0 : refuse(fd, err);
}

int lock_take_pen(int fd, struct err *err)
{
    int64_t end = clock_ms() + ASK_MS;

    if (set(fd, PEN, F_WRLCK) == 0)
        return 0;
    bool taken = take(fd, KNOCK, end) && take(fd, PEN, end);
    (void)set(fd, KNOCK, F_UNLCK);
    return taken ? 0 : refuse(fd, err);
}

bool lock_is_asked(int fd)
{
    return is_held(fd, KNOCK);
}

int lock_lend(int fd, struct err *err)
{
    int64_t end = clock_ms() + LEND_MS;

    (void)set(fd, PEN, F_UNLCK);
    /* Who knocks stops when he has the pen. */
    while (is_held(fd, KNOCK) && clock_ms() < end)
        pause_a_step();
    return take(fd, PEN, end) ? 0
                              : err_set(err, ERR_LOCKED,
                                        "another sanad writes to this case and does not come to "
                                        "an end; stop it and run the same command again");
}

bool lock_seat_taken(int case_dirfd, pid_t *ret_pid)
{
    CLEANUP(cleanup_fd) int fd = openat(case_dirfd, "lock", O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool taken = fd >= 0 && is_held(fd, SEAT);

    *ret_pid = taken ? name_of_holder(fd) : 0;
    return taken;
}
