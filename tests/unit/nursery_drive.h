/*
 * A nursery under test: started from a program file, given documents, its answers collected.
 */
#ifndef TESTS_NURSERY_DRIVE_H
#define TESTS_NURSERY_DRIVE_H

#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "wire/frame.h"
#include "wire/job.h"

struct nursery_drive {
    pid_t pid;
    int control;
    struct nursery_ready ready;
};

/* What became of one document. */
struct answer {
    struct job_end end;
    bool done;    /* the frames ended with END */
    bool stopped; /* reading was given up at the size limit, or the frames were broken */
    enum outcome outcome;
    enum reason reason;
    char detail[DETAIL_MAX];
    char mime[MIME_MAX + 1];
    char text[4096];  /* the beginning of the main text */
    size_t bytes;     /* of frames */
    char broken[256]; /* what was wrong with the frames */
};

/* Starts the worker `program` and waits until it is ready; fails the test otherwise. */
void drive_start(struct nursery_drive *drive, const char *program);
/* Closes the control socket and waits for the nursery to end; returns its wait status. */
int drive_stop(struct nursery_drive *drive);

/* Sends a document and returns the reading end of its frames. */
int drive_send(const struct nursery_drive *drive, const struct job *job, const void *data,
               size_t len);
/* Sends a document and waits for its end. */
void drive_read(const struct nursery_drive *drive, const struct job *job, const void *data,
                size_t len, struct answer *ret_answer);

/* A job with generous limits. */
struct job drive_job(const char *name, const char *mime);

#endif
