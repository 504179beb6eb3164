#include "http/pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

struct worker {
    struct pool *pool;
    pthread_t thread;
    bool running;
    void *state;
};

struct pool {
    struct http_options options;
    void (*done)(struct task *task);
    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t wake;
    struct task *first, *last;
    unsigned waiting;
    bool ending;
    struct worker workers[HTTP_THREADS_MAX]; /* not guarded: fixed between new and free */
};

/* Takes the first task out of the queue that may be answered now; NULL when none may. */
static struct task *take_ready(struct pool *pool)
{
    struct task *before = NULL;

    for (struct task *task = pool->first; task != NULL; before = task, task = task->next) {
        task->place = pool->options.enter == NULL
                          ? 0
                          : pool->options.enter(pool->options.ctx, &task->request);
        if (task->place < 0)
            continue;
        *(before == NULL ? &pool->first : &before->next) = task->next;
        if (pool->last == task)
            pool->last = before;
        pool->waiting--;
        return task;
    }
    return NULL;
}

/* The next task, or NULL when the pool ends and none is left. */
static struct task *take(struct pool *pool)
{
    struct task *task;

    pthread_mutex_lock(&pool->lock);
    while ((task = take_ready(pool)) == NULL && !(pool->ending && pool->first == NULL))
        pthread_cond_wait(&pool->wake, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
    return task;
}

static void leave(struct pool *pool, int place)
{
    if (pool->options.left == NULL)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->options.left(pool->options.ctx, place);
    if (pool->first != NULL)
        pthread_cond_signal(&pool->wake);
    pthread_mutex_unlock(&pool->lock);
}

static void *work(void *arg)
{
    struct worker *worker = arg;
    struct pool *pool = worker->pool;
    struct task *task;

    while ((task = take(pool)) != NULL) {
        pool->options.handle(pool->options.ctx, worker->state, &task->request, &task->response);
        void (*produce)(void *ctx, void *state) = task->response.produce;
        void *ctx = task->response.produce_ctx;
        int place = task->place;
        task->answered = true;
        pool->done(task);
        leave(pool, place);
        if (produce != NULL)
            produce(ctx, worker->state);
    }
    return NULL;
}

/* Signals are for the thread that runs the server. */
static int start_thread(struct worker *worker)
{
    sigset_t all;
    sigset_t before;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int failed = pthread_create(&worker->thread, NULL, work, worker);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    worker->running = failed == 0;
    return failed;
}

static int start_workers(struct pool *pool, struct err *err)
{
    for (unsigned i = 0; i < pool->options.threads; i++) {
        struct worker *worker = &pool->workers[i];
        worker->pool = pool;
        int result = pool->options.state_new(pool->options.ctx, &worker->state, err);
        if (result < 0)
            return result;
        int failed = start_thread(worker);
        if (failed != 0)
            return err_set_errno(err, ERR_IO, failed, "cannot start a thread");
    }
    return 0;
}

int pool_new(const struct http_options *options, void (*done)(struct task *task),
             struct pool **ret_pool, struct err *err)
{
    BUG_IF(options->threads == 0 || options->threads > HTTP_THREADS_MAX);
    BUG_IF(options->body_max > HTTP_BODY_MAX);
    struct pool *pool = mem_zalloc(1, sizeof *pool);
    pool->options = *options;
    pool->done = done;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->wake, NULL);

    int result = start_workers(pool, err);
    if (result < 0) {
        pool_stop(pool);
        pool_free(pool);
        return result;
    }
    *ret_pool = pool;
    return 0;
}

bool pool_add(struct pool *pool, struct task *task)
{
    pthread_mutex_lock(&pool->lock);
    bool taken = !pool->ending && pool->waiting < pool->options.queue;
    if (taken) {
        task->next = NULL;
        if (pool->last != NULL)
            pool->last->next = task;
        else
            pool->first = task;
        pool->last = task;
        pool->waiting++;
        pthread_cond_signal(&pool->wake);
    }
    pthread_mutex_unlock(&pool->lock);
    return taken;
}

void pool_stop(struct pool *pool)
{
    if (pool == NULL)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->ending = true;
    pthread_cond_broadcast(&pool->wake);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->options.threads; i++) {
        struct worker *worker = &pool->workers[i];
        if (worker->running)
            pthread_join(worker->thread, NULL);
        worker->running = false;
        if (worker->state != NULL)
            pool->options.state_free(worker->state);
        worker->state = NULL;
    }
}

void pool_free(struct pool *pool)
{
    if (pool == NULL)
        return;
    pthread_cond_destroy(&pool->wake);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}
