/*
 * The programs beside sanad: where they are, and starting them. They get a few descriptors, a
 * handful of variables and nothing else of this process.
 */
#ifndef INGEST_PROGRAM_H
#define INGEST_PROGRAM_H

#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"

enum { PROGRAM_PATH_MAX = 4096 };

/* Where "sanad-worker" or the like is, seen from this program: installed, or in the build folder.
 * ERR_WORKER. */
int program_find(const char *name, char out[PROGRAM_PATH_MAX], struct err *err);

/* A descriptor of ours, and its number there. Ours must not be one of the numbers there. */
struct program_fd {
    int here, there;
};

/* Starts `path`; standard input is empty, argv and environment end with NULL. It is in a group of
 * its own: Ctrl-C is for sanad, which ends it itself. ERR_WORKER. */
int program_start(const char *path, char *const argv[], char *const environment[],
                  const struct program_fd *fds, size_t fd_count, pid_t *ret_pid, struct err *err);

/* Kills and waits for it. */
void program_end(pid_t pid);

#endif
