/*
 * Documents that are read in two steps: a child names their format, LibreOffice converts them
 * (convert.h), and a second child reads what came out. The item, its row and its children are those
 * of the original all along.
 */
#include <poll.h>
#include <unistd.h>

#include "base/buf.h"
#include "ingest/pipeline.h"

static int running(const struct pipeline *pipeline)
{
    int count = 0;

    for (int i = 0; i < pipeline->jobs; i++)
        count += pipeline->slots[i].convert != NULL;
    return count;
}

/* LibreOffice wants a processor for itself. */
static bool has_room(const struct pipeline *pipeline)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    return running(pipeline) < (processors > 0 ? processors : 1);
}

static int give_up(struct pipeline *pipeline, struct slot *slot, enum reason reason,
                   const char *detail, struct err *err)
{
    convert_free(slot->convert);
    slot->convert = NULL;
    collect_fail(slot->collect, reason, detail);
    return pipeline_settle(pipeline, slot, err);
}

static int begin(struct pipeline *pipeline, struct slot *slot, struct err *err)
{
    CLEANUP(item_release) struct item item = {0};
    CLEANUP(cleanup_fd) int fd = -1;
    char detail[DETAIL_MAX] = "";
    int rc = item_load(pipeline->kase, slot->item, &item, err);

    if (!rc)
        rc = pipeline_open_document(pipeline, &item, &fd, err);
    if (rc)
        return rc;
    if (fd < 0)
        return give_up(pipeline, slot, REASON_LIMIT_SIZE, "too large to be converted", err);
    rc = convert_start(slot->conversion, fd, pipeline->options->memory_mib, &slot->convert, detail,
                       err);
    return rc ? (rc < 0 ? rc : 0) : give_up(pipeline, slot, REASON_NO_CONVERTER, detail, err);
}

/* What the first child said of the document is forgotten: it was no more than its name. */
static int read_result(struct pipeline *pipeline, struct slot *slot, int result_fd, struct err *err)
{
    CLEANUP(item_release) struct item item = {0};
    const struct conversion *how = slot->conversion;
    struct job_load load = job_load_of(result_fd, -1);
    int64_t id = slot->item;

    slot_clear(slot);
    pipeline->busy--;
    int rc = derive_clear(&pipeline->derive, pipeline->kase, id, err);
    if (!rc)
        rc = item_load(pipeline->kase, id, &item, err);
    if (!rc)
        rc = pipeline_start_child(pipeline, slot, &item, NULL, &load, err);
    if (!rc && slot->item == id) { /* else the nursery has died: it waits again */
        slot->converted = true;
        collect_through(slot->collect, how);
    }
    return rc;
}

int pipeline_convert(struct pipeline *pipeline, struct slot *slot, struct err *err)
{
    char detail[DETAIL_MAX] = "";
    CLEANUP(cleanup_fd) int result = -1;

    if (!slot->convert)
        return has_room(pipeline) ? begin(pipeline, slot, err) : 0;
    struct pollfd ended = {.fd = convert_fd(slot->convert), .events = POLLIN};
    if (poll(&ended, 1, 0) <= 0)
        return 0;
    enum reason reason = convert_take(slot->convert, &result, detail);
    return reason == REASON_NONE ? read_result(pipeline, slot, result, err)
                                 : give_up(pipeline, slot, reason, detail, err);
}
