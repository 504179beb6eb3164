#include "worker/sandbox.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include "base/attr.h"
#include "worker/slot.h"

/* Files that libraries look for while they read a document and do without: time zone, locale and
 * charset data, fonts, the number of processors. */
static const char *const PROBED[] = {
    "/usr/lib/",      "/usr/share/",      "/lib/",
    "/etc/localtime", "/etc/ld.so.cache", "/sys/devices/system/cpu",
    "/proc/cpuinfo",  "/proc/meminfo",    "/etc/magic",
    "/etc/DjVu/"};

struct call {
    long number;
    unsigned long args[3];
};

#if defined(__x86_64__)
static struct call call_of(const ucontext_t *context, int number)
{
    const greg_t *regs = context->uc_mcontext.gregs;

    return (struct call){
        number,
        {(unsigned long)regs[REG_RDI], (unsigned long)regs[REG_RSI], (unsigned long)regs[REG_RDX]}};
}

static void call_answer(ucontext_t *context, long result)
{
    context->uc_mcontext.gregs[REG_RAX] = result;
}
#elif defined(__aarch64__)
static struct call call_of(const ucontext_t *context, int number)
{
    const unsigned long long *regs = context->uc_mcontext.regs;

    return (struct call){number, {regs[0], regs[1], regs[2]}};
}

static void call_answer(ucontext_t *context, long result)
{
    context->uc_mcontext.regs[0] = (unsigned long)result;
}
#else
#error "the sandbox knows the registers of x86-64 and AArch64 only"
#endif

/* The path a call asks for, NULL for calls without one. */
static const char *path_of(const struct call *call)
{
    switch (call->number) {
    case SYS_openat:
    case SYS_newfstatat:
    case SYS_faccessat:
    case SYS_readlinkat:
#ifdef SYS_faccessat2
    case SYS_faccessat2:
#endif
    case SYS_statx:
        return (const char *)call->args[1];
#ifdef SYS_open
    case SYS_open:
    case SYS_stat:
    case SYS_lstat:
    case SYS_access:
    case SYS_readlink:
        return (const char *)call->args[0];
#endif
    default:
        return NULL;
    }
}

static bool is_probe(const struct call *call)
{
    const char *path = path_of(call);

    for (size_t i = 0; path && i < ARRAY_LEN(PROBED); i++)
        if (strncmp(path, PROBED[i], strlen(PROBED[i])) == 0)
            return true;
    return false;
}

/* Libraries send their messages to /dev/null by name; standard error is just that here. */
static bool is_null_device(const struct call *call)
{
    const char *path = call->number == SYS_openat ? path_of(call) : NULL;

    return path && strcmp(path, "/dev/null") == 0;
}

/* abort() and raise() send a signal to the process itself, which the filter cannot tell from one to
 * another process: they come here and end it as the signal would have. */
static int own_signal(const struct call *call)
{
    if (call->number == SYS_tgkill && call->args[0] == (unsigned long)getpid())
        return (int)call->args[2];
    return 0;
}

static void on_refused_call(int signal, siginfo_t *info, void *context)
{
    const struct call call = call_of(context, info->si_syscall);
    struct slot *slot = slot_peek();

    (void)signal;
    if (is_probe(&call)) {
        call_answer(context, -ENOENT);
        return;
    }
    if (is_null_device(&call)) {
        call_answer(context, dup(STDERR_FILENO));
        return;
    }
    int raised = own_signal(&call);
    if (slot && raised)
        atomic_store(&slot->signal, raised);
    else if (slot)
        atomic_store(&slot->forbidden_call, info->si_syscall);
    _exit(128 + (raised ? raised : SIGSYS));
}

int trap_open(void)
{
    struct sigaction action = {.sa_sigaction = on_refused_call, .sa_flags = SA_SIGINFO};

    return sigaction(SIGSYS, &action, NULL);
}
