/*
 * sanad-convert: has LibreOffice turn one document into one that the worker reads, in a room of its
 * own (room.h). It holds no key and interprets nothing; what it hands back is hostile. How it is
 * called stands in wire/convert.h.
 *
 * Three processes: this one watches the time and takes the result; the first one in the room starts
 * LibreOffice, twice if it asks for that; LibreOffice.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/io.h"
#include "convert/give_up.h"
#include "convert/profile.h"
#include "convert/room.h"
#include "wire/convert.h"

enum {
    ASKS_FOR_RESTART = 81, /* LibreOffice's exit status after it has made its profile */
    NOT_STARTED = 126,     /* the child's, when it could not be confined or executed */
    BY_SIGNAL = 128,       /* added to a signal's number */
    COPY_STEP = 256 << 10,
    PATIENCE_PERCENT = 75, /* of its memory: who failed having used this much lacked more */
};

#define DOCUMENT_BYTES_MAX (256ull << 20)
#define PROFILE_BYTES (64ull << 20) /* beside the result and its drafts */

struct task {
    const char *program;
    const struct conversion *how;
    unsigned seconds, memory_mib;
    uint64_t result_max;
};

/* ---- in the room ---- */

static void run_converter(const struct task *task)
{
    char document[64];
    char filter[128];
    char libraries[PATH_MAX + 32];
    char *const argv[] = {(char *)task->program, /* by which it finds its parts */
                          (char *)"-env:UserInstallation=file://" ROOM_JOB "/profile",
                          (char *)"--headless",
                          (char *)"--norestore",
                          (char *)"--convert-to",
                          (char *)task->how->target,
                          filter,
                          (char *)"--outdir",
                          (char *)ROOM_JOB "/out",
                          document,
                          NULL};
    char *const environment[] = {libraries,
                                 (char *)"HOME=" ROOM_JOB,
                                 (char *)"TMPDIR=" ROOM_TMP,
                                 (char *)"LC_ALL=C.UTF-8",
                                 (char *)"TZ=UTC0",
                                 (char *)"SAL_USE_VCLPLUGIN=svp",
                                 (char *)"SAL_DISABLE_OPENCL=1",
                                 (char *)"OMP_THREAD_LIMIT=1",
                                 (char *)"MALLOC_ARENA_MAX=2",
                                 NULL};
    const struct shares shares = {.seconds = task->seconds,
                                  .memory_bytes = (uint64_t)task->memory_mib << 20,
                                  .file_bytes =
                                      task->result_max + 1}; /* so that a cut one is seen */

    snprintf(document, sizeof(document), ROOM_DOCUMENT ".%s", task->how->extension);
    snprintf(filter, sizeof(filter), "--infilter=%s", task->how->filter);
    /* the loader finds a program's own folder through /proc, which the room lacks */
    snprintf(libraries, sizeof(libraries), "LD_LIBRARY_PATH=%.*s",
             (int)(strrchr(task->program, '/') - task->program), task->program);
    if (give_up(&shares))
        (void)execve(task->program, argv, environment);
    _exit(NOT_STARTED);
}

/* What a process came to, as an exit status. */
static int start_and_wait(const struct task *task)
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
        run_converter(task);
    }
    if (pid < 0)
        return NOT_STARTED;
    while (waitpid(pid, &status, 0) != pid)
        if (errno != EINTR)
            return NOT_STARTED;
    return WIFSIGNALED(status) ? BY_SIGNAL + WTERMSIG(status) : WEXITSTATUS(status);
}

static void be_first(const struct task *task, pid_t watcher)
{
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    /* the watcher is outside this space of processes: it has no number here while it lives */
    if (getppid() != 0 && getppid() != watcher)
        _exit(NOT_STARTED);
    (void)setsid();
    int end = start_and_wait(task);
    if (end == ASKS_FOR_RESTART)
        end = start_and_wait(task);
    _exit(end);
}

/* ---- watching ---- */

/* Waits until it ends, at most the task's seconds; what is left then is ended. */
static bool wait_for(pid_t pid, unsigned seconds, int *ret_status, struct rusage *ret_usage)
{
    CLEANUP(cleanup_fd) int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    struct pollfd ended = {.fd = fd, .events = POLLIN};
    bool in_time = fd >= 0 && poll(&ended, 1, (int)seconds * 1000) > 0;

    if (!in_time)
        (void)kill(pid, SIGKILL);
    while (wait4(pid, ret_status, 0, ret_usage) != pid)
        if (errno != EINTR)
            return false;
    return in_time;
}

/* The converter's names are not believed: one name, and a plain file only. */
static enum convert_end take_result(const struct task *task)
{
    CLEANUP(cleanup_free) char *piece = mem_alloc(COPY_STEP);
    char path[96];
    struct stat info;
    uint64_t sum = 0;
    ssize_t got;

    snprintf(path, sizeof(path), ROOM_JOB "/out%s.%s", ROOM_DOCUMENT, task->how->target);
    CLEANUP(cleanup_fd) int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &info) || !S_ISREG(info.st_mode) || info.st_size == 0)
        return CONVERT_REFUSED;
    while ((got = io_read(fd, piece, COPY_STEP)) > 0) {
        sum += (uint64_t)got;
        if (sum > task->result_max)
            return CONVERT_SIZE;
        if (io_write(CONVERT_RESULT_FD, piece, (size_t)got))
            return CONVERT_TROUBLE;
    }
    return got ? CONVERT_TROUBLE : CONVERT_DONE;
}

static enum convert_end judge(const struct task *task, int status, const struct rusage *usage)
{
    uint64_t used_kib = (uint64_t)usage->ru_maxrss;
    bool hungry = used_kib > ((uint64_t)task->memory_mib << 10) * PATIENCE_PERCENT / 100;
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : BY_SIGNAL;

    if (code == NOT_STARTED)
        return CONVERT_NO_SANDBOX;
    enum convert_end end = code > BY_SIGNAL    ? CONVERT_CRASHED
                           : code == BY_SIGNAL ? CONVERT_TROUBLE
                                               : take_result(task);
    if (code == BY_SIGNAL + SIGKILL || code == BY_SIGNAL + SIGXCPU)
        end = CONVERT_TIME; /* of the processor: nobody else in the room may kill it */
    return hungry && (end == CONVERT_CRASHED || end == CONVERT_REFUSED) ? CONVERT_MEMORY : end;
}

static bool prepare_job(void)
{
    return profile_write(ROOM_JOB "/profile") && mkdir(ROOM_JOB "/out", 0700) == 0;
}

static enum convert_end convert(const struct task *task)
{
    const struct room_plan plan = {.program = task->program,
                                   .document_fd = CONVERT_DOCUMENT_FD,
                                   .extension = task->how->extension,
                                   .document_max = DOCUMENT_BYTES_MAX,
                                   .job_max = 2 * task->result_max + PROFILE_BYTES};
    struct rusage usage = {0};
    pid_t self = getpid();
    pid_t sanad = getppid();
    int status = 0;
    int rc = room_enter(&plan);

    if (rc)
        return rc == ROOM_TOO_LARGE ? CONVERT_SIZE : CONVERT_NO_SANDBOX;
    /* only now: entering has changed who this process is, which clears it */
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != sanad || !prepare_job())
        return CONVERT_TROUBLE;
    pid_t pid = fork();
    if (pid == 0)
        be_first(task, self);
    if (pid < 0)
        return CONVERT_NO_SANDBOX;
    if (!wait_for(pid, task->seconds, &status, &usage))
        return CONVERT_TIME;
    return judge(task, status, &usage);
}

static bool read_number(const char *text, unsigned long long max, unsigned long long *ret_value)
{
    char *end;

    errno = 0;
    *ret_value = strtoull(text, &end, 10);
    return !errno && end != text && !*end && *ret_value > 0 && *ret_value <= max;
}

int main(int argc, char **argv)
{
    unsigned long long seconds = 0;
    unsigned long long memory_mib = 0;
    unsigned long long result_max = 0;

    if (argc != 6 || argv[1][0] != '/' || !conversion_for(argv[2]) ||
        !read_number(argv[3], 86400, &seconds) || !read_number(argv[4], 1 << 20, &memory_mib) ||
        !read_number(argv[5], 1ull << 40, &result_max)) {
        fputs("sanad-convert is run by sanad\n", stderr);
        return CONVERT_TROUBLE;
    }
    const struct task task = {.program = argv[1],
                              .how = conversion_for(argv[2]),
                              .seconds = (unsigned)seconds,
                              .memory_mib = (unsigned)memory_mib,
                              .result_max = result_max};
    return (int)convert(&task);
}
