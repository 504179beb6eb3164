#include "nursery_drive.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/io.h"

void drive_start(struct nursery_drive *drive, const char *program)
{
    int pair[2];
    struct job_end end;
    struct err err = {0};

    assert_non_null(program);
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0);
    drive->pid = fork();
    assert_true(drive->pid >= 0);
    if (drive->pid == 0) {
        int high = fcntl(pair[1], F_DUPFD, 100);
        if (dup2(high, WORKER_CONTROL_FD) >= 0)
            execl(program, program, (char *)NULL);
        _exit(127);
    }
    close(pair[1]);
    drive->control = pair[0];
    if (nursery_receive(drive->control, &end, &drive->ready, &err) != 2)
        fail_msg("the nursery did not become ready: %s", err.message);
}

int drive_stop(struct nursery_drive *drive)
{
    int status = -1;

    close(drive->control);
    assert_int_equal(waitpid(drive->pid, &status, 0), drive->pid);
    return status;
}

struct job drive_job(const char *name, const char *mime)
{
    struct job job = {
        .id = 7,
        .kind = JOB_READ,
        .limits = {
            .idle_seconds = 20, .total_seconds = 30, .memory_mib = 256, .output_bytes = 64 << 20}};

    snprintf(job.name, sizeof(job.name), "%s", name);
    snprintf(job.mime, sizeof(job.mime), "%s", mime);
    return job;
}

int drive_send(const struct nursery_drive *drive, const struct job *job, const void *data,
               size_t len)
{
    int document = memfd_create("document", MFD_CLOEXEC);
    int frames[2];
    struct err err = {0};

    assert_true(document >= 0);
    assert_int_equal(io_write(document, data, len), 0);
    assert_int_equal(pipe2(frames, O_CLOEXEC), 0);
    struct job_load load = job_load_of(document, frames[1]);
    if (job_send(drive->control, job, &load, &err))
        fail_msg("%s", err.message);
    close(document);
    close(frames[1]);
    return frames[0];
}

static int on_type(void *ctx, const char *mime, const char *reader)
{
    struct answer *answer = ctx;

    (void)reader;
    snprintf(answer->mime, sizeof(answer->mime), "%s", mime);
    return 0;
}

static int on_text(void *ctx, enum text_part part, const char *text, size_t len)
{
    struct answer *answer = ctx;
    size_t used = strlen(answer->text);

    if (part == TEXT_MAIN)
        snprintf(answer->text + used, sizeof(answer->text) - used, "%.*s", (int)len, text);
    return 0;
}

static int on_end(void *ctx, const struct end_frame *end)
{
    struct answer *answer = ctx;

    answer->outcome = end->outcome;
    answer->reason = end->reason;
    snprintf(answer->detail, sizeof(answer->detail), "%s", end->detail);
    return 0;
}

void drive_read(const struct nursery_drive *drive, const struct job *job, const void *data,
                size_t len, struct answer *ret_answer)
{
    static const struct frame_handler HANDLER = {.type = on_type, .text = on_text, .end = on_end};
    static char bytes[65536];
    struct nursery_ready ready;
    struct err err = {0};
    ssize_t n;

    *ret_answer = (struct answer){0};
    struct frame_reader *reader = frame_reader_new(&HANDLER, ret_answer);
    int frames = drive_send(drive, job, data, len);
    while ((n = read(frames, bytes, sizeof(bytes))) > 0) {
        ret_answer->bytes += (size_t)n;
        if (frame_reader_feed(reader, bytes, (size_t)n, &err) ||
            ret_answer->bytes > job->limits.output_bytes + (1 << 20)) {
            ret_answer->stopped = true;
            break;
        }
    }
    ret_answer->done = frame_reader_done(reader);
    snprintf(ret_answer->broken, sizeof(ret_answer->broken), "%.200s", err.message);
    frame_reader_free(reader);
    close(frames);
    if (nursery_receive(drive->control, &ret_answer->end, &ready, &err) != 1)
        fail_msg("no word of the child's end: %s", err.message);
    assert_int_equal(ret_answer->end.id, job->id);
}
