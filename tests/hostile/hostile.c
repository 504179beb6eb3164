#include "hostile.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/io.h"

/* Each returns what would be a success for the attacker; not returning is what should happen. */

static bool try_open(void)
{
    return open("/etc/passwd", O_RDONLY) >= 0;
}

static bool try_probe(void)
{
    /* not forbidden, but answered with "no such file": libraries look here */
    return open("/usr/share/zoneinfo/UTC", O_RDONLY) >= 0 || errno != ENOENT;
}

static bool try_create(void)
{
    return open("/tmp/sanad-hostile", O_RDWR | O_CREAT, 0600) >= 0;
}

static bool try_stat(void)
{
    struct stat st;

    return stat("/etc/passwd", &st) == 0;
}

static bool try_unlink(void)
{
    return unlink("/tmp/sanad-hostile") == 0;
}

static bool try_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool try_connect(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(80)};

    return connect(0, (struct sockaddr *)&address, sizeof(address)) == 0;
}

static bool try_exec(void)
{
    return execl("/bin/true", "true", (char *)NULL) == 0;
}

static bool try_fork(void)
{
    return fork() >= 0;
}

static int thread(void *unused)
{
    (void)unused;
    return 0;
}

static bool try_thread(void)
{
    static char stack[65536];

    return clone(thread, stack + sizeof(stack), CLONE_VM | CLONE_FS | CLONE_FILES | SIGCHLD, NULL) >
           0;
}

static bool try_ptrace(void)
{
    return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0;
}

static bool try_kill(void)
{
    return syscall(SYS_kill, -1, 0) == 0;
}

static bool try_tgkill(void)
{
    return syscall(SYS_tgkill, 1, 1, 0) == 0;
}

static bool try_prctl(void)
{
    return prctl(PR_SET_DUMPABLE, 1) == 0;
}

static bool try_mount(void)
{
    return mount("none", "/", "tmpfs", 0, NULL) == 0;
}

static bool try_limits(void)
{
    struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY};

    return setrlimit(RLIMIT_DATA, &more) == 0;
}

static bool try_code(void)
{
    return mmap(NULL, 4096, PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
           MAP_FAILED;
}

static bool try_shared(void)
{
    return mmap(NULL, 4096, PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static bool try_handler(void)
{
    return signal(SIGSYS, SIG_IGN) != SIG_ERR;
}

static bool try_allocate(void)
{
    enum { STEP = 1 << 20, ENOUGH = 1 << 20 };

    for (int i = 0; i < ENOUGH; i++)
        memset(mem_alloc(STEP), 1, STEP);
    return true;
}

static bool try_spin(void)
{
    for (volatile unsigned long i = 1; i; i++)
        ;
    return true;
}

/* Waits for ever without using the processor: on a futex that nobody wakes. */
static bool try_wait(void)
{
    static int word;

    while (syscall(SYS_futex, &word, FUTEX_WAIT, 0, NULL, NULL, 0) == 0)
        ;
    return true;
}

static bool try_crash(void)
{
    volatile char *volatile nowhere = NULL;

    *nowhere = 1;
    return true;
}

static bool try_abort(void)
{
    abort();
}

static size_t fill_stack(size_t depth)
{
    volatile char big[65536];

    big[depth % sizeof(big)] = 1;
    return depth == 0 ? 0 : fill_stack(depth - 1) + (size_t)big[depth % sizeof(big)];
}

static bool try_stack(void)
{
    return fill_stack(1 << 20) > 0;
}

static bool try_early_exit(void)
{
    _exit(0);
}

static const struct {
    const char *name;
    bool (*attack)(void);
} ATTACKS[] = {
    {"open", try_open},       {"probe", try_probe},
    {"create", try_create},   {"stat", try_stat},
    {"unlink", try_unlink},   {"socket", try_socket},
    {"connect", try_connect}, {"exec", try_exec},
    {"fork", try_fork},       {"thread", try_thread},
    {"ptrace", try_ptrace},   {"kill", try_kill},
    {"tgkill", try_tgkill},   {"prctl", try_prctl},
    {"mount", try_mount},     {"limits", try_limits},
    {"code", try_code},       {"shared", try_shared},
    {"handler", try_handler}, {"allocate", try_allocate},
    {"spin", try_spin},       {"wait", try_wait},
    {"crash", try_crash},     {"abort", try_abort},
    {"stack", try_stack},     {"early-exit", try_early_exit},
};

/* Output without end, through the emitter, which has to stop it. */
static void flood(struct emit *emit)
{
    static const char line[] = "and again and again and again\n";

    while (!emit->stop)
        emit_flow_str(emit, TEXT_MAIN, line);
}

/* Output without end past the emitter: sanad has to stop it. */
static void flood_raw(struct emit *emit)
{
    static char bytes[65536];

    while (write(emit->writer->fd, bytes, sizeof(bytes)) > 0)
        ;
}

static void bad_frames(struct emit *emit)
{
    static const char bytes[] = "\xFF\xFF\xFF\xFF\x05\0\0\0not a frame";

    (void)frame_flush(emit->writer);
    (void)io_write(emit->writer->fd, bytes, sizeof(bytes));
}

static bool named(const struct input *input, const char *name)
{
    size_t len = strlen(name);

    return input->len >= len && memcmp(input->data, name, len) == 0 &&
           (input->len == len || input->data[len] == '\n');
}

struct verdict hostile_read(const struct input *input, struct emit *emit)
{
    for (size_t i = 0; i < ARRAY_LEN(ATTACKS); i++) {
        if (!named(input, ATTACKS[i].name))
            continue;
        bool success = ATTACKS[i].attack();
        emit_flow_str(emit, TEXT_MAIN, success ? "the attack succeeded" : "the attack failed");
        return verdict_text();
    }
    if (named(input, "flood"))
        flood(emit);
    if (named(input, "flood-raw"))
        flood_raw(emit);
    if (named(input, "bad-frames"))
        bad_frames(emit);
    return verdict_by_words(emit);
}
