#include "worker/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <linux/filter.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/io.h"
#include "confine/confine.h"

enum { FILTER_BYTES_MAX = 64 << 10 };

/* What reading a document needs: memory, its descriptors, time. */
static const int READING[] = {
    SCMP_SYS(read),          SCMP_SYS(write),           SCMP_SYS(readv),
    SCMP_SYS(writev),        SCMP_SYS(pread64),         SCMP_SYS(preadv),
    SCMP_SYS(lseek),         SCMP_SYS(close),           SCMP_SYS(fstat),
    SCMP_SYS(dup),           SCMP_SYS(munmap),          SCMP_SYS(mremap),
    SCMP_SYS(brk),           SCMP_SYS(madvise),         SCMP_SYS(exit),
    SCMP_SYS(exit_group),    SCMP_SYS(rt_sigreturn),    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(sigaltstack),   SCMP_SYS(futex),           SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres),    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),          SCMP_SYS(getpid),          SCMP_SYS(gettid),
    SCMP_SYS(getuid),        SCMP_SYS(geteuid),         SCMP_SYS(getgid),
    SCMP_SYS(getegid),       SCMP_SYS(getrusage),       SCMP_SYS(sysinfo),
    SCMP_SYS(sched_yield),   SCMP_SYS(restart_syscall), SCMP_SYS(sched_getaffinity),
    SCMP_SYS(fadvise64),     SCMP_SYS(times),
};

/* What only the nursery needs: its children and its socket. */
static const int NURSING[] = {
    SCMP_SYS(clone),        SCMP_SYS(wait4),
    SCMP_SYS(waitid),       SCMP_SYS(kill),
    SCMP_SYS(tgkill),       SCMP_SYS(sendmsg),
    SCMP_SYS(recvmsg),      SCMP_SYS(ppoll),
    SCMP_SYS(poll),         SCMP_SYS(prlimit64),
    SCMP_SYS(setrlimit),    SCMP_SYS(seccomp),
    SCMP_SYS(prctl),        SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),         SCMP_SYS(getppid),
    SCMP_SYS(dup2),         SCMP_SYS(dup3),
    SCMP_SYS(close_range),  SCMP_SYS(fcntl),
    SCMP_SYS(rt_sigaction), SCMP_SYS(mprotect),
};

/* What both may do within bounds. Shared mappings would escape the memory limit, executable ones
 * would be new code; a terminal is asked for by stdio and is not there. */
static const struct call_rule BOUNDED[] = {
    {SCMP_SYS(mmap),
     SCMP_ACT_ALLOW,
     2,
     {{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0}, {3, SCMP_CMP_MASKED_EQ, MAP_TYPE, MAP_PRIVATE}}},
    {SCMP_SYS(newfstatat), SCMP_ACT_ALLOW, 1, {{3, SCMP_CMP_EQ, AT_EMPTY_PATH, 0}}},
    {SCMP_SYS(ioctl), SCMP_ACT_ERRNO(ENOTTY), 0, {{0}}},
};

static const struct call_rule NURSING_BOUNDED[] = {
    /* glibc falls back to clone, whose flags a filter can see */
    {SCMP_SYS(clone3), SCMP_ACT_ERRNO(ENOSYS), 0, {{0}}},
};

static const struct call_rule CHILD_BOUNDED[] = {
    {SCMP_SYS(mprotect), SCMP_ACT_ALLOW, 1, {{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0}}},
    /* the handler that records refused calls stays where it is */
    {SCMP_SYS(rt_sigaction), SCMP_ACT_KILL_PROCESS, 1, {{0, SCMP_CMP_EQ, SIGSYS, 0}}},
    {SCMP_SYS(rt_sigaction), SCMP_ACT_ALLOW, 1, {{0, SCMP_CMP_NE, SIGSYS, 0}}},
    {SCMP_SYS(fcntl), SCMP_ACT_ALLOW, 1, {{1, SCMP_CMP_EQ, F_GETFD, 0}}},
    {SCMP_SYS(fcntl), SCMP_ACT_ALLOW, 1, {{1, SCMP_CMP_EQ, F_GETFL, 0}}},
    /* limits may be asked for, not changed */
    {SCMP_SYS(prlimit64), SCMP_ACT_ALLOW, 2, {{0, SCMP_CMP_EQ, 0, 0}, {2, SCMP_CMP_EQ, 0, 0}}},
};

static struct sock_fprog child_program;
static scmp_filter_ctx nursery_filter;

static bool add_common(scmp_filter_ctx filter)
{
    return confine_allow(filter, READING, ARRAY_LEN(READING)) &&
           confine_rules(filter, BOUNDED, ARRAY_LEN(BOUNDED));
}

static bool add_nursery(scmp_filter_ctx filter)
{
    return add_common(filter) && confine_allow(filter, NURSING, ARRAY_LEN(NURSING)) &&
           confine_rules(filter, NURSING_BOUNDED, ARRAY_LEN(NURSING_BOUNDED));
}

static bool add_child(scmp_filter_ctx filter)
{
    return add_common(filter) && confine_rules(filter, CHILD_BOUNDED, ARRAY_LEN(CHILD_BOUNDED));
}

/* The child's filter as the kernel wants it, so that a child loads it with one call. */
static int export_program(scmp_filter_ctx filter, struct sock_fprog *ret_program)
{
    CLEANUP(cleanup_fd) int fd = memfd_create("filter", MFD_CLOEXEC);

    if (fd < 0 || seccomp_export_bpf(filter, fd))
        return -1;
    off_t len = lseek(fd, 0, SEEK_END);
    if (len <= 0 || len > FILTER_BYTES_MAX || lseek(fd, 0, SEEK_SET) < 0)
        return -1;
    ret_program->filter = mem_alloc((size_t)len);
    ret_program->len = (unsigned short)((size_t)len / sizeof(struct sock_filter));
    return io_read(fd, ret_program->filter, (size_t)len) == len ? 0 : -1;
}

/* What a filter does not name traps; calls of another architecture's numbering kill. */
static scmp_filter_ctx filter_new(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_TRAP);

    if (filter && (seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2) ||
                   seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS))) {
        seccomp_release(filter);
        return NULL;
    }
    return filter;
}

int filter_compile(struct err *err)
{
    scmp_filter_ctx child = filter_new();

    nursery_filter = filter_new();
    int rc = !child || !nursery_filter || !add_nursery(nursery_filter) || !add_child(child) ||
             export_program(child, &child_program);
    if (child)
        seccomp_release(child);
    if (rc)
        return err_set(err, ERR_UNSUPPORTED, "the system call filter cannot be built");
    return 0;
}

int filter_enter_nursery(void)
{
    int rc = seccomp_load(nursery_filter);

    seccomp_release(nursery_filter);
    nursery_filter = NULL;
    return rc ? -1 : 0;
}

int filter_enter_child(void)
{
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &child_program);
}
