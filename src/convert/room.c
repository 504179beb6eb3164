#include "convert/room.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/io.h"

enum {
    USER = 1000,          /* this user's number in the room */
    ROOT_BYTES = 1 << 20, /* of the root besides the document: folders and links only */
    COPY_STEP = 256 << 10,
    SHOWN_MAX = 32,
};

/* A part of the file system outside that is seen inside, at the same path. */
struct shown {
    char path[PATH_MAX];
    int tree; /* a copy of its mount, belonging nowhere yet */
    bool device, folder;
};

struct view {
    struct shown list[SHOWN_MAX];
    size_t count;
};

/* What programs need that were built for this system. Where /lib is a link, it is one inside. */
static const char *const SYSTEM[] = {
    "/usr/lib",         "/usr/lib64",
    "/usr/lib32",       "/usr/share",
    "/usr/local/lib",   "/lib",
    "/lib64",           "/etc/ld.so.cache",
    "/etc/fonts",       "/var/cache/fontconfig",
    "/etc/libreoffice",
};
static const char *const DEVICES[] = {"/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"};

/* ---- namespaces ---- */

static bool write_file(const char *path, const char *text)
{
    CLEANUP(cleanup_fd) int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

    return fd >= 0 && io_write(fd, text, strlen(text)) == 0;
}

static bool enter_namespaces(void)
{
    char users[64];
    char groups[64];

    snprintf(users, sizeof(users), "%d %u 1", USER, (unsigned)geteuid());
    snprintf(groups, sizeof(groups), "%d %u 1", USER, (unsigned)getegid());
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWIPC |
                CLONE_NEWUTS | CLONE_NEWCGROUP))
        return false;
    /* /proc/self may be read-only for a process that was not dumpable: then there is no room */
    return write_file("/proc/self/setgroups", "deny") && write_file("/proc/self/uid_map", users) &&
           write_file("/proc/self/gid_map", groups) &&
           mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

/* ---- what is seen ---- */

static bool show(struct view *view, const char *path, bool device)
{
    struct shown *shown = &view->list[view->count];
    struct mount_attr attributes = {.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID |
                                                (device ? MOUNT_ATTR_NOEXEC : MOUNT_ATTR_NODEV)};
    struct stat info;

    if (view->count == SHOWN_MAX)
        return false;
    if (lstat(path, &info) || S_ISLNK(info.st_mode))
        return true; /* there is none here; a link is made anew */
    int tree = (int)syscall(SYS_open_tree, AT_FDCWD, path,
                            OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
    if (tree < 0 || syscall(SYS_mount_setattr, tree, "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes,
                            sizeof(attributes)))
        return false;
    snprintf(shown->path, sizeof(shown->path), "%s", path);
    shown->tree = tree;
    shown->device = device;
    shown->folder = S_ISDIR(info.st_mode);
    view->count++;
    return true;
}

/* The installation that /…/NAME/program/soffice.bin is of: /…/NAME. */
static bool show_installation(struct view *view, const char *program)
{
    char path[PATH_MAX];

    if (snprintf(path, sizeof(path), "%s", program) >= (int)sizeof(path))
        return false;
    for (int step = 0; step < 2; step++) {
        char *slash = strrchr(path, '/');
        if (!slash || slash == path)
            return false;
        *slash = '\0';
    }
    return strncmp(path, "/usr/lib/", 9) == 0 || show(view, path, false);
}

static bool look_around(struct view *view, const char *program)
{
    for (size_t i = 0; i < ARRAY_LEN(SYSTEM); i++)
        if (!show(view, SYSTEM[i], false))
            return false;
    for (size_t i = 0; i < ARRAY_LEN(DEVICES); i++)
        if (!show(view, DEVICES[i], true))
            return false;
    return show_installation(view, program);
}

/* ---- the new root, which is the working folder until it is entered ---- */

/* Makes the folders above `path`, an absolute one. */
static bool make_above(const char *path)
{
    char part[PATH_MAX];

    for (const char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        snprintf(part, sizeof(part), "%.*s", (int)(slash - path - 1), path + 1);
        if (mkdir(part, 0755) && errno != EEXIST)
            return false;
    }
    return true;
}

static bool place(const struct shown *shown)
{
    const char *at = shown->path + 1;

    if (!make_above(shown->path))
        return false;
    if (shown->folder ? mkdir(at, 0755) && errno != EEXIST : !write_file(at, ""))
        return false;
    return syscall(SYS_move_mount, shown->tree, "", AT_FDCWD, at, MOVE_MOUNT_F_EMPTY_PATH) == 0;
}

/* /lib is a link to usr/lib where the system is merged. */
static bool make_links(void)
{
    static const char *const LINKS[] = {"/lib", "/lib64", "/lib32"};
    char target[PATH_MAX];

    for (size_t i = 0; i < ARRAY_LEN(LINKS); i++) {
        ssize_t len = readlink(LINKS[i], target, sizeof(target) - 1);
        if (len <= 0)
            continue;
        target[len] = '\0';
        if (symlink(target, LINKS[i] + 1))
            return false;
    }
    return true;
}

static bool mount_memory(const char *at, uint64_t bytes)
{
    char options[96];

    snprintf(options, sizeof(options), "mode=0700,nr_inodes=20000,size=%llu",
             (unsigned long long)bytes);
    return mount("tmpfs", at, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, options) == 0;
}

static bool copy_document(const struct room_plan *plan)
{
    CLEANUP(cleanup_free) char *piece = mem_alloc(COPY_STEP);
    char path[64];
    ssize_t got;
    off_t at = 0;

    snprintf(path, sizeof(path), "%s.%s", &ROOM_DOCUMENT[1], plan->extension);
    CLEANUP(cleanup_fd) int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
    if (fd < 0)
        return false;
    while ((got = pread(plan->document_fd, piece, COPY_STEP, at)) > 0) {
        if (io_write(fd, piece, (size_t)got))
            return false;
        at += got;
    }
    return got == 0;
}

/* The root of before is put on top of the new one, and taken away. */
static bool leave_old_root(void)
{
    struct mount_attr readonly = {.attr_set = MOUNT_ATTR_RDONLY};

    return syscall(SYS_pivot_root, ".", ".") == 0 && umount2(".", MNT_DETACH) == 0 &&
           chdir("/") == 0 &&
           syscall(SYS_mount_setattr, AT_FDCWD, "/", 0, &readonly, sizeof(readonly)) == 0;
}

static bool furnish(const struct room_plan *plan, const struct view *view)
{
    /* any folder will do that is there on all systems: what is in it was looked at before */
    if (!mount_memory("/tmp", plan->document_max + ROOT_BYTES) || chdir("/tmp") || !make_links())
        return false;
    for (size_t i = 0; i < view->count; i++)
        if (!place(&view->list[i]))
            return false;
    if (!copy_document(plan) || mkdir(&ROOM_JOB[1], 0700) ||
        !mount_memory(&ROOM_JOB[1], plan->job_max) || mkdir(&ROOM_TMP[1], 0700))
        return false;
    /* it is there if the installation is below it */
    return symlink(&ROOM_TMP[1], "tmp") == 0 || errno == EEXIST;
}

int room_enter(const struct room_plan *plan)
{
    CLEANUP(cleanup_free) struct view *view = mem_zalloc(1, sizeof(*view));
    struct stat document;

    if (fstat(plan->document_fd, &document))
        return ROOM_REFUSED;
    if ((uint64_t)document.st_size > plan->document_max)
        return ROOM_TOO_LARGE;
    if (!enter_namespaces() || !look_around(view, plan->program) || !furnish(plan, view) ||
        !leave_old_root())
        return ROOM_REFUSED;
    for (size_t i = 0; i < view->count; i++)
        close(view->list[i].tree);
    return 0;
}
