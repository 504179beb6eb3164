#include "web/news.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "fmt/json.h"
#include "store/item.h"
#include "store/running.h"
#include "store/visit.h"
#include "web/running_json.h"

enum {
    LOOK_MS = 250,      /* what others commit is seen within this */
    BEAT_MS = 15000,    /* a message to nobody finds out who is gone */
    MESSAGE_MAX = 4096, /* bytes of one */
};

struct news {
    struct sanad_case *kase; /* the thread's */
    pthread_t thread;
    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t wake;
    bool running, ending, poked;
    struct http_stream *streams[NEWS_READERS_MAX];
    size_t count;
    struct buf last; /* the last message: what a new listener is told first */
    int64_t turn;    /* of the messages; the first is the time of the start */
};

/* ---- what is told ---- */

static int put_numbers(struct news *news, struct json_writer *json, struct err *err)
{
    struct running running;
    int result = running_get(news->kase, &running, err);

    if (result < 0)
        return result;
    json_open_object(json, NULL);
    json_put_int(json, "turn", news->turn);
    json_put_int(json, "items", item_last(news->kase));
    json_put_int(json, "waiting", item_waiting_count(news->kase));
    json_put_int(json, "acts", acts_last(news->kase));
    running_put_json(json, "running", result > 0 ? &running : NULL);
    json_close_object(json);
    return 0;
}

/* In the format of https://html.spec.whatwg.org/multipage/server-sent-events.html. */
static int compose(struct news *news, struct buf *out, struct err *err)
{
    struct json_writer json;

    (void)buf_append_str(out, "event: change\ndata: ");
    json_start(&json, out);
    int result = put_numbers(news, &json, err);
    (void)buf_append_str(out, "\n\n");
    return result;
}

/* The lock is held. Whoever takes too little is left out: the page connects again and is told how
 * things stand then. */
static void tell_all(struct news *news, const char *message, size_t len)
{
    size_t kept = 0;

    for (size_t i = 0; i < news->count; i++) {
        if (http_stream_put(news->streams[i], message, len) == 0)
            news->streams[kept++] = news->streams[i];
        else
            http_stream_end(news->streams[i]);
    }
    news->count = kept;
}

static void tell_change(struct news *news)
{
    CLEANUP(cleanup_buf) struct buf message = {0};
    struct err ignored = {0}; /* told again with the next change */

    buf_init(&message, MESSAGE_MAX);
    news->turn++;
    if (compose(news, &message, &ignored) < 0 || message.full)
        return;
    pthread_mutex_lock(&news->lock);
    buf_clear(&news->last);
    (void)buf_append(&news->last, message.data, message.len);
    tell_all(news, message.data, message.len);
    pthread_mutex_unlock(&news->lock);
}

/* ---- watching ---- */

/* What is compared between two looks. */
struct sight {
    int64_t version;
    bool written; /* somebody reads documents into the case; one that is killed commits nothing */
};

static struct sight look(struct news *news)
{
    pid_t pid;

    return (struct sight){db_data_version(case_db(news->kase)), case_is_written(news->kase, &pid)};
}

/* False when the watch ends. */
static bool await(struct news *news, bool *ret_poked)
{
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += LOOK_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&news->lock);
    while (!news->ending && !news->poked &&
           pthread_cond_timedwait(&news->wake, &news->lock, &until) == 0)
        ;
    *ret_poked = news->poked;
    news->poked = false;
    bool goes_on = !news->ending;
    pthread_mutex_unlock(&news->lock);
    return goes_on;
}

static void *watch(void *arg)
{
    struct news *news = arg;
    struct sight before = look(news);
    int64_t beat = clock_ms();
    bool poked;

    tell_change(news);
    while (await(news, &poked)) {
        struct sight now = look(news);
        if (poked || now.version != before.version || now.written != before.written) {
            before = now;
            beat = clock_ms();
            tell_change(news);
        } else if (clock_ms() - beat >= BEAT_MS) {
            beat = clock_ms();
            pthread_mutex_lock(&news->lock);
            tell_all(news, ":\n\n", 3);
            pthread_mutex_unlock(&news->lock);
        }
    }
    return NULL;
}

/* Signals are for the thread that runs the server. */
static int start_thread(struct news *news)
{
    sigset_t all;
    sigset_t before;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int failed = pthread_create(&news->thread, NULL, watch, news);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    news->running = failed == 0;
    return failed;
}

int news_start(const struct sanad_case *kase, struct news **ret_news, struct err *err)
{
    struct news *news = mem_zalloc(1, sizeof *news);
    pthread_condattr_t clock;

    pthread_mutex_init(&news->lock, NULL);
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&news->wake, &clock);
    pthread_condattr_destroy(&clock);
    buf_init(&news->last, MESSAGE_MAX);
    news->turn = clock_now();
    int result = case_open_reader(kase, &news->kase, err);
    int failed = result == 0 ? start_thread(news) : 0;
    if (failed != 0)
        result = err_set_errno(err, ERR_IO, failed, "cannot start a thread");
    if (result < 0)
        news_stop(news);
    else
        *ret_news = news;
    return result;
}

void news_stop(struct news *news)
{
    if (news == NULL)
        return;
    pthread_mutex_lock(&news->lock);
    news->ending = true;
    pthread_cond_signal(&news->wake);
    pthread_mutex_unlock(&news->lock);
    if (news->running)
        pthread_join(news->thread, NULL);
    for (size_t i = 0; i < news->count; i++)
        http_stream_end(news->streams[i]);
    case_close(news->kase);
    buf_release(&news->last);
    pthread_cond_destroy(&news->wake);
    pthread_mutex_destroy(&news->lock);
    free(news);
}

/* ---- listening ---- */

bool news_has_room(struct news *news)
{
    pthread_mutex_lock(&news->lock);
    /* Who is gone is found out by writing to them. */
    if (news->count == NEWS_READERS_MAX)
        tell_all(news, ":\n\n", 3);
    bool has = news->count < NEWS_READERS_MAX;
    pthread_mutex_unlock(&news->lock);
    return has;
}

void news_tell(struct news *news, struct http_stream *stream)
{
    pthread_mutex_lock(&news->lock);
    bool taken = !news->ending && news->count < NEWS_READERS_MAX;
    if (taken) {
        news->streams[news->count++] = stream;
        (void)http_stream_put(stream, news->last.data, news->last.len);
    }
    pthread_mutex_unlock(&news->lock);
    if (!taken)
        http_stream_end(stream);
}

void news_poke(struct news *news)
{
    pthread_mutex_lock(&news->lock);
    news->poked = true;
    pthread_cond_signal(&news->wake);
    pthread_mutex_unlock(&news->lock);
}
