/*
 * Stands in LibreOffice's place in the room of sanad-convert and does what the document says: the
 * first word names an attack. It writes "held" or "broken" where the result belongs, or does not
 * end.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define DOCUMENT "/document.602"
#define RESULT "/job/out/document.fodt"

/* Each returns whether the room is broken. */

static bool try_read(void)
{
    static const char *const PATHS[] = {"/etc/passwd", "/etc/hostname", "/root", "/home",
                                        "/usr/bin",    "/bin",          "/proc", "/sys",
                                        "/dev/shm",    "/dev/mem",      "/run",  "/var/log"};

    for (size_t i = 0; i < sizeof(PATHS) / sizeof(PATHS[0]); i++)
        if (open(PATHS[i], O_RDONLY) >= 0)
            return true;
    return false;
}

/* The room's root holds nothing but what is named here. */
static bool try_list(void)
{
    static const char KNOWN[] = " . .. usr lib lib64 lib32 etc var dev opt tmp job document.602 ";
    const char *place = getenv("LD_LIBRARY_PATH");
    char spaced[300];
    char first[256] = "";
    struct dirent *entry;
    DIR *root = opendir("/");

    if (place) /* the first step to this program itself */
        (void)sscanf(place, "/%255[^/]", first);
    while (root && (entry = readdir(root))) {
        snprintf(spaced, sizeof(spaced), " %s ", entry->d_name);
        if (!strstr(KNOWN, spaced) && strcmp(entry->d_name, first) != 0)
            return true;
    }
    return !root;
}

static bool try_write(void)
{
    static const char *const PATHS[] = {"/new", "/usr/lib/new", "/usr/share/new", DOCUMENT,
                                        "/etc/ld.so.cache"};

    for (size_t i = 0; i < sizeof(PATHS) / sizeof(PATHS[0]); i++)
        if (open(PATHS[i], O_WRONLY | O_CREAT, 0600) >= 0)
            return true;
    return unlink(DOCUMENT) == 0 || rename(DOCUMENT, "/job/taken") == 0 ||
           chmod(DOCUMENT, 0777) == 0;
}

static bool try_socket(void)
{
    static const int FAMILIES[] = {AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_ALG, AF_VSOCK};

    for (size_t i = 0; i < sizeof(FAMILIES) / sizeof(FAMILIES[0]); i++)
        if (socket(FAMILIES[i], SOCK_STREAM, 0) >= 0 || socket(FAMILIES[i], SOCK_DGRAM, 0) >= 0 ||
            socket(FAMILIES[i], SOCK_RAW, 0) >= 0)
            return true;
    return false;
}

static bool try_descriptors(void)
{
    for (int fd = 3; fd < 1024; fd++)
        if (fcntl(fd, F_GETFD) >= 0)
            return true;
    return false;
}

static bool try_fork(void)
{
    return fork() >= 0;
}

static bool try_exec(void)
{
    execl("/bin/sh", "sh", "-c", "true", (char *)NULL);
    execl("/usr/bin/env", "env", (char *)NULL);
    return false; /* still here */
}

static bool try_rooms(void)
{
    return unshare(CLONE_NEWUSER) == 0 || unshare(CLONE_NEWNS) == 0 ||
           mount("none", "/job", "tmpfs", 0, NULL) == 0 ||
           mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND, NULL) == 0 || umount2("/usr/lib", 0) == 0 ||
           chroot("/job") == 0;
}

static bool try_others(void)
{
    struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY};

    return ptrace(PTRACE_ATTACH, 1, NULL, NULL) == 0 || setrlimit(RLIMIT_DATA, &more) == 0 ||
           setuid(0) == 0 || sethostname("x", 1) == 0;
}

/* The processes it can reach are its own; the first of them cannot be killed from inside. */
static bool try_kill(void)
{
    (void)kill(-1, SIGKILL);
    (void)kill(1, SIGKILL);
    return false;
}

static bool try_fill(void)
{
    static char piece[1 << 20];
    char path[64];
    bool full = false;

    for (int i = 0; !full && i < 2000; i++) {
        snprintf(path, sizeof(path), "/job/full-%d", i);
        int fd = open(path, O_WRONLY | O_CREAT, 0600);
        full = fd < 0 || write(fd, piece, sizeof(piece)) < (ssize_t)sizeof(piece);
        close(fd);
    }
    for (int i = 0; i < 2000; i++) {
        snprintf(path, sizeof(path), "/job/full-%d", i);
        (void)unlink(path);
    }
    return !full;
}

static bool try_allocate(void)
{
    enum { STEP = 1 << 20, ENOUGH = 1 << 20 };

    for (int i = 0; i < ENOUGH; i++) {
        char *piece = malloc(STEP);
        if (!piece)
            abort();
        memset(piece, 1, STEP);
    }
    return true;
}

static bool try_spin(void)
{
    for (volatile unsigned long i = 1; i; i++)
        ;
    return true;
}

static bool try_wait(void)
{
    while (pause() < 0)
        ;
    return true;
}

static bool try_crash(void)
{
    (void)raise(SIGSEGV);
    return true;
}

static bool try_nothing(void)
{
    _exit(0);
}

static bool try_large(void)
{
    static char piece[1 << 20];
    int fd = open(RESULT, O_WRONLY | O_CREAT, 0600);

    (void)signal(SIGXFSZ, SIG_IGN);
    for (int i = 0; i < 1000; i++)
        if (write(fd, piece, sizeof(piece)) < 0)
            _exit(0);
    return true;
}

static bool try_link(void)
{
    if (symlink("/etc/ld.so.cache", RESULT) == 0)
        _exit(0);
    return true;
}

static bool try_folder(void)
{
    if (mkdir(RESULT, 0700) == 0)
        _exit(0);
    return true;
}

/* As LibreOffice does with a new profile. */
static bool try_restart(void)
{
    int fd = open("/job/profile/started", O_WRONLY | O_CREAT | O_EXCL, 0600);

    if (fd >= 0)
        _exit(81);
    return false;
}

static bool try_restart_for_ever(void)
{
    _exit(81);
}

static const struct {
    const char *name;
    bool (*attack)(void);
} ATTACKS[] = {
    {"read", try_read},
    {"list", try_list},
    {"write", try_write},
    {"socket", try_socket},
    {"fork", try_fork},
    {"exec", try_exec},
    {"rooms", try_rooms},
    {"others", try_others},
    {"kill", try_kill},
    {"fill", try_fill},
    {"allocate", try_allocate},
    {"spin", try_spin},
    {"wait", try_wait},
    {"crash", try_crash},
    {"nothing", try_nothing},
    {"large", try_large},
    {"link", try_link},
    {"folder", try_folder},
    {"restart", try_restart},
    {"restart-for-ever", try_restart_for_ever},
    {"descriptors", try_descriptors},
};

static void answer(const char *text)
{
    int fd = open(RESULT, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    if (fd < 0 || write(fd, text, strlen(text)) < 0)
        _exit(1);
    _exit(0);
}

int main(void)
{
    char word[32] = "";
    int fd = open(DOCUMENT, O_RDONLY);

    if (fd < 0 || read(fd, word, sizeof(word) - 1) <= 0)
        return 1;
    close(fd);
    for (size_t i = 0; i < sizeof(ATTACKS) / sizeof(ATTACKS[0]); i++)
        if (strcmp(ATTACKS[i].name, word) == 0)
            answer(ATTACKS[i].attack() ? "broken" : "held");
    answer(word);
}
