/*
 * Threads where there may be none. A child has one thread and its sandbox gives no other; a library
 * that hands its work to threads of its own (DjVuLibre) is told that they run, and they run at
 * once, in the caller's place. The worker is linked so that pthread_create and pthread_cond_wait
 * come here; until the first call below they are the C library's.
 */
#ifndef WORKER_INLINE_THREADS_H
#define WORKER_INLINE_THREADS_H

#include <pthread.h>

/* From now on new threads wait for threads_go(). `answer` is called when one of them would wait
 * for something that nobody is left to do, and does it; it may call back into the library. */
void threads_hold(void (*answer)(void *ctx), void *ctx);

/* Runs those that wait, in the order in which they came; later ones run when they are made. */
void threads_go(void);

/* What the linker puts in the place of pthread_create and pthread_cond_wait. */
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*run)(void *),
                          void *arg);
int __wrap_pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex);

#endif
