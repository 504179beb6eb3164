#include "ingest/render.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/io.h"
#include "crypt/password_list.h"
#include "ingest/limits.h"
#include "ingest/nursery.h"
#include "store/item.h"

enum { RENDERERS = 2, READ_STEP = 64 << 10, RENDER_SECONDS = 60 };

/* A nursery that draws one page at a time. */
struct renderer {
    struct nursery *nursery;
    bool taken;
};

struct render_service {
    pthread_mutex_t mutex;
    pthread_cond_t freed;
    struct renderer renderers[RENDERERS];
    uint64_t next_job;
};

struct render_service *render_service_new(void)
{
    struct render_service *service = mem_zalloc(1, sizeof(*service));

    pthread_mutex_init(&service->mutex, NULL);
    pthread_cond_init(&service->freed, NULL);
    return service;
}

void render_service_free(struct render_service *service)
{
    if (!service)
        return;
    for (int i = 0; i < RENDERERS; i++)
        nursery_stop(service->renderers[i].nursery);
    pthread_cond_destroy(&service->freed);
    pthread_mutex_destroy(&service->mutex);
    free(service);
}

static struct renderer *take_renderer(struct render_service *service, uint64_t *ret_job)
{
    struct renderer *free_one = NULL;

    pthread_mutex_lock(&service->mutex);
    while (!free_one) {
        for (int i = 0; i < RENDERERS && !free_one; i++)
            if (!service->renderers[i].taken)
                free_one = &service->renderers[i];
        if (!free_one)
            pthread_cond_wait(&service->freed, &service->mutex);
    }
    free_one->taken = true;
    *ret_job = ++service->next_job;
    pthread_mutex_unlock(&service->mutex);
    return free_one;
}

static void give_back(struct render_service *service, struct renderer *renderer)
{
    pthread_mutex_lock(&service->mutex);
    renderer->taken = false;
    pthread_cond_signal(&service->freed);
    pthread_mutex_unlock(&service->mutex);
}

/* ---- the child's answer ---- */

struct picture {
    struct buf *png;
    char detail[DETAIL_MAX];
    bool failed;
};

static int on_image_data(void *ctx, const void *data, size_t len)
{
    struct picture *picture = ctx;

    return buf_append(picture->png, data, len);
}

static int on_end(void *ctx, const struct end_frame *end)
{
    struct picture *picture = ctx;

    picture->failed = end->outcome == OUTCOME_FAILED;
    snprintf(picture->detail, sizeof(picture->detail), "%s", end->detail);
    return 0;
}

static int read_picture(int fd, struct picture *picture, struct err *err)
{
    static const struct frame_handler handler = {.image_data = on_image_data, .end = on_end};
    struct frame_reader *reader = frame_reader_new(&handler, picture);
    CLEANUP(cleanup_free) char *piece = mem_alloc(READ_STEP);
    ssize_t got;
    int rc = 0;

    while (!rc && (got = io_read(fd, piece, READ_STEP)) > 0)
        rc = frame_reader_feed(reader, piece, (size_t)got, err);
    if (!rc && (!frame_reader_done(reader) || picture->failed || !picture->png->len))
        rc = err_set(err, ERR_UNSUPPORTED, "no picture of this page: %s",
                     picture->detail[0] ? picture->detail : "it could not be drawn");
    frame_reader_free(reader);
    return rc;
}

/* ---- the job ---- */

struct subject {
    int64_t object;
    uint64_t bytes;
    struct job *job;
};

static int note_subject(void *ctx, const struct ledger_row *row)
{
    struct subject *subject = ctx;

    subject->object = row->item.object;
    subject->bytes = row->item.bytes;
    snprintf(subject->job->name, sizeof(subject->job->name), "%s", row->item.name);
    snprintf(subject->job->mime, sizeof(subject->job->mime), "%s", row->type);
    return 0;
}

static int run_job(struct renderer *renderer, const struct job *job, int document_fd,
                   const struct password_list *passwords, struct picture *picture, struct err *err)
{
    struct job_end end;
    int frames[2];

    if (!renderer->nursery) {
        int rc = nursery_start(&renderer->nursery, false, NULL, err);
        if (rc)
            return rc;
    }
    if (pipe2(frames, O_CLOEXEC))
        return err_set_errno(err, ERR_IO, errno, "cannot make a pipe");
    struct job_load load = job_load_of(document_fd, frames[1]);
    if (passwords)
        load.passwords_fd = password_list_fd(passwords);
    int rc = nursery_send(renderer->nursery, job, &load, err);
    close(frames[1]);
    if (!rc)
        rc = read_picture(frames[0], picture, err);
    close(frames[0]); /* a child that still writes ends with that */
    if (nursery_take(renderer->nursery, &end, NULL) < 0) {
        nursery_stop(renderer->nursery);
        renderer->nursery = NULL;
        rc = rc ? rc : err_set(err, ERR_WORKER, "the worker ended unexpectedly");
    }
    return rc;
}

int render_page(struct render_service *service, struct sanad_case *kase, int64_t item,
                uint32_t page, uint32_t dpi, struct buf *ret_png, struct err *err)
{
    struct job job = {.kind = JOB_RENDER,
                      .page = page,
                      .dpi = dpi,
                      .limits = {.idle_seconds = RENDER_SECONDS,
                                 .total_seconds = RENDER_SECONDS,
                                 .memory_mib = LIMIT_MEMORY_MIB,
                                 .output_bytes = RENDER_IMAGE_MAX}};
    struct subject subject = {.job = &job};
    struct picture picture = {.png = ret_png};
    struct password_list *passwords = NULL;
    CLEANUP(cleanup_fd) int fd = -1;

    if (dpi < RENDER_DPI_MIN || dpi > RENDER_DPI_MAX)
        return err_set(err, ERR_USAGE, "the resolution must be %d to %d dots per inch",
                       RENDER_DPI_MIN, RENDER_DPI_MAX);
    int rc = ledger_one(kase, item, note_subject, &subject, err);
    if (!rc && !subject.object)
        rc = err_set(err, ERR_NOT_FOUND, "no bytes of item %lld were received", (long long)item);
    if (!rc)
        rc = object_memfd(kase, subject.object, LIMIT_MEMORY_FILE, &fd, err);
    if (!rc)
        rc = object_password(kase, subject.object, &passwords, err);
    if (rc)
        return rc;
    struct renderer *renderer = take_renderer(service, &job.id);
    rc = run_job(renderer, &job, fd, passwords, &picture, err);
    give_back(service, renderer);
    password_list_free(passwords);
    return rc;
}
