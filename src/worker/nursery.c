#include "worker/nursery.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/io.h"
#include "wire/job.h"
#include "worker/document.h"
#include "worker/ocr/ocr.h"
#include "worker/sandbox.h"
#include "worker/slot.h"

enum { TICK_MS = 100, DOCUMENT_FD = 4 };

/* On a machine that is busy with other things a child gets less than all of the time that passes.
 * It is charged what it used of the processor, and at least this part of what passed. */
enum { BUSY_FACTOR = 8 };

/* A job under way. The nursery keeps the pipe's writing end to see when the child waits for sanad
 * to take its frames: that time is not the child's. */
struct nursling {
    pid_t pid; /* 0: this place is free */
    uint64_t id;
    int frames_fd;
    struct slot *slot;
    struct job_limits limits;
    char langs[JOB_LANGS_MAX];
    int64_t checked_ms; /* when it was last looked at */
    int64_t total_ms;   /* that it has used of its time */
    int64_t idle_ms;    /* since it last used the processor */
    int64_t cpu_ns;     /* at the last look */
    bool timed_out;
};

struct nursery {
    struct nursling nurslings[SLOTS_MAX];
    unsigned count;
    char warm[JOB_LANGS_MAX]; /* languages whose OCR engines have been started */
};

static volatile sig_atomic_t child_ended;

static void on_child_end(int signal)
{
    (void)signal;
    child_ended = 1;
}

static bool report(uint64_t id, enum job_death death, int status, const struct rusage *usage)
{
    struct job_end end = {.id = id, .death = death, .status = status};

    if (usage) {
        end.peak_kib = (uint32_t)usage->ru_maxrss;
        end.cpu_ms = (uint32_t)((usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1000 +
                                (usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1000);
    }
    return job_end_send(WORKER_CONTROL_FD, &end, NULL) == 0;
}

/* How a child died, in words that a ledger can use; see struct slot for what it left. */
static enum job_death name_death(const struct nursling *nursling, int status, int *ret_status)
{
    int32_t call = atomic_load(&nursling->slot->forbidden_call);
    int32_t raised = atomic_load(&nursling->slot->signal);
    int signal = WIFSIGNALED(status) ? WTERMSIG(status) : raised;

    *ret_status = WIFEXITED(status) ? WEXITSTATUS(status) : signal;
    if (WIFEXITED(status) && *ret_status == 0)
        return DEATH_EXIT;
    if (nursling->timed_out || signal == SIGXCPU) {
        *ret_status = SIGKILL;
        return DEATH_TIME;
    }
    if (call != SLOT_NO_CALL || signal == SIGSYS) {
        *ret_status = call;
        return DEATH_SANDBOX;
    }
    if (atomic_load(&nursling->slot->memory_refused))
        return DEATH_MEMORY;
    if (signal) {
        *ret_status = signal;
        return DEATH_SIGNAL;
    }
    return DEATH_EXIT;
}

/* Once a document has needed OCR, more will: later children inherit started engines. */
static void warm(struct nursery *nursery, const struct nursling *nursling)
{
    if (!atomic_load(&nursling->slot->ocr_used) || strcmp(nursery->warm, nursling->langs) == 0)
        return;
    memcpy(nursery->warm, nursling->langs, sizeof(nursery->warm));
    ocr_warm(nursery->warm);
}

static bool reap(struct nursery *nursery)
{
    bool connected = true;
    struct rusage usage;
    int status;
    pid_t pid;

    child_ended = 0;
    while ((pid = wait4(-1, &status, WNOHANG, &usage)) > 0) {
        for (size_t i = 0; i < SLOTS_MAX; i++) {
            struct nursling *nursling = &nursery->nurslings[i];
            if (nursling->pid != pid)
                continue;
            int shown;
            enum job_death death = name_death(nursling, status, &shown);
            close(nursling->frames_fd);
            connected = report(nursling->id, death, shown, &usage) && connected;
            nursling->pid = 0;
            nursery->count--;
            warm(nursery, nursling);
        }
    }
    return connected;
}

/* Moves a job's descriptors to the numbers from DOCUMENT_FD on and closes all others. */
static int keep_only(struct job_load *load)
{
    int *all[3 + JOB_VOLUME_FDS_MAX] = {&load->document_fd, &load->frames_fd};
    int count = 2;

    if (load->passwords_fd >= 0)
        all[count++] = &load->passwords_fd;
    for (uint32_t i = 0; i < load->volume_fd_count; i++)
        all[count++] = &load->volume_fds[i];
    /* out of the way first: one may stand where another is to go */
    for (int i = 0; i < count; i++)
        if ((*all[i] = fcntl(*all[i], F_DUPFD, DOCUMENT_FD + count)) < 0)
            return -1;
    for (int i = 0; i < count; i++) {
        if (dup2(*all[i], DOCUMENT_FD + i) < 0)
            return -1;
        *all[i] = DOCUMENT_FD + i;
    }
    return close_range((unsigned)(DOCUMENT_FD + count), ~0U, 0) || close(WORKER_CONTROL_FD);
}

/* The child: its descriptors, its slot, its sandbox, its document. Never returns. */
static void be_child(const struct job *job, struct job_load *load, unsigned place, pid_t parent)
{
    sigset_t none;

    (void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != parent && parent > 1)
        _exit(1);
    slot_keep(place);
    if (keep_only(load))
        _exit(1);
    (void)signal(SIGCHLD, SIG_DFL);
    sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    if (sandbox_enter_child(&job->limits))
        _exit(1);
    _exit(document_run(job, load));
}

/* Keeps the pipe of a child that was started; the rest of the load stays the caller's. */
static bool start(struct nursery *nursery, const struct job *job, struct job_load *load)
{
    unsigned place = 0;

    while (place < SLOTS_MAX && nursery->nurslings[place].pid)
        place++;
    if (place == SLOTS_MAX)
        return report(job->id, DEATH_FORK, EAGAIN, NULL);
    struct nursling *nursling = &nursery->nurslings[place];
    *nursling = (struct nursling){.id = job->id,
                                  .frames_fd = load->frames_fd,
                                  .slot = slot_begin(place),
                                  .limits = job->limits,
                                  .checked_ms = clock_ms()};
    memcpy(nursling->langs, job->langs, sizeof(nursling->langs));
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == 0)
        be_child(job, load, place, parent);
    if (pid < 0)
        return report(job->id, DEATH_FORK, errno, NULL);
    load->frames_fd = -1;
    nursling->pid = pid;
    nursery->count++;
    return true;
}

/* Takes one job; false when there will be no more. */
static bool take_job(struct nursery *nursery)
{
    struct job job;
    struct job_load load;

    if (job_receive(WORKER_CONTROL_FD, &job, &load, NULL) != 1 || job.kind == JOB_QUIT)
        return false;
    bool connected = start(nursery, &job, &load);
    job_load_release(&load);
    return connected;
}

static int64_t cpu_time_ns(pid_t pid)
{
    clockid_t clock;
    struct timespec time;

    if (clock_getcpuclockid(pid, &clock) || clock_gettime(clock, &time))
        return 0;
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static bool waits_for_sanad(const struct nursling *nursling)
{
    struct pollfd pipe = {.fd = nursling->frames_fd, .events = POLLOUT};

    return poll(&pipe, 1, 0) == 0;
}

/* Charges the time since the last look and kills a child that has had its share. Idle is a child
 * that neither computes nor waits for its frames to be taken. */
static void check_time(struct nursling *nursling, int64_t now)
{
    int64_t passed = now - nursling->checked_ms;
    int64_t cpu = cpu_time_ns(nursling->pid);

    nursling->checked_ms = now;
    if (waits_for_sanad(nursling)) {
        nursling->idle_ms = 0;
        return;
    }
    int64_t used = (cpu - nursling->cpu_ns) / 1000000;
    nursling->total_ms += used > passed / BUSY_FACTOR ? used : passed / BUSY_FACTOR;
    nursling->idle_ms = cpu > nursling->cpu_ns ? 0 : nursling->idle_ms + passed;
    nursling->cpu_ns = cpu;
    bool late = nursling->limits.total_seconds &&
                nursling->total_ms > (int64_t)nursling->limits.total_seconds * 1000;
    bool idle = nursling->limits.idle_seconds &&
                nursling->idle_ms > (int64_t)nursling->limits.idle_seconds * 1000;
    if ((late || idle) && !nursling->timed_out) {
        nursling->timed_out = true;
        (void)kill(nursling->pid, SIGKILL);
    }
}

static void check_times(struct nursery *nursery)
{
    int64_t now = clock_ms();

    for (size_t i = 0; i < SLOTS_MAX; i++)
        if (nursery->nurslings[i].pid && now - nursery->nurslings[i].checked_ms >= TICK_MS)
            check_time(&nursery->nurslings[i], now);
}

/* SIGCHLD is let in only while waiting, so that none is missed between looking and sleeping. */
static void serve(struct nursery *nursery)
{
    const struct timespec tick = {.tv_nsec = TICK_MS * 1000000L};
    sigset_t none;
    bool connected = true;

    sigemptyset(&none);
    while (connected) {
        struct pollfd control = {.fd = WORKER_CONTROL_FD, .events = POLLIN};
        int ready = ppoll(&control, 1, nursery->count ? &tick : NULL, &none);
        if (ready < 0 && errno != EINTR)
            break;
        if (child_ended)
            connected = reap(nursery);
        check_times(nursery);
        if (ready > 0 && connected)
            connected = take_job(nursery);
    }
}

static int watch_children(void)
{
    struct sigaction action = {.sa_handler = on_child_end, .sa_flags = SA_NOCLDSTOP};
    sigset_t child;

    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    (void)signal(SIGPIPE, SIG_IGN);
    return sigaction(SIGCHLD, &action, NULL) || sigprocmask(SIG_BLOCK, &child, NULL);
}

/* What libraries would otherwise look for in files, threads or the user's settings. */
static void set_environment(void)
{
    (void)clearenv();
    (void)setenv("TZ", "UTC0", 1);
    (void)setenv("LC_ALL", "C.UTF-8", 1);
    (void)setenv("OMP_THREAD_LIMIT", "1", 1);
}

/* Documents of the nursery's own, one of each usual kind: reading them once resolves the symbols
 * and starts the libraries that every child would otherwise resolve and start again. */
static const struct {
    const char *name;
    const char *text;
} SAMPLES[] = {
    {"a.txt", "one سند caf\xE9\n"},
    {"a.csv", "one,two\n\"three\",four\n"},
    {"a.html", "<!DOCTYPE html><html><head><title>one</title></head><body><p>two &amp; three</p>"
               "</body></html>\n"},
    {"a.eml", "From: a@example.org\nTo: b@example.org\nSubject: =?utf-8?q?one?=\n"
              "Date: Mon, 1 Jan 2001 00:00:00 +0000\nContent-Type: text/plain\n\ntwo\n"},
};

static void read_samples(void)
{
    CLEANUP(cleanup_fd) int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

    for (size_t i = 0; i < ARRAY_LEN(SAMPLES); i++) {
        CLEANUP(cleanup_fd) int document = memfd_create("sample", MFD_CLOEXEC);
        struct job job = {.kind = JOB_READ, .limits.output_bytes = 1 << 20};
        if (document < 0 || io_write(document, SAMPLES[i].text, strlen(SAMPLES[i].text)))
            return;
        memcpy(job.name, SAMPLES[i].name, strlen(SAMPLES[i].name));
        struct job_load load = job_load_of(document, nowhere);
        (void)document_run(&job, &load);
    }
}

/* What start-up left over would be copied to every child: free pages are given back. What is free
 * between used memory is sorted, which a child's first allocations would otherwise do, writing to
 * a page of its own for each piece. */
static void tidy_memory(void)
{
    enum { BEYOND_ANY_PIECE = 100 << 10 };

    (void)malloc_trim(0);
    void *volatile piece = malloc(BEYOND_ANY_PIECE);
    free(piece);
}

int nursery_run(struct err *err)
{
    struct nursery *nursery = mem_zalloc(1, sizeof(*nursery));
    struct nursery_ready ready = {.version = WIRE_VERSION};

    set_environment();
    ocr_models_list(ready.models, sizeof(ready.models));
    read_samples();
    int rc = 0;
    if (!slots_open() || watch_children())
        rc = err_set_errno(err, ERR_WORKER, errno, "the worker cannot start");
    if (!rc)
        rc = sandbox_enter_nursery(&ready.sandbox, err);
    tidy_memory();
    if (!rc)
        rc = nursery_ready_send(WORKER_CONTROL_FD, &ready, err);
    if (!rc)
        serve(nursery);
    for (size_t i = 0; i < SLOTS_MAX; i++)
        if (nursery->nurslings[i].pid)
            (void)kill(nursery->nurslings[i].pid, SIGKILL);
    free(nursery);
    return rc;
}
