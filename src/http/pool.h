/*
 * The threads that answer. A task waits in a bounded queue, is answered by one thread, and is given
 * back through `done`.
 */
#ifndef HTTP_POOL_H
#define HTTP_POOL_H

#include "http/http.h"

struct task {
    struct http_request request;
    struct http_response response;
    void *connection; /* whose request it is; `done` knows */
    bool answered;
    int place;         /* as `enter` of the options gave it */
    struct task *next; /* in the queue */
};

struct pool; /* opaque */

/* Starts the threads. `done` is called in a pool thread once the task is answered. */
int pool_new(const struct http_options *options, void (*done)(struct task *task),
             struct pool **ret_pool, struct err *err);

/* False when the queue is full or the pool ends: the task stays the caller's. */
bool pool_add(struct pool *pool, struct task *task);

/* Takes no more tasks (pool_add still may be called), answers those that wait, ends the threads;
 * accepts NULL. */
void pool_stop(struct pool *pool);

/* Frees a stopped pool; accepts NULL. */
void pool_free(struct pool *pool);

#endif
