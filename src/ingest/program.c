#include "ingest/program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int program_find(const char *name, char out[PROGRAM_PATH_MAX], struct err *err)
{
    static const char *const places[] = {"",           "../libexec/sanad/", "src/worker/",
                                         "../worker/", "src/convert/",      "../convert/"};
    char self[PROGRAM_PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);

    if (len <= 0)
        return err_set_errno(err, ERR_WORKER, errno, "cannot find this program's own folder");
    self[len] = '\0';
    char *slash = strrchr(self, '/');
    if (slash)
        *slash = '\0';
    for (size_t i = 0; i < ARRAY_LEN(places); i++)
        if (snprintf(out, PROGRAM_PATH_MAX, "%s/%s%s", self, places[i], name) < PROGRAM_PATH_MAX &&
            !access(out, X_OK))
            return 0;
    return err_set(err, ERR_WORKER,
                   "%s is not installed beside sanad (looked in %s and "
                   "../libexec/sanad); install sanad again",
                   name, self);
}

int program_start(const char *path, char *const argv[], char *const environment[],
                  const struct program_fd *fds, size_t fd_count, pid_t *ret_pid, struct err *err)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;

    sigemptyset(&none);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    for (size_t i = 0; i < fd_count; i++)
        posix_spawn_file_actions_adddup2(&actions, fds[i].here, fds[i].there);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setsigmask(&attributes, &none);
    int rc = posix_spawn(ret_pid, path, &actions, &attributes, argv, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return rc ? err_set_errno(err, ERR_WORKER, rc, "cannot start %s", path) : 0;
}

void program_end(pid_t pid)
{
    (void)kill(pid, SIGKILL);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
}
