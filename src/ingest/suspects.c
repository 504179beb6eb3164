/*
 * When the nursery itself dies, one of the documents it was reading may be the cause, or nobody is:
 * somebody ran `kill`, memory was short. All of them are read again, each alone, before anything
 * else; the one with which a nursery dies alone for a second time has crashed. So no document is
 * lost by its neighbours, however often the nursery is killed.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ingest/pipeline.h"

enum {
    ALONE_DEATHS_MAX = 2,
    IDLE_DEATHS_MAX = 3, /* of a nursery that had nothing to read */
};

static void suspect(struct suspects *suspects, int64_t item)
{
    for (int i = 0; i < suspects->count; i++)
        if (suspects->items[i] == item)
            return;
    if (suspects->count < JOBS_MAX)
        suspects->items[suspects->count++] = item;
}

void suspects_clear(struct suspects *suspects, int64_t item)
{
    for (int i = 0; i < suspects->count; i++) {
        if (suspects->items[i] != item)
            continue;
        suspects->count--;
        memmove(suspects->items + i, suspects->items + i + 1,
                (size_t)(suspects->count - i) * sizeof(suspects->items[0]));
        suspects->alone_deaths = 0;
    }
    suspects->idle_deaths = 0;
}

/* Forgets what a child said of a document, which waits again. */
static int take_back(struct pipeline *pipeline, struct slot *slot, struct err *err)
{
    int64_t item = slot->item;

    slot_clear(slot);
    pipeline->busy--;
    suspect(&pipeline->suspects, item);
    return derive_clear(&pipeline->derive, pipeline->kase, item, err);
}

/* Whether the document of `slot` was read alone, and not for the first time. */
static bool is_cause(struct pipeline *pipeline, const struct slot *slot)
{
    struct suspects *suspects = &pipeline->suspects;

    return pipeline->busy == 1 && suspects->count && suspects->items[0] == slot->item &&
           ++suspects->alone_deaths >= ALONE_DEATHS_MAX;
}

int pipeline_nursery_died(struct pipeline *pipeline, struct err *err)
{
    int rc = 0;

    nursery_stop(pipeline->nursery);
    pipeline->nursery = NULL;
    if (!pipeline->busy && ++pipeline->suspects.idle_deaths >= IDLE_DEATHS_MAX)
        return err_set(err, ERR_WORKER, "the worker ends again and again before it is given work");
    for (int i = 0; !rc && i < pipeline->jobs; i++) {
        struct slot *slot = &pipeline->slots[i];
        if (!slot->item)
            continue;
        if (is_cause(pipeline, slot)) {
            slot->end = (struct job_end){.death = DEATH_SIGNAL, .status = 9};
            rc = pipeline_settle(pipeline, slot, err);
        } else {
            rc = take_back(pipeline, slot, err);
        }
    }
    pipeline->queue_at = pipeline->queue_len = 0;
    pipeline->queue_after = 0; /* all that wait are looked at anew */
    pipeline->known = item_last(pipeline->kase);
    return rc;
}
