#include "ingest/pipeline.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "ingest/budget.h"
#include "ingest/limits.h"
#include "ingest/volumes.h"
#include "store/object.h"

/* From a waiting item to a child that reads it, and from its end to the reading. */

static void tell(struct pipeline *pipeline, int64_t item, const char *path,
                 const struct reading *reading)
{
    pipeline->progress->failed += reading->outcome == OUTCOME_FAILED;
    if (pipeline->options->item)
        pipeline->options->item(pipeline->options->ctx, item, path, reading);
}

static int tell_row(void *ctx, const struct ledger_row *row)
{
    struct reading reading = reading_of(row);

    tell(ctx, row->item.id, row->item.path, &reading);
    return 0;
}

/* Tells what an item has come to: the reading, or the one before it if that has stayed. */
static int tell_outcome(struct pipeline *pipeline, int64_t stayed, int64_t item, const char *path,
                        const struct reading *reading, struct err *err)
{
    if (pipeline->derive.keep.stayed > stayed)
        return ledger_one(pipeline->kase, item, tell_row, pipeline, err);
    tell(pipeline, item, path, reading);
    return 0;
}

static int record(struct pipeline *pipeline, const struct item *item, const struct reading *reading,
                  struct err *err)
{
    int64_t stayed = pipeline->derive.keep.stayed;
    int rc = derive_reading(&pipeline->derive, pipeline->kase, item->id, reading, err);

    pipeline->progress->items_read++;
    pipeline->dirty = true;
    return rc ? rc : tell_outcome(pipeline, stayed, item->id, item->path, reading, err);
}

static int record_failed(struct pipeline *pipeline, const struct item *item, enum reason reason,
                         const char *detail, struct err *err)
{
    struct reading reading = reading_bare(OUTCOME_FAILED, reason, detail, item->mime_hint);

    return record(pipeline, item, &reading, err);
}

static int record_duplicate(struct pipeline *pipeline, const struct item *item, int64_t first,
                            struct err *err)
{
    char detail[64];

    snprintf(detail, sizeof(detail), "the same bytes as item %lld", (long long)first);
    struct reading reading = reading_bare(OUTCOME_DUPLICATE, REASON_NONE, detail, item->mime_hint);
    reading.duplicate_of = first;
    return record(pipeline, item, &reading, err);
}

static int record_no_bytes(struct pipeline *pipeline, const struct item *item, struct err *err)
{
    struct reading reading =
        reading_bare(OUTCOME_EMPTY, REASON_NO_BYTES, "the file is empty", "application/x-empty");

    return record(pipeline, item, &reading, err);
}

/* The first volume of a set that was not whole there may be whole here. */
static bool lacks_part(struct pipeline *pipeline, int64_t item)
{
    struct reading_state state;

    return reading_peek(pipeline->kase, item, &state) && state.reason == REASON_MISSING_PART;
}

/* Items that need no reader. Returns 1 when it is dealt with. */
static int settle_without_reader(struct pipeline *pipeline, const struct item *item,
                                 struct err *err)
{
    char detail[128];
    int rc;

    if (!item->object) {
        rc = record_failed(pipeline, item, REASON_UNREADABLE, "its bytes were not received", err);
        return rc ? rc : 1;
    }
    if (!item->bytes) {
        rc = record_no_bytes(pipeline, item, err);
        return rc ? rc : 1;
    }
    int64_t first = item_first_with_object(pipeline->kase, item->object, item->id);
    if (first && first < item->id && !lacks_part(pipeline, first)) {
        rc = record_duplicate(pipeline, item, first, err);
        return rc ? rc : 1;
    }
    if (item->depth > LIMIT_DEPTH) {
        snprintf(detail, sizeof(detail), "nested in more than %d containers; not opened",
                 LIMIT_DEPTH);
        rc = record_failed(pipeline, item, REASON_LIMIT_DEPTH, detail, err);
        return rc ? rc : 1;
    }
    return 0;
}

int pipeline_open_document(struct pipeline *pipeline, const struct item *item, int *ret_fd,
                           struct err *err)
{
    struct stat now;

    *ret_fd = -1;
    if (item->bytes <= LIMIT_MEMORY_FILE)
        return object_memfd(pipeline->kase, item->object, LIMIT_MEMORY_FILE, ret_fd, err);
    if (item->parent)
        return 0;
    int fd = open(item->raw_path ? item->raw_path : item->path,
                  O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return 0;
    if (fstat(fd, &now) || (uint64_t)now.st_size != item->bytes ||
        (int64_t)now.st_mtim.tv_sec * 1000000000 + now.st_mtim.tv_nsec != item->mtime_ns) {
        close(fd);
        return 0;
    }
    *ret_fd = fd;
    return 0;
}

static void fill_job(struct pipeline *pipeline, struct slot *slot, const struct item *item,
                     const struct volume_set *set, struct job *job)
{
    const struct ingest_options *options = pipeline->options;

    *job = (struct job){
        .id = ++pipeline->next_job,
        .kind = JOB_READ,
        .limits = {.idle_seconds =
                       options->idle_seconds ? options->idle_seconds : LIMIT_IDLE_SECONDS,
                   .total_seconds = LIMIT_TOTAL_SECONDS,
                   .memory_mib = options->memory_mib ? options->memory_mib : LIMIT_MEMORY_MIB,
                   .output_bytes =
                       budget_of(slot->bytes, LIMIT_EXPANDED_BYTES, LIMIT_EXPANDED_RATIO)},
        .ocr = options->ocr,
    };
    snprintf(job->langs, sizeof(job->langs), "%s", options->langs);
    snprintf(job->name, sizeof(job->name), "%s", item->name);
    snprintf(job->mime, sizeof(job->mime), "%s", item->mime_hint);
    if (set) {
        snprintf(job->next_volume, sizeof(job->next_volume), "%s", set->next);
        if (set->joined) /* without ".001" */
            job->name[set->name.stem - 1] = '\0';
    }
    slot->job = job->id;
    slot->limits = job->limits;
}

int pipeline_start_child(struct pipeline *pipeline, struct slot *slot, const struct item *item,
                         const struct volume_set *set, struct job_load *load, struct err *err)
{
    struct err dead = {0};
    struct job job;
    int frames[2];

    if (!pipeline->nursery) {
        int rc =
            nursery_start(&pipeline->nursery, pipeline->options->ocr, pipeline->options->stop, err);
        if (rc)
            return rc;
    }
    if (pipe2(frames, O_CLOEXEC))
        return err_set_errno(err, ERR_IO, errno, "cannot make a pipe");
    (void)fcntl(frames[0], F_SETFL, O_NONBLOCK);
    (void)fcntl(frames[0], F_SETPIPE_SZ, 1 << 20); /* fewer turns; a smaller one works too */
    slot->bytes = set ? set->bytes : item->bytes;
    fill_job(pipeline, slot, item, set, &job);
    struct job_load sent = *load;
    sent.frames_fd = frames[1];
    sent.passwords_fd = pipeline->options->passwords_fd ? pipeline->options->passwords_fd : -1;
    int rc = nursery_send(pipeline->nursery, &job, &sent, &dead);
    close(frames[1]);
    if (rc) { /* the document waits for a new one */
        close(frames[0]);
        return pipeline_nursery_died(pipeline, err);
    }
    slot->item = item->id;
    slot->root = item->root;
    slot->path = mem_strdup(item->path);
    slot->frames_fd = frames[0];
    slot->ended = false;
    slot->collect = collect_new(pipeline->kase, &pipeline->derive, item,
                                budget_left(&pipeline->budgets, pipeline->kase, item));
    collect_passwords(slot->collect, pipeline->options->passwords_fd);
    pipeline->busy++;
    return 0;
}

static struct slot *free_slot(struct pipeline *pipeline)
{
    for (int i = 0; i < pipeline->jobs; i++)
        if (!pipeline->slots[i].item)
            return &pipeline->slots[i];
    return NULL;
}

/* Whether the documents in flight leave room for one more. */
static bool has_room(const struct pipeline *pipeline, uint64_t bytes)
{
    uint64_t sum = bytes;

    for (int i = 0; i < pipeline->jobs; i++)
        sum += pipeline->slots[i].item ? pipeline->slots[i].bytes : 0;
    return !pipeline->busy || sum <= LIMIT_IN_FLIGHT;
}

/* Closes the documents; the volumes' places are the set's. */
static void release_load(struct job_load *load)
{
    load->volumes = NULL;
    job_load_release(load);
}

static int refuse(struct pipeline *pipeline, const struct item *item, int rc,
                  const struct err *cause, struct err *err)
{
    if (rc == ERR_LIMIT)
        return record_failed(pipeline, item, REASON_LIMIT_MEMORY, cause->message, err);
    if (rc == ERR_CORRUPT || rc == ERR_NOT_FOUND)
        return record_failed(pipeline, item, REASON_CORRUPT, cause->message, err);
    return err_set(err, rc, "%s", cause->message);
}

/* Reads a document, with the other volumes of its set if it leads one. */
static int read_item(struct pipeline *pipeline, const struct item *item, struct volume_set *set,
                     struct slot *slot, struct err *err)
{
    CLEANUP(release_load) struct job_load load = job_load_of(-1, -1);
    struct err cause = {0};
    int rc;

    if (set) {
        rc = volume_record_parts(pipeline, item, set, err);
        if (rc)
            return rc;
        rc = volume_set_open(pipeline, item, set, &load, &cause);
    } else {
        rc = pipeline_open_document(pipeline, item, &load.document_fd, &cause);
    }
    if (rc)
        return refuse(pipeline, item, rc, &cause, err);
    if (load.document_fd < 0)
        return record_failed(pipeline, item, REASON_LIMIT_SIZE,
                             "too large to be read inside its container or after the file has "
                             "changed; extract it and add it by itself",
                             err);
    return pipeline_start_child(pipeline, slot, item, set, &load, err);
}

static bool in_flight(const struct pipeline *pipeline, int64_t item)
{
    for (int i = 0; i < pipeline->jobs; i++)
        if (pipeline->slots[i].item == item)
            return true;
    return false;
}

/* 1: not now, it has to wait until others are done. */
static int dispatch_one(struct pipeline *pipeline, int64_t id, struct slot *slot, struct err *err)
{
    CLEANUP(item_release) struct item item = {0};
    CLEANUP(cleanup_free) struct volume_set *set = NULL;
    struct reading_state known;

    /* Listed again, or settled since it was queued: a volume whose leader was read. */
    if (in_flight(pipeline, id) || reading_peek(pipeline->kase, id, &known))
        return 0;
    int rc = item_load(pipeline->kase, id, &item, err);
    if (!rc && volume_set_possible(&item)) {
        if (volume_set_waits(pipeline, &item))
            return 0; /* it still waits; all that do are looked at again */
        set = mem_alloc(sizeof(*set));
        if (!volume_set_find(pipeline, &item, set, err)) {
            free(set);
            set = NULL;
        }
    }
    if (!rc && set && volume_set_busy(pipeline, set))
        return 0;
    if (!rc && set && set->leader != item.id) {
        rc = volume_record_part(pipeline, &item, set, err);
        return rc < 0 ? rc : 0;
    }
    if (!rc)
        rc = settle_without_reader(pipeline, &item, err);
    if (rc)
        return rc < 0 ? rc : 0;
    if (!has_room(pipeline, set ? set->bytes : item.bytes))
        return 1;
    return read_item(pipeline, &item, set, slot, err);
}

/* Behind the last of those that wait nothing is listed again: a half-read archive can have a
 * million children that wait for it. */
static int refill_queue(struct pipeline *pipeline, struct err *err)
{
    int64_t last = item_last(pipeline->kase);
    int count = item_waiting(pipeline->kase, pipeline->queue_after, pipeline->known,
                             pipeline->queue, QUEUE_MAX, err);

    if (count < 0)
        return count;
    pipeline->queue_at = 0;
    pipeline->queue_len = count;
    pipeline->queue_after = count == QUEUE_MAX ? pipeline->queue[count - 1] : last;
    return 0;
}

/* Children that an earlier run left were passed over until now. */
static void children_wait_no_more(struct pipeline *pipeline, int64_t item)
{
    if (item <= pipeline->known && item < pipeline->queue_after)
        pipeline->queue_after = item;
}

/* One document at a time, while there are suspects. */
static int dispatch_suspect(struct pipeline *pipeline, struct err *err)
{
    struct suspects *suspects = &pipeline->suspects;
    int rc = 0;

    while (!rc && suspects->count && !pipeline->busy) {
        int64_t item = suspects->items[0];
        uint64_t job = pipeline->next_job;
        rc = dispatch_one(pipeline, item, free_slot(pipeline), err);
        if (pipeline->next_job == job) /* it needs no reader */
            suspects_clear(suspects, item);
    }
    return rc;
}

int pipeline_dispatch(struct pipeline *pipeline, struct err *err)
{
    struct slot *slot;

    if (pipeline->suspects.count) {
        int rc = dispatch_suspect(pipeline, err);
        if (rc || pipeline->suspects.count)
            return rc;
    }

    while ((slot = free_slot(pipeline))) {
        if (pipeline->queue_at == pipeline->queue_len) {
            int rc = refill_queue(pipeline, err);
            if (rc || !pipeline->queue_len)
                return rc;
        }
        int rc = dispatch_one(pipeline, pipeline->queue[pipeline->queue_at++], slot, err);
        if (rc < 0)
            return rc;
        if (rc > 0) {
            pipeline->queue_at--;
            return 0;
        }
    }
    return 0;
}

void slot_clear(struct slot *slot)
{
    convert_free(slot->convert);
    collect_free(slot->collect);
    free(slot->path);
    if (slot->frames_fd >= 0)
        close(slot->frames_fd);
    *slot = (struct slot){.frames_fd = -1};
}

int pipeline_settle(struct pipeline *pipeline, struct slot *slot, struct err *err)
{
    struct reading reading;
    int64_t stayed = pipeline->derive.keep.stayed;
    int rc = collect_end(slot->collect, &slot->end, &slot->limits, &reading, err);

    if (!rc) {
        pipeline->progress->items_read++;
        pipeline->progress->pages += collect_take_pages(slot->collect);
        int64_t children = collect_take_children(slot->collect);
        pipeline->progress->items_new += children;
        budget_use(&pipeline->budgets, slot->root, collect_child_bytes(slot->collect));
        children_wait_no_more(pipeline, slot->item);
        rc = tell_outcome(pipeline, stayed, slot->item, slot->path, &reading, err);
    }
    suspects_clear(&pipeline->suspects, slot->item);
    slot_clear(slot);
    pipeline->busy--;
    pipeline->dirty = true;
    return rc;
}
