#include "web/recent.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"

/* Between snapshots there are pauses, as multiples of the time that one takes. */
enum { PAUSE_FACTOR = 9, PAUSE_MAX_MS = RECENT_MS / 3 };

struct snapshot_hold {
    struct snapshot *snapshot;
    unsigned holders;
    int64_t version; /* of the case, as `watch` sees it */
    int64_t seen_ms; /* when the case was last seen to have this version */
    int64_t written; /* of `recent`, when it was begun */
};

struct recent {
    pthread_mutex_t lock; /* guards all below but `reader` */
    pthread_cond_t wake;
    pthread_t thread;
    bool started, ending, wanted;
    struct sanad_case *watch;  /* sees its versions */
    struct sanad_case *reader; /* the thread's */
    struct snapshot_hold *newest;
    int64_t written; /* how often recent_outdate was called */
};

/* The lock is held. */
static void drop(struct snapshot_hold *hold)
{
    if (hold == NULL || --hold->holders > 0)
        return;
    snapshot_free(hold->snapshot);
    free(hold);
}

/* ---- making ---- */

/* The lock is held, but not while the snapshot is made. What is committed meanwhile makes it old:
 * the version is taken first. */
static void make(struct recent *recent)
{
    struct snapshot_hold *hold = mem_zalloc(1, sizeof *hold);
    struct err ignored = {0}; /* whoever asks walks, and is told */

    *hold = (struct snapshot_hold){.holders = 1,
                                   .version = db_data_version(case_db(recent->watch)),
                                   .seen_ms = clock_ms(),
                                   .written = recent->written};
    pthread_mutex_unlock(&recent->lock);
    int result = snapshot_load(recent->reader, &hold->snapshot, &ignored);
    pthread_mutex_lock(&recent->lock);
    if (result < 0 || hold->snapshot == NULL) {
        drop(hold);
        return;
    }
    drop(recent->newest);
    recent->newest = hold;
}

/* The lock is held. Until the pause is over, or something was written here. */
static void rest(struct recent *recent, int64_t ms)
{
    int64_t written = recent->written;
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += ms % 1000 * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    while (!recent->ending && recent->written == written &&
           pthread_cond_timedwait(&recent->wake, &recent->lock, &until) == 0)
        ;
}

static void *work(void *arg)
{
    struct recent *recent = arg;

    pthread_mutex_lock(&recent->lock);
    while (!recent->ending) {
        if (!recent->wanted) {
            pthread_cond_wait(&recent->wake, &recent->lock);
            continue;
        }
        int64_t began = clock_ms();
        recent->wanted = false;
        make(recent);
        int64_t pause = (clock_ms() - began) * PAUSE_FACTOR;
        rest(recent, pause < PAUSE_MAX_MS ? pause : PAUSE_MAX_MS);
    }
    pthread_mutex_unlock(&recent->lock);
    return NULL;
}

/* ---- its life ---- */

static int start(struct recent *recent, struct err *err)
{
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int result = pthread_create(&recent->thread, NULL, work, recent);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    recent->started = result == 0;
    return result == 0 ? 0 : err_set(err, ERR_IO, "cannot start a thread");
}

int recent_start(const struct sanad_case *kase, struct recent **ret_recent, struct err *err)
{
    struct recent *recent = mem_zalloc(1, sizeof *recent);
    pthread_condattr_t attributes;

    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_mutex_init(&recent->lock, NULL);
    pthread_cond_init(&recent->wake, &attributes);
    pthread_condattr_destroy(&attributes);
    recent->wanted = true;
    int result = case_open_reader(kase, &recent->watch, err);
    if (result == 0)
        result = case_open_reader(kase, &recent->reader, err);
    if (result == 0)
        result = start(recent, err);
    if (result == 0)
        *ret_recent = recent;
    else
        recent_stop(recent);
    return result;
}

void recent_stop(struct recent *recent)
{
    if (recent == NULL)
        return;
    pthread_mutex_lock(&recent->lock);
    recent->ending = true;
    pthread_cond_signal(&recent->wake);
    pthread_mutex_unlock(&recent->lock);
    if (recent->started)
        pthread_join(recent->thread, NULL);
    drop(recent->newest);
    if (recent->watch != NULL)
        case_close(recent->watch);
    if (recent->reader != NULL)
        case_close(recent->reader);
    pthread_cond_destroy(&recent->wake);
    pthread_mutex_destroy(&recent->lock);
    free(recent);
}

void recent_outdate(struct recent *recent)
{
    pthread_mutex_lock(&recent->lock);
    recent->written++;
    recent->wanted = true;
    pthread_cond_signal(&recent->wake);
    pthread_mutex_unlock(&recent->lock);
}

/* ---- asking ---- */

/* The lock is held. Whether the case is as the newest snapshot has it. */
static bool is_current(const struct recent *recent)
{
    struct snapshot_hold *newest = recent->newest;

    if (newest == NULL || newest->written != recent->written ||
        newest->version != db_data_version(case_db(recent->watch)))
        return false;
    newest->seen_ms = clock_ms();
    return true;
}

static bool is_recent(const struct recent *recent)
{
    const struct snapshot_hold *newest = recent->newest;

    return newest != NULL && newest->written == recent->written &&
           clock_ms() - newest->seen_ms < RECENT_MS;
}

struct snapshot_hold *recent_take(struct recent *recent)
{
    struct snapshot_hold *hold = NULL;

    pthread_mutex_lock(&recent->lock);
    bool current = is_current(recent);
    if (is_recent(recent)) {
        hold = recent->newest;
        hold->holders++;
    }
    if (!current && !recent->wanted) {
        recent->wanted = true;
        pthread_cond_signal(&recent->wake);
    }
    pthread_mutex_unlock(&recent->lock);
    return hold;
}

void recent_give(struct recent *recent, struct snapshot_hold *hold)
{
    pthread_mutex_lock(&recent->lock);
    drop(hold);
    pthread_mutex_unlock(&recent->lock);
}

const struct snapshot *recent_snapshot(const struct snapshot_hold *hold)
{
    return hold == NULL ? NULL : hold->snapshot;
}
