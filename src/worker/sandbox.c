#include "worker/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/buf.h"
#include "confine/confine.h"

enum { NURSERY_FILES_MAX = 768, CHILD_FILES_MAX = 32, CPU_GRACE_SECONDS = 2 };

/* Newer kernels know more rights than the header this is built with: those of each Landlock version
 * are counted here (Documentation/userspace-api/landlock.rst). */
static const unsigned char FS_RIGHTS[] = {0, 13, 14, 15, 15, 16};
static const unsigned char NET_RIGHTS[] = {0, 0, 0, 0, 2, 2};

/* Whether this build has a system call filter. */
static const bool FILTERS = !UNDER_SANITIZER;

struct landlock_rules {
    uint64_t fs, net, scoped;
};

/* Nothing of the file system, no TCP, no abstract sockets, no signals to processes outside: a rule
 * set that handles every right and grants none. */
static bool landlock_enter(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

    if (version < 1)
        return false;
    size_t known =
        version < (long)ARRAY_LEN(FS_RIGHTS) ? (size_t)version : ARRAY_LEN(FS_RIGHTS) - 1;
    struct landlock_rules rules = {.fs = (1ULL << FS_RIGHTS[known]) - 1,
                                   .net = (1ULL << NET_RIGHTS[known]) - 1,
                                   .scoped = version >= 6 ? 3 : 0};
    size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    CLEANUP(cleanup_fd) int fd = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    return fd >= 0 && syscall(SYS_landlock_restrict_self, fd, 0) == 0;
}

/* Namespaces of its own, through a user namespace or, where those are forbidden, as root. Then the
 * root directory becomes one that holds nothing: the list of this process's own descriptors. */
static bool namespaces_enter(void)
{
    const int flags = CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWNS | CLONE_NEWCGROUP;

    if (unshare(CLONE_NEWUSER | flags) && unshare(flags))
        return false;
    if (chroot("/proc/self/fdinfo") == 0 && chdir("/"))
        return false;
    return true;
}

int sandbox_enter_nursery(uint32_t *ret_features, struct err *err)
{
    *ret_features = 0;
    if (FILTERS && filter_compile(err))
        return ERR_UNSUPPORTED;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        return err_set_errno(err, ERR_UNSUPPORTED, errno, "the kernel refuses no_new_privs");
    if (!confine_limit(RLIMIT_CORE, 0) || !confine_limit(RLIMIT_FSIZE, 0) ||
        !confine_limit(RLIMIT_NOFILE, NURSERY_FILES_MAX))
        return err_set_errno(err, ERR_UNSUPPORTED, errno, "the kernel refuses resource limits");
    if (!confine_descriptors(WORKER_CONTROL_FD + 1))
        return err_set_errno(err, ERR_UNSUPPORTED, errno, "descriptors cannot be closed");
    *ret_features = SANDBOX_NO_NEW_PRIVS | SANDBOX_RLIMITS;
    if (namespaces_enter())
        *ret_features |= SANDBOX_NAMESPACES;
    if (landlock_enter())
        *ret_features |= SANDBOX_LANDLOCK;
    /* root, and the owner of a user namespace, lose what makes them special */
    (void)confine_capabilities();
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); /* only now: it takes /proc/self away */
    if (!FILTERS)
        return 0;
    if (trap_open() || filter_enter_nursery())
        return err_set(err, ERR_UNSUPPORTED,
                       "the kernel refuses the system call filter (seccomp); sanad does not read "
                       "documents without it");
    *ret_features |= SANDBOX_SECCOMP;
    return 0;
}

int sandbox_enter_child(const struct job_limits *limits)
{
    rlim_t seconds = (rlim_t)limits->total_seconds + CPU_GRACE_SECONDS;

    if (!confine_limit(RLIMIT_NOFILE, CHILD_FILES_MAX) || !confine_limit(RLIMIT_CPU, seconds))
        return -1;
    /* the shadow memory of sanitizers is larger than any limit */
    if (!UNDER_SANITIZER && limits->memory_mib &&
        !confine_limit(RLIMIT_DATA, (rlim_t)limits->memory_mib << 20))
        return -1;
    return FILTERS ? filter_enter_child() : 0;
}
