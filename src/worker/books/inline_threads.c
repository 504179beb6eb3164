#include "worker/books/inline_threads.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*run)(void *),
                          void *arg);
int __real_pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex);

enum {
    HELD_MAX = 16,
    WAITS_MAX = 1000, /* in vain; after that the child waits for its end */
};

static struct {
    bool inline_now; /* this process does without threads */
    bool holding;
    struct {
        void *(*run)(void *);
        void *arg;
    } held[HELD_MAX];
    size_t held_count;
    unsigned waits;
    void (*answer)(void *ctx);
    void *ctx;
} threads;

void threads_hold(void (*answer)(void *ctx), void *ctx)
{
    threads.inline_now = true;
    threads.holding = true;
    threads.answer = answer;
    threads.ctx = ctx;
    threads.waits = 0;
}

void threads_go(void)
{
    threads.holding = false;
    for (size_t i = 0; i < threads.held_count; i++)
        (void)threads.held[i].run(threads.held[i].arg);
    threads.held_count = 0;
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*run)(void *),
                          void *arg)
{
    if (!threads.inline_now)
        return __real_pthread_create(thread, attr, run, arg);
    *thread = pthread_self();
    if (!threads.holding) {
        (void)run(arg);
        return 0;
    }
    if (threads.held_count == HELD_MAX)
        return EAGAIN;
    threads.held[threads.held_count].run = run;
    threads.held[threads.held_count++].arg = arg;
    return 0;
}

/* A wait may end without a signal (POSIX), and the caller looks again whether it has to wait. */
int __wrap_pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex)
{
    if (!threads.inline_now || ++threads.waits > WAITS_MAX)
        return __real_pthread_cond_wait(cond, mutex);
    (void)pthread_mutex_unlock(mutex);
    threads.answer(threads.ctx);
    return pthread_mutex_lock(mutex);
}
