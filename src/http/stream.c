#include "http/stream.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "http/http.h"
#include "http/stream_send.h"

enum { PATIENCE_SECONDS = 30, SEND_BYTES = 32 << 10 };

struct http_stream {
    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t drained;
    unsigned holds; /* the writer's and the connection's */
    struct buf waiting;
    bool ended, broken;
    bool gone; /* nobody reads it any more */
    struct MHD_Connection *connection;
    bool suspended; /* until there is something to send */
    struct streams *all;
    struct http_stream *next, *previous; /* guarded by the list's lock */
};

struct streams {
    pthread_mutex_t lock;
    struct http_stream *first;
    bool stopped;
};

struct http_stream *http_stream_new(struct http_response *response, size_t room)
{
    struct http_stream *stream = mem_zalloc(1, sizeof *stream);
    pthread_condattr_t clock;

    pthread_mutex_init(&stream->lock, NULL);
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&stream->drained, &clock);
    pthread_condattr_destroy(&clock);
    buf_init(&stream->waiting, room);
    stream->holds = 2;
    response->stream = stream;
    return stream;
}

/* The lock is held, and given up. */
static void let_go(struct http_stream *stream)
{
    bool last = --stream->holds == 0;

    pthread_mutex_unlock(&stream->lock);
    if (!last)
        return;
    pthread_cond_destroy(&stream->drained);
    pthread_mutex_destroy(&stream->lock);
    buf_release(&stream->waiting);
    free(stream);
}

/* ---- who writes ---- */

/* The lock is held. */
static void wake(struct http_stream *stream)
{
    if (!stream->suspended)
        return;
    stream->suspended = false;
    MHD_resume_connection(stream->connection);
}

int http_stream_put(struct http_stream *stream, const void *data, size_t len)
{
    pthread_mutex_lock(&stream->lock);
    int result = stream->gone ? ERR_INTERRUPTED : buf_append(&stream->waiting, data, len);
    if (result == 0)
        wake(stream);
    pthread_mutex_unlock(&stream->lock);
    return result;
}

/* Bytes that there is room for, once there is; 0 when there will be none. The lock is held. */
static size_t await_room(struct http_stream *stream)
{
    struct timespec end;
    int late = 0;

    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += PATIENCE_SECONDS;
    while (!stream->gone && stream->waiting.len == stream->waiting.cap && late == 0)
        late = pthread_cond_timedwait(&stream->drained, &stream->lock, &end);
    return stream->gone ? 0 : stream->waiting.cap - stream->waiting.len;
}

int http_stream_write(struct http_stream *stream, const void *data, size_t len)
{
    const char *at = data;
    size_t room = 1;

    pthread_mutex_lock(&stream->lock);
    while (len > 0 && (room = await_room(stream)) > 0) {
        size_t part = len < room ? len : room;
        (void)buf_append(&stream->waiting, at, part);
        at += part;
        len -= part;
        wake(stream);
    }
    pthread_mutex_unlock(&stream->lock);
    return room > 0 ? 0 : ERR_INTERRUPTED;
}

static void finish(struct http_stream *stream, bool whole)
{
    pthread_mutex_lock(&stream->lock);
    stream->ended = true;
    stream->broken |= !whole;
    wake(stream);
    let_go(stream);
}

void http_stream_end(struct http_stream *stream)
{
    finish(stream, true);
}

void http_stream_break(struct http_stream *stream)
{
    finish(stream, false);
}

/* ---- the connection ---- */

/* In the server's thread. Without anything to send the connection sleeps. */
static ssize_t send_some(void *cls, uint64_t pos, char *out, size_t max)
{
    struct http_stream *stream = cls;
    size_t len;

    (void)pos;
    pthread_mutex_lock(&stream->lock);
    len = stream->waiting.len < max ? stream->waiting.len : max;
    memcpy(out, stream->waiting.data, len);
    buf_consume(&stream->waiting, len);
    ssize_t result = (ssize_t)len;
    if (stream->broken)
        result = MHD_CONTENT_READER_END_WITH_ERROR;
    else if (len == 0 && stream->ended)
        result = MHD_CONTENT_READER_END_OF_STREAM;
    else if (len == 0) {
        stream->suspended = true;
        MHD_suspend_connection(stream->connection);
    }
    pthread_cond_signal(&stream->drained);
    pthread_mutex_unlock(&stream->lock);
    return result;
}

static void remove_from(struct streams *all, struct http_stream *stream)
{
    pthread_mutex_lock(&all->lock);
    if (stream->previous != NULL)
        stream->previous->next = stream->next;
    else
        all->first = stream->next;
    if (stream->next != NULL)
        stream->next->previous = stream->previous;
    pthread_mutex_unlock(&all->lock);
}

void stream_refuse(struct http_stream *stream)
{
    if (stream->all != NULL)
        remove_from(stream->all, stream);
    pthread_mutex_lock(&stream->lock);
    stream->gone = true;
    stream->suspended = false;
    pthread_cond_signal(&stream->drained);
    let_go(stream);
}

static void on_closed(void *cls)
{
    stream_refuse(cls);
}

struct MHD_Response *stream_body(struct http_stream *stream, struct MHD_Connection *connection)
{
    stream->connection = connection;
    struct MHD_Response *body = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, SEND_BYTES,
                                                                  send_some, stream, on_closed);
    if (body == NULL)
        stream_refuse(stream);
    return body;
}

/* ---- all of a server ---- */

struct streams *streams_new(void)
{
    struct streams *all = mem_zalloc(1, sizeof *all);

    pthread_mutex_init(&all->lock, NULL);
    return all;
}

static void break_off(struct http_stream *stream)
{
    pthread_mutex_lock(&stream->lock);
    stream->gone = stream->broken = true;
    pthread_cond_signal(&stream->drained);
    wake(stream);
    pthread_mutex_unlock(&stream->lock);
}

void streams_add(struct streams *all, struct http_stream *stream)
{
    pthread_mutex_lock(&all->lock);
    stream->all = all;
    stream->next = all->first;
    if (all->first != NULL)
        all->first->previous = stream;
    all->first = stream;
    if (all->stopped)
        break_off(stream);
    pthread_mutex_unlock(&all->lock);
}

void streams_stop(struct streams *all)
{
    pthread_mutex_lock(&all->lock);
    all->stopped = true;
    for (struct http_stream *stream = all->first; stream != NULL; stream = stream->next)
        break_off(stream);
    pthread_mutex_unlock(&all->lock);
}

void streams_free(struct streams *all)
{
    if (all == NULL)
        return;
    pthread_mutex_destroy(&all->lock);
    free(all);
}
