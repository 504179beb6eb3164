#include "names/finder.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "names/tagger.h"

enum {
    FINDER_THREADS_MAX = 16,
    GIVEN_MAX = 512,            /* given and not taken back; a power of two */
    GIVEN_BYTES_MAX = 16 << 20, /* of their texts; one page may be larger */
};

struct job {
    struct found_page found;
    const char *lang;
    mention_finder_fn *find;
    size_t space; /* mentions there is room for */
    bool done;
};

struct seeker {
    struct finder *finder;
    pthread_t thread;
};

struct finder {
    pthread_mutex_t lock; /* guards all below but what is marked, and a job until it is begun */
    pthread_cond_t given, done;
    struct job jobs[GIVEN_MAX];
    /* Counts since the start: jobs[n % GIVEN_MAX]. Taken back <= begun <= given. */
    size_t taken, begun, count;
    bool ending;
    /* the owner's */
    size_t bytes;
    struct seeker seekers[FINDER_THREADS_MAX];
    unsigned seeker_count;
    bool started;
    struct tagger *tagger;
};

static int keep(void *ctx, const struct mention *mention)
{
    struct job *job = ctx;
    struct found_page *found = &job->found;

    if (found->count == job->space) {
        job->space = job->space ? 2 * job->space : 64;
        found->mentions = mem_realloc(found->mentions, job->space, sizeof(*found->mentions));
    }
    found->mentions[found->count++] = *mention;
    return 0;
}

static void search(struct finder *finder, struct job *job, struct tagger *tagger)
{
    (void)job->find(tagger, job->found.text, job->found.text_len, job->lang, keep, job);
    pthread_mutex_lock(&finder->lock);
    job->done = true;
    pthread_cond_signal(&finder->done);
    pthread_mutex_unlock(&finder->lock);
}

/* The next job that nobody has begun; NULL: none, or with `wait` the end. */
static struct job *begin(struct finder *finder, bool wait)
{
    struct job *job = NULL;

    pthread_mutex_lock(&finder->lock);
    while (wait && finder->begun == finder->count && !finder->ending)
        pthread_cond_wait(&finder->given, &finder->lock);
    if (finder->begun < finder->count && !finder->ending)
        job = &finder->jobs[finder->begun++ % GIVEN_MAX];
    pthread_mutex_unlock(&finder->lock);
    return job;
}

static void *seek(void *arg)
{
    struct finder *finder = ((struct seeker *)arg)->finder;
    struct tagger *tagger = tagger_new(NULL);
    struct job *job;

    while ((job = begin(finder, true)) != NULL)
        search(finder, job, tagger);
    tagger_free(tagger);
    return NULL;
}

/* Signals are for the owner. Each thread has sums of its own to fill, and the processor's cache is
 * shared: no more than can work at a time. */
static void start(struct finder *finder)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    sigset_t all, before;

    finder->started = true;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (long i = 0; (i == 0 || i + 1 < processors) && i < FINDER_THREADS_MAX; i++) {
        struct seeker *seeker = &finder->seekers[finder->seeker_count];
        seeker->finder = finder;
        if (pthread_create(&seeker->thread, NULL, seek, seeker))
            break;
        finder->seeker_count++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

struct finder *finder_new(void)
{
    struct finder *finder = mem_zalloc(1, sizeof(*finder));

    pthread_mutex_init(&finder->lock, NULL);
    pthread_cond_init(&finder->given, NULL);
    pthread_cond_init(&finder->done, NULL);
    return finder;
}

static void release(struct job *job)
{
    free(job->found.text);
    free(job->found.mentions);
    *job = (struct job){0};
}

void finder_free(struct finder *finder)
{
    if (!finder)
        return;
    pthread_mutex_lock(&finder->lock);
    finder->ending = true;
    pthread_cond_broadcast(&finder->given);
    pthread_mutex_unlock(&finder->lock);
    for (unsigned i = 0; i < finder->seeker_count; i++)
        pthread_join(finder->seekers[i].thread, NULL);
    for (size_t i = 0; i < GIVEN_MAX; i++)
        release(&finder->jobs[i]);
    tagger_free(finder->tagger);
    pthread_cond_destroy(&finder->done);
    pthread_cond_destroy(&finder->given);
    pthread_mutex_destroy(&finder->lock);
    free(finder);
}

bool finder_has_room(const struct finder *finder)
{
    return finder->count == finder->taken ||
           (finder->count - finder->taken < GIVEN_MAX && finder->bytes < GIVEN_BYTES_MAX);
}

bool finder_holds(const struct finder *finder, int64_t item)
{
    for (size_t at = finder->taken; at < finder->count; at++)
        if (finder->jobs[at % GIVEN_MAX].found.item == item)
            return true;
    return false;
}

void finder_give(struct finder *finder, const struct page *page, const char *lang,
                 mention_finder_fn *find)
{
    struct job *job = &finder->jobs[finder->count % GIVEN_MAX];

    BUG_IF(!finder_has_room(finder));
    if (!finder->started)
        start(finder);
    *job = (struct job){
        .found = {.item = page->item,
                  .page = page->id,
                  .text = mem_alloc(page->text_len + 1),
                  .text_len = page->text_len},
        .lang = lang,
        .find = find,
    };
    if (page->text_len)
        memcpy(job->found.text, page->text, page->text_len);
    job->found.text[page->text_len] = '\0';
    finder->bytes += page->text_len;
    pthread_mutex_lock(&finder->lock);
    finder->count++;
    pthread_cond_signal(&finder->given);
    pthread_mutex_unlock(&finder->lock);
}

static bool is_done(struct finder *finder, const struct job *job)
{
    pthread_mutex_lock(&finder->lock);
    bool done = job->done;
    pthread_mutex_unlock(&finder->lock);
    return done;
}

static void wait_for(struct finder *finder, const struct job *job)
{
    pthread_mutex_lock(&finder->lock);
    while (!job->done)
        pthread_cond_wait(&finder->done, &finder->lock);
    pthread_mutex_unlock(&finder->lock);
}

const struct found_page *finder_first(struct finder *finder, bool wait)
{
    struct job *job = &finder->jobs[finder->taken % GIVEN_MAX];

    if (finder->taken == finder->count)
        return NULL;
    while (!is_done(finder, job)) {
        if (!wait)
            return NULL;
        /* The owner has nothing else to do: it takes part. */
        struct job *other = begin(finder, false);
        if (!other) {
            wait_for(finder, job);
            break;
        }
        if (!finder->tagger)
            finder->tagger = tagger_new(NULL);
        search(finder, other, finder->tagger);
    }
    return &job->found;
}

void finder_next(struct finder *finder)
{
    struct job *job = &finder->jobs[finder->taken % GIVEN_MAX];

    BUG_IF(finder->taken == finder->count);
    finder->bytes -= job->found.text_len;
    release(job);
    finder->taken++;
}
