#include "ingest/nursery.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "ingest/program.h"
#include "wire/frame.h"

enum { START_MS = 120000, START_POLL_MS = 100 };

struct nursery {
    pid_t pid;
    int control;
    struct nursery_ready ready;
};

static int spawn(struct nursery *nursery, const char *path, bool ocr, int control, struct err *err)
{
    char *argv[] = {(char *)"sanad-worker", ocr ? NULL : (char *)"--no-ocr", NULL};
    /* The worker needs no more of the user's environment than where OCR models are. */
    const char *tessdata = getenv("TESSDATA_PREFIX");
    char tessdata_variable[PROGRAM_PATH_MAX];
    char *environment[] = {(char *)"LC_ALL=C.UTF-8", (char *)"OMP_THREAD_LIMIT=1", NULL, NULL};
    const struct program_fd fd = {control, WORKER_CONTROL_FD};

    if (tessdata && snprintf(tessdata_variable, sizeof(tessdata_variable), "TESSDATA_PREFIX=%s",
                             tessdata) < (int)sizeof(tessdata_variable))
        environment[2] = tessdata_variable;
    return program_start(path, argv, environment, &fd, 1, &nursery->pid, err);
}

/* A pair whose worker end is not WORKER_CONTROL_FD itself, for dup2 to that number clears
 * close-on-exec only if the numbers differ. */
static int make_pair(int pair[2])
{
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair))
        return -1;
    if (pair[1] == WORKER_CONTROL_FD) {
        int other = fcntl(pair[1], F_DUPFD_CLOEXEC, WORKER_CONTROL_FD + 1);
        close(pair[1]);
        pair[1] = other;
    }
    return pair[1] < 0 ? -1 : 0;
}

/* A worker that hangs at its start must not hang sanad. */
static int await_ready(const struct nursery *nursery, const volatile int *stop, struct err *err)
{
    struct pollfd control = {.fd = nursery->control, .events = POLLIN};
    int64_t end = clock_ms() + START_MS;

    while (poll(&control, 1, START_POLL_MS) <= 0) {
        if (stop && *stop)
            return err_set(err, ERR_INTERRUPTED, "stopped");
        if (clock_ms() > end)
            return err_set(err, ERR_WORKER, "the worker did not start within %d seconds",
                           START_MS / 1000);
    }
    return 0;
}

int nursery_start(struct nursery **ret_nursery, bool ocr, const volatile int *stop, struct err *err)
{
    char path[PROGRAM_PATH_MAX];
    struct job_end end;
    int pair[2];
    int rc = program_find("sanad-worker", path, err);

    if (rc)
        return rc;
    if (make_pair(pair))
        return err_set_errno(err, ERR_WORKER, errno, "cannot talk to the worker");
    struct nursery *nursery = mem_zalloc(1, sizeof(*nursery));
    nursery->control = pair[0];
    rc = spawn(nursery, path, ocr, pair[1], err);
    close(pair[1]);
    if (!rc)
        rc = await_ready(nursery, stop, err);
    if (!rc && nursery_receive(nursery->control, &end, &nursery->ready, err) != 2)
        rc = err_set(err, ERR_WORKER, "the worker did not start; its own message is above");
    if (!rc && nursery->ready.version != WIRE_VERSION)
        rc = err_set(err, ERR_WORKER, "sanad-worker is of another version; install sanad again");
    if (rc)
        nursery_stop(nursery);
    else
        *ret_nursery = nursery;
    return rc;
}

void nursery_stop(struct nursery *nursery)
{
    if (!nursery)
        return;
    close(nursery->control);
    if (nursery->pid > 0)
        program_end(nursery->pid); /* its children die with it */
    free(nursery);
}

int nursery_fd(const struct nursery *nursery)
{
    return nursery->control;
}

const struct nursery_ready *nursery_about(const struct nursery *nursery)
{
    return &nursery->ready;
}

int nursery_send(struct nursery *nursery, const struct job *job, const struct job_load *load,
                 struct err *err)
{
    return job_send(nursery->control, job, load, err);
}

int nursery_take(struct nursery *nursery, struct job_end *ret_end, struct err *err)
{
    struct nursery_ready ready;
    int rc = nursery_receive(nursery->control, ret_end, &ready, err);

    if (rc == 1)
        return 1;
    return err_set(err, ERR_WORKER, "the worker process ended unexpectedly");
}
