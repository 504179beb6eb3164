#include "names/tie_many.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

enum {
    THREADS_MAX = 16,
    SHARE = 128, /* pairs that a thread takes at a time */
};

struct work {
    const struct names_model *model;
    struct tie_pair *pairs;
    size_t count;
    pthread_mutex_t lock;
    size_t begun; /* guarded by the lock */
};

static size_t take(struct work *work)
{
    pthread_mutex_lock(&work->lock);
    size_t from = work->begun;
    work->begun = from + SHARE < work->count ? from + SHARE : work->count;
    pthread_mutex_unlock(&work->lock);
    return from;
}

static void *compare(void *arg)
{
    struct work *work = arg;
    struct scored_name *a = mem_alloc(sizeof(*a));
    struct scored_name *b = mem_alloc(sizeof(*b));
    const char *last = NULL;
    size_t from;

    while ((from = take(work)) < work->count)
        for (size_t i = from; i < from + SHARE && i < work->count; i++) {
            struct tie_pair *pair = &work->pairs[i];

            if (pair->text_a != last)
                scored_name_set(work->model, pair->text_a, strlen(pair->text_a), a);
            last = pair->text_a;
            scored_name_set(work->model, pair->text_b, strlen(pair->text_b), b);
            pair->probability = tie_probability(work->model, pair->kind, a, b);
        }
    free(a);
    free(b);
    return NULL;
}

void tie_many(const struct names_model *model, struct tie_pair *pairs, size_t count)
{
    struct work work = {
        .model = model, .pairs = pairs, .count = count, .lock = PTHREAD_MUTEX_INITIALIZER};
    long others = sysconf(_SC_NPROCESSORS_ONLN) - 1;
    pthread_t threads[THREADS_MAX];
    size_t started = 0;
    sigset_t all, before;

    /* Signals are for the caller. */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (started < THREADS_MAX && (long)started < others && started < count / SHARE &&
           !pthread_create(&threads[started], NULL, compare, &work))
        started++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    (void)compare(&work);
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    pthread_mutex_destroy(&work.lock);
}
