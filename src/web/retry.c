#include "web/retry.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

struct retry {
    const struct sanad_case *first;
    const struct deriver *const *derivers;
    volatile int stop;
    pthread_mutex_t lock; /* guards all below */
    bool started;         /* a thread is to be joined */
    pthread_t thread;
    struct retry_state state;
    /* of the one that runs; its own while it does */
    struct sanad_case *kase;
    struct retry_wish wish;
};

struct retry *retry_new(const struct sanad_case *kase, const struct deriver *const *derivers)
{
    struct retry *retry = mem_zalloc(1, sizeof *retry);

    retry->first = kase;
    retry->derivers = derivers;
    pthread_mutex_init(&retry->lock, NULL);
    return retry;
}

static void on_progress(void *ctx, const struct ingest_progress *progress)
{
    struct retry *retry = ctx;

    pthread_mutex_lock(&retry->lock);
    retry->state.progress = *progress;
    pthread_mutex_unlock(&retry->lock);
}

static enum retry_phase phase_of(int result)
{
    return result == 0 ? RETRY_DONE : result == ERR_INTERRUPTED ? RETRY_STOPPED : RETRY_FAILED;
}

static void *run(void *arg)
{
    struct retry *retry = arg;
    struct ingest_progress progress;
    struct err err = {0};
    int64_t count = 0;
    const struct ingest_options options = {
        .derivers = retry->derivers,
        .langs = retry->wish.langs,
        .ocr = true,
        .passwords_fd = retry->wish.passwords ? password_list_fd(retry->wish.passwords) : 0,
        .stop = &retry->stop,
        .progress = on_progress,
        .ctx = retry};
    int result = ingest_retry(retry->kase, retry->wish.reason, retry->wish.item, &options, &count,
                              &progress, &err);

    password_list_free(retry->wish.passwords);
    retry->wish.passwords = NULL;
    case_close(retry->kase);
    retry->kase = NULL;
    pthread_mutex_lock(&retry->lock);
    retry->state = (struct retry_state){phase_of(result), progress, count, ""};
    if (retry->state.phase == RETRY_FAILED)
        snprintf(retry->state.message, sizeof retry->state.message, "%s", err.message);
    pthread_mutex_unlock(&retry->lock);
    return NULL;
}

/* Signals are for the thread that runs the server. */
static int start_thread(struct retry *retry, struct err *err)
{
    sigset_t all;
    sigset_t before;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int failed = pthread_create(&retry->thread, NULL, run, retry);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    retry->started = failed == 0;
    return failed != 0 ? err_set_errno(err, ERR_IO, failed, "cannot start a thread") : 0;
}

/* The lock is held. */
static int start(struct retry *retry, const struct retry_wish *wish, struct err *err)
{
    if (retry->state.phase == RETRY_RUNS)
        return err_set(err, ERR_LOCKED, "files are being read again already");
    if (retry->started)
        pthread_join(retry->thread, NULL); /* it has ended */
    retry->started = false;
    int result = case_open_writer(retry->first, CASE_WRITE, &retry->kase, err);
    if (result < 0)
        return result;
    retry->stop = 0;
    retry->wish = *wish;
    retry->state = (struct retry_state){.phase = RETRY_RUNS, .progress.left_ms = -1};
    result = start_thread(retry, err);
    if (result < 0) {
        case_close(retry->kase);
        retry->state.phase = RETRY_FAILED;
    }
    return result;
}

int retry_start(struct retry *retry, const struct retry_wish *wish, struct err *err)
{
    pthread_mutex_lock(&retry->lock);
    int result = start(retry, wish, err);
    pthread_mutex_unlock(&retry->lock);
    if (result < 0)
        password_list_free(wish->passwords);
    return result;
}

void retry_stop(struct retry *retry)
{
    retry->stop = 1;
}

void retry_look(struct retry *retry, struct retry_state *ret_state)
{
    pthread_mutex_lock(&retry->lock);
    *ret_state = retry->state;
    pthread_mutex_unlock(&retry->lock);
}

void retry_free(struct retry *retry)
{
    if (retry == NULL)
        return;
    retry_stop(retry);
    if (retry->started)
        pthread_join(retry->thread, NULL);
    pthread_mutex_destroy(&retry->lock);
    free(retry);
}
