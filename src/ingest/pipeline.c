#include "ingest/pipeline.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "ingest/take.h"
#include "store/kept.h"
#include "store/running.h"

enum {
    /* Some always have a next document while this thread commits. */
    JOBS_PER_PROCESSOR = 3,
    COMMIT_MS = 1500, /* a group of documents is committed this often */
    SHOW_MS = 200,
    PACE_MS = 15000, /* the rate is that of the last one to two of these, later of longer ones */
    PACE_MOST_MS = 180000,
    WAIT_MS = 100, /* the longest sleep: a stop is seen within it */
    READ_STEP = 256 << 10,
    /* Of a container with many small children each is work: it is read in steps that take a moment,
     * so that others are served and a stop is seen. */
    READ_STEP_FIRST = 32 << 10,
    READ_STEP_MIN = 4 << 10,
    STEP_MS = 6,
    READS_A_TURN = 8,
    TURN_MS = 20,
    TAKE_AHEAD = 16, /* files taken in before the children are looked after again */
};

/* Documents that were half read when an earlier run was killed: what is there of them goes, they
 * are read again. Those that wait count as known work. */
static int clean_half_read(struct pipeline *pipeline, struct err *err)
{
    int64_t after = 0;
    int64_t ids[QUEUE_MAX];
    int count;

    while ((count = item_half_read(pipeline->kase, after, ids, QUEUE_MAX, err)) > 0) {
        for (int i = 0; i < count; i++) {
            int rc = derive_clear(&pipeline->derive, pipeline->kase, ids[i], err);
            if (rc)
                return rc;
        }
        after = ids[count - 1];
        pipeline->dirty = true;
    }
    if (count < 0)
        return count;
    pipeline->progress->items_new = item_waiting_count(pipeline->kase);
    pipeline->known = item_last(pipeline->kase);
    return 0;
}

int pipeline_start(struct pipeline *pipeline, struct sanad_case *kase,
                   const struct ingest_options *options, struct ingest_progress *progress,
                   struct err *err)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    *pipeline = (struct pipeline){.kase = kase, .options = options, .progress = progress};
    *progress = (struct ingest_progress){.left_ms = -1};
    pipeline->jobs = options->jobs > 0
                         ? options->jobs
                         : JOBS_PER_PROCESSOR * (int)(processors > 0 ? processors : 1);
    if (pipeline->jobs > JOBS_MAX)
        pipeline->jobs = JOBS_MAX;
    for (int i = 0; i < JOBS_MAX; i++)
        pipeline->slots[i].frames_fd = -1;
    pipeline->started = clock_now();
    pipeline->started_ms = pipeline->committed_ms = clock_ms();
    int rc = db_begin(case_db(kase), err);
    if (!rc)
        rc = derive_start(&pipeline->derive, kase, options->derivers, err);
    if (!rc)
        rc = kept_prepare(kase, err);
    if (!rc)
        rc = running_prepare(kase, err);
    if (rc)
        return rc;
    pipeline->derive.keep =
        (struct keep){.any = kept_any(kase), .langs = options->ocr ? options->langs : NULL};
    return clean_half_read(pipeline, err);
}

/* For those who look at the case meanwhile. */
static int note_progress(struct pipeline *pipeline, struct err *err)
{
    const struct ingest_progress *progress = pipeline->progress;
    struct running running = {.adds = pipeline->intake != 0,
                              .started = pipeline->started,
                              .elapsed_ms = progress->elapsed_ms,
                              .left_ms = progress->left_ms,
                              .files_total = progress->files_total,
                              .files_taken = progress->files_taken,
                              .items_read = progress->items_read,
                              .waiting = progress->waiting,
                              .pages = progress->pages,
                              .failed = progress->failed};

    return running_put(pipeline->kase, &running, err);
}

int pipeline_commit(struct pipeline *pipeline, bool now, struct err *err)
{
    bool asked = case_is_asked(pipeline->kase);

    if (!asked && (!pipeline->dirty || (!now && clock_ms() - pipeline->committed_ms < COMMIT_MS)))
        return 0;
    int rc = derive_flush(&pipeline->derive, err);
    if (!rc)
        rc = note_progress(pipeline, err);
    if (!rc)
        rc = case_commit(pipeline->kase, err);
    if (!rc && asked) /* what people decide does not wait for the end of the run */
        rc = case_lend(pipeline->kase, err);
    if (!rc)
        rc = db_begin(case_db(pipeline->kase), err);
    pipeline->committed_ms = clock_ms();
    pipeline->dirty = false;
    return rc;
}

/* Milliseconds for `left` items at the rate of the last while: scans take a thousand times as long
 * as mails, and the average since the start would promise an end that never comes; that of half a
 * minute jumps from seconds to hours when a few long documents are read. */
static int64_t time_left(struct pipeline *pipeline, int64_t left)
{
    const struct ingest_progress *progress = pipeline->progress;
    struct pace_mark *older = &pipeline->pace[0];
    struct pace_mark *newer = &pipeline->pace[1];
    int64_t pace = progress->elapsed_ms / 4;

    if (pace < PACE_MS)
        pace = PACE_MS;
    if (progress->elapsed_ms - newer->ms >= (pace < PACE_MOST_MS ? pace : PACE_MOST_MS)) {
        *older = *newer;
        *newer = (struct pace_mark){progress->elapsed_ms, progress->items_read};
    }
    int64_t ms = progress->elapsed_ms - older->ms;
    int64_t items = progress->items_read - older->items;
    return items > 0 && ms > 2000 ? ms * left / items : -1;
}

void pipeline_show(struct pipeline *pipeline, bool now)
{
    struct ingest_progress *progress = pipeline->progress;
    int64_t ms = clock_ms();

    if (!now && ms - pipeline->shown_ms < SHOW_MS)
        return;
    pipeline->shown_ms = ms;
    progress->elapsed_ms = ms - pipeline->started_ms;
    progress->waiting =
        progress->items_new > progress->items_read ? progress->items_new - progress->items_read : 0;
    /* Work left, in items: what is known to wait, and files not looked at yet. */
    int64_t left = progress->waiting + (progress->files_total > progress->files_taken
                                            ? progress->files_total - progress->files_taken
                                            : 0);
    progress->left_ms = time_left(pipeline, left);
    if (pipeline->options->progress)
        pipeline->options->progress(pipeline->options->ctx, progress);
}

/* Takes some files in, so that there is always something to read. */
static int take_some(struct pipeline *pipeline, struct err *err)
{
    struct walk_entry entry;
    enum taken taken;
    int64_t item;

    for (int i = 0; pipeline->walk && i < TAKE_AHEAD; i++) {
        if (pipeline->options->stop && *pipeline->options->stop)
            return 0;
        if (!walk_next(pipeline->walk, &entry)) {
            walk_free(pipeline->walk);
            pipeline->walk = NULL;
            return 0;
        }
        int rc =
            take(&pipeline->derive, pipeline->kase, pipeline->intake, &entry, &taken, &item, err);
        if (rc)
            return rc;
        if (entry.listed) {
            pipeline->dirty |= taken == TAKEN_SETTLED;
            continue;
        }
        pipeline->progress->files_taken++;
        if (!entry.error)
            pipeline->progress->bytes_taken += entry.stat.st_size;
        if (taken == TAKEN_UNCHANGED) {
            pipeline->progress->files_known++;
            continue;
        }
        pipeline->progress->items_new++;
        pipeline->dirty = true;
        if (entry.error || !S_ISREG(entry.stat.st_mode)) { /* it has got its outcome already */
            pipeline->progress->items_read++;
            pipeline->progress->failed += entry.error != 0;
        }
        pipeline_show(pipeline, false);
    }
    return 0;
}

/* The next step of what took `ms` for this one. */
static size_t next_step(size_t step, int64_t ms)
{
    if (ms > STEP_MS)
        return step / 2 > READ_STEP_MIN ? step / 2 : READ_STEP_MIN;
    return ms < STEP_MS / 2 && step < READ_STEP ? 2 * step : step;
}

/* Reads what a child has written. */
static int read_frames(struct pipeline *pipeline, struct slot *slot, char *piece, struct err *err)
{
    int64_t start = clock_ms();
    int64_t now = start;

    for (int i = 0; i < READS_A_TURN && now - start < TURN_MS; i++) {
        if (!slot->step)
            slot->step = READ_STEP_FIRST;
        ssize_t got = read(slot->frames_fd, piece, slot->step);
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return 0;
        if (got <= 0) {
            close(slot->frames_fd);
            slot->frames_fd = -1;
            return 0;
        }
        int rc = collect_feed(slot->collect, piece, (size_t)got, err);
        if (rc)
            return rc;
        int64_t before = now;
        now = clock_ms();
        slot->step = next_step(slot->step, now - before);
        pipeline->progress->pages += collect_take_pages(slot->collect);
        pipeline->progress->items_new += collect_take_children(slot->collect);
        pipeline->dirty = true;
    }
    return 0;
}

static int take_end(struct pipeline *pipeline, struct err *err)
{
    struct err cause = {0};
    struct job_end end;

    if (nursery_take(pipeline->nursery, &end, &cause) < 0)
        return pipeline_nursery_died(pipeline, err);
    for (int i = 0; i < pipeline->jobs; i++) {
        struct slot *slot = &pipeline->slots[i];
        if (slot->item && slot->job == end.id) {
            slot->end = end;
            slot->ended = true;
        }
    }
    return 0;
}

/* All that are there: a turn can take as long as several documents. */
static int take_ends(struct pipeline *pipeline, struct err *err)
{
    struct pollfd control = {.fd = nursery_fd(pipeline->nursery), .events = POLLIN};
    int rc;

    do
        rc = take_end(pipeline, err);
    while (!rc && pipeline->nursery && poll(&control, 1, 0) > 0);
    return rc;
}

/* A document whose child has ended: it has its outcome, or is to be converted first. */
static int end_child(struct pipeline *pipeline, struct slot *slot, struct err *err)
{
    if (!slot->converted && !slot->conversion)
        slot->conversion = collect_wants(slot->collect, &slot->end);
    return slot->conversion ? pipeline_convert(pipeline, slot, err)
                            : pipeline_settle(pipeline, slot, err);
}

/* What a slot is waited for by: its child's frames, or its conversion. -1: neither. */
static int slot_fd(const struct slot *slot)
{
    return slot->convert ? convert_fd(slot->convert) : slot->frames_fd;
}

/* Waits for the children for at most `timeout_ms` and takes what they say. */
static int serve_children(struct pipeline *pipeline, int timeout_ms, char *piece, struct err *err)
{
    struct pollfd polled[JOBS_MAX + 1];
    struct slot *owners[JOBS_MAX + 1];
    nfds_t count = 0;
    int rc = 0;

    if (!pipeline->nursery)
        return 0;
    polled[count++] = (struct pollfd){.fd = nursery_fd(pipeline->nursery), .events = POLLIN};
    for (int i = 0; i < pipeline->jobs; i++) {
        int fd = slot_fd(&pipeline->slots[i]);
        if (fd < 0)
            continue;
        owners[count] = &pipeline->slots[i];
        polled[count++] = (struct pollfd){.fd = fd, .events = POLLIN};
    }
    bool ready = poll(polled, count, timeout_ms) > 0;
    for (nfds_t i = 1; i < count && ready && !rc; i++)
        if (polled[i].revents && owners[i]->frames_fd >= 0)
            rc = read_frames(pipeline, owners[i], piece, err);
    if (!rc && ready && polled[0].revents)
        rc = take_ends(pipeline, err);
    /* also when nothing was said: a conversion may wait for its turn */
    for (int i = 0; i < pipeline->jobs && !rc; i++) {
        struct slot *slot = &pipeline->slots[i];
        if (slot->item && slot->ended && slot->frames_fd < 0)
            rc = end_child(pipeline, slot, err);
    }
    return rc;
}

int pipeline_run(struct pipeline *pipeline, struct err *err)
{
    CLEANUP(cleanup_free) char *piece = mem_alloc(READ_STEP);

    for (;;) {
        if (pipeline->options->stop && *pipeline->options->stop)
            return err_set(err, ERR_INTERRUPTED, "stopped");
        int rc = pipeline_dispatch(pipeline, err);
        if (!rc && pipeline->walk)
            rc = take_some(pipeline, err);
        bool idle = !pipeline->walk && pipeline->queue_at == pipeline->queue_len;
        if (!rc && idle && !pipeline->busy) {
            /* From the first on: some were passed over because their container waited. */
            int64_t none;
            int left = item_waiting(pipeline->kase, 0, pipeline->known, &none, 1, err);
            if (left <= 0)
                return left;
            pipeline->queue_after = 0;
            continue;
        }
        if (!rc) /* no sleep while there are files to take in */
            rc = serve_children(pipeline, pipeline->walk || !pipeline->busy ? 0 : WAIT_MS, piece,
                                err);
        if (!rc)
            rc = pipeline_commit(pipeline, false, err);
        if (rc)
            return rc;
        pipeline_show(pipeline, false);
    }
}

int pipeline_finish(struct pipeline *pipeline, int rc, struct err *err)
{
    struct err later = {0};

    nursery_stop(pipeline->nursery);
    for (int i = 0; i < JOBS_MAX; i++)
        slot_clear(&pipeline->slots[i]);
    walk_free(pipeline->walk);
    /* A stop commits what is done; a document half read waits and is read again. After any other
     * error the last group is given up: the case stays as it was committed before. */
    if (!rc || rc == ERR_INTERRUPTED) {
        int end = derive_flush(&pipeline->derive, &later);
        if (!end && !rc)
            end = derive_settle(&pipeline->derive, &later);
        if (!end && !rc && pipeline->derive.keep.any)
            end = kept_clear(pipeline->kase, &later); /* nothing waits any more */
        if (!end)
            end = running_clear(pipeline->kase, &later);
        if (!end)
            end = case_commit(pipeline->kase, &later);
        if (end) {
            db_rollback(case_db(pipeline->kase));
            rc = rc ? rc : err_set(err, end, "%s", later.message);
        }
    } else {
        db_rollback(case_db(pipeline->kase));
    }
    pipeline->progress->helped = pipeline->derive.keep.helped;
    pipeline->progress->not_helped = pipeline->derive.keep.not_helped;
    pipeline->progress->stayed = pipeline->derive.keep.stayed;
    derive_finish(&pipeline->derive);
    pipeline_show(pipeline, true);
    return rc;
}
