/*
 * Jobs: what sanad asks of the nursery, and what the nursery says of a child that ended. Both are
 * single datagrams on a SOCK_SEQPACKET pair (the worker's descriptor WORKER_CONTROL_FD).
 *
 * A job carries descriptors (SCM_RIGHTS): the document, read-only, the pipe for frames, and where
 * there are any, the user's passwords and the further volumes of a split file. The nursery forks a
 * child for it; the child writes frames and exits; the nursery reaps it and sends one `job_end`. A
 * job without descriptors is JOB_QUIT. At its start, once its sandbox is closed, the nursery sends
 * one datagram `nursery_ready`.
 */
#ifndef WIRE_JOB_H
#define WIRE_JOB_H

#include <stdint.h>
#include <stdbool.h>

#include "base/err.h"

enum {
    WORKER_CONTROL_FD = 3,
    JOB_NAME_MAX = 1024,
    JOB_LANGS_MAX = 128,
    JOB_MIME_MAX = 128,
    JOB_PASSWORDS_MAX = 1000,
    JOB_PASSWORD_BYTES = 1024, /* one, without its NUL */
    JOB_VOLUMES_MAX = 500,     /* after the first */
    JOB_VOLUME_FDS_MAX = 200,
    JOB_VOLUME_NAME_MAX = 256,
};

enum job_kind {
    JOB_READ = 1,   /* describe the document */
    JOB_RENDER = 2, /* one page as PNG: an IMAGE stream */
    JOB_QUIT = 3,
};

struct job_limits {
    uint32_t idle_seconds;  /* without using the processor: killed */
    uint32_t total_seconds; /* of processor time, or 8 times as much of time that passes */
    uint32_t memory_mib;    /* private writable memory of the child */
    uint64_t output_bytes;  /* frames in all, children's bytes included */
};

struct job {
    uint64_t id; /* chosen by sanad, echoed in job_end */
    enum job_kind kind;
    struct job_limits limits;
    uint32_t page;             /* JOB_RENDER: from 1 */
    uint32_t dpi;              /* JOB_RENDER: 36-600 */
    bool ocr;                  /* may use OCR */
    char langs[JOB_LANGS_MAX]; /* OCR languages, ISO 639-3 joined by "+": "fas+ara+eng" */
    char name[JOB_NAME_MAX];   /* the file's own name, a hint for its type; UTF-8, "" unknown */
    char mime[JOB_MIME_MAX];   /* what the parent container says it is; "" unknown */
    /* Of a split file, the volume that would follow those that are here; "" for any other. */
    char next_volume[JOB_VOLUME_NAME_MAX];
};

enum job_death {
    DEATH_EXIT = 0,    /* it ended by itself; `status` is its exit code, 0 is good */
    DEATH_SIGNAL = 1,  /* `status` is the signal: a crash */
    DEATH_TIME = 2,    /* killed by the nursery for taking too long */
    DEATH_MEMORY = 3,  /* ended after its memory limit refused it something */
    DEATH_SANDBOX = 4, /* SIGSYS: it tried a forbidden system call; `status` is its number or -1 */
    DEATH_FORK = 5,    /* the nursery could not start a child; `status` is errno */
};

struct job_end {
    uint64_t id;
    enum job_death death;
    int32_t status;
    uint32_t peak_kib; /* ru_maxrss */
    uint32_t cpu_ms;
};

struct nursery_ready {
    uint32_t version; /* WIRE_VERSION */
    uint32_t sandbox; /* enum sandbox_feature bits that are in force */
    char models[256]; /* OCR languages at hand, joined by "+" */
};

enum sandbox_feature {
    SANDBOX_NO_NEW_PRIVS = 1,
    SANDBOX_SECCOMP = 2,
    SANDBOX_LANDLOCK = 4,
    SANDBOX_NAMESPACES = 8,
    SANDBOX_RLIMITS = 16,
};

/* Where a further volume of a split file stands: many may share a descriptor. */
struct job_volume {
    uint32_t fd; /* which of the volumes' descriptors, from 0 */
    uint64_t offset, bytes;
    char name[JOB_VOLUME_NAME_MAX]; /* UTF-8 */
};

/* What goes along with a job. `passwords_fd` holds the passwords the user gave, UTF-8, each ended
 * by a NUL and the last followed by another; the receiver believes neither lengths nor places. */
struct job_load {
    int document_fd;
    int frames_fd;
    int passwords_fd; /* -1: none */
    uint32_t volume_fd_count;
    int volume_fds[JOB_VOLUME_FDS_MAX];
    uint32_t volume_count;
    struct job_volume *volumes; /* in order; the sender's own, or freed by job_load_release */
};

/* Nothing but a document and a pipe. */
struct job_load job_load_of(int document_fd, int frames_fd);
/* Closes the descriptors and frees what job_receive made. */
void job_load_release(struct job_load *load);

/* Each sends or takes one datagram on the control socket. The senders return 0 or ERR_WORKER; the
 * descriptors stay theirs. The takers return 1 for a datagram, 0 for a closed socket, ERR_WORKER
 * for anything else; received fields are bounded and NUL-terminated. What is received with a job is
 * the caller's to release (nothing but after 1). */
int job_send(int control, const struct job *job, const struct job_load *load, struct err *err);
int job_receive(int control, struct job *ret_job, struct job_load *ret_load, struct err *err);
int job_end_send(int control, const struct job_end *end, struct err *err);
int nursery_ready_send(int control, const struct nursery_ready *ready, struct err *err);
/* Takes the nursery's next datagram: 1 = job_end, 2 = ready. */
int nursery_receive(int control, struct job_end *ret_end, struct nursery_ready *ret_ready,
                    struct err *err);

#endif
