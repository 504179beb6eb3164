/*
 * The room in which a converter runs: namespaces of its own, and a file system that holds nothing
 * but the system's libraries, the converter itself and one document, all read-only, and a folder
 * in memory that goes with it. There is no network and no other process to be seen.
 *
 * The method is that of mount_setattr(2), move_mount(2) and pivot_root(2), "pivot_root(".", ".")".
 */
#ifndef CONVERT_ROOM_H
#define CONVERT_ROOM_H

#include <stdint.h>

/* Paths in the room. ROOM_JOB is what the converter may write to; /tmp leads to ROOM_TMP. */
#define ROOM_DOCUMENT "/document"
#define ROOM_JOB "/job"
#define ROOM_TMP ROOM_JOB "/tmp"

enum room_error { ROOM_REFUSED = -1, ROOM_TOO_LARGE = -2 };

struct room_plan {
    const char *program;   /* path of soffice.bin; its installation is shown in the room */
    int document_fd;       /* copied to ROOM_DOCUMENT.EXTENSION */
    const char *extension; /* without the dot */
    uint64_t document_max; /* bytes of the document */
    uint64_t job_max;      /* bytes of everything below ROOM_JOB */
};

/* Moves this process into a new room. Processes that it forks are in a space of processes of their
 * own, the first of them with the number 1; when that one ends, so do all others. Returns 0,
 * ROOM_REFUSED (the kernel does not let it: nothing may be run then) or ROOM_TOO_LARGE. */
int room_enter(const struct room_plan *plan);

#endif
