#include "ingest/children.h"

#include <stdlib.h>

#include "base/buf.h"
#include "ingest/take.h"

enum { CHILD_PATH_MAX = 64 << 10 };

void children_start(struct children *children, struct sanad_case *kase, struct derive *derive,
                    const struct item *container, uint64_t max_bytes)
{
    *children = (struct children){
        .kase = kase, .derive = derive, .container = container, .max_bytes = max_bytes};
}

void children_release(struct children *children)
{
    object_writer_abort(children->writer);
    free(children->name);
    free(children->mime);
    children->writer = NULL;
    children->name = children->mime = NULL;
}

void children_begin(struct children *children, const struct child_head *child)
{
    children_release(children);
    children->name = mem_strndup(child->name, child->name_len);
    children->mime = mem_strdup(child->mime);
    children->escaped = child->name_escaped;
    children->mtime = child->mtime;
    children->bytes = 0;
    children->over = false;
    children->writer = object_writer_new(children->kase);
}

int children_data(struct children *children, const void *data, size_t len, struct err *err)
{
    if (children->over || len > children->max_bytes - children->all_bytes) {
        object_writer_abort(children->writer);
        children->writer = NULL;
        children->all_bytes -= children->bytes;
        children->bytes = 0;
        children->over = true;
        return 0;
    }
    children->bytes += len;
    children->all_bytes += len;
    return object_writer_add(children->writer, data, len, err);
}

/* A child that its container could not give up whole, or that is no file: an item with that reason,
 * never read. */
static int child_without_reading(struct children *children, const struct item *child,
                                 enum reason reason, const char *detail, struct err *err)
{
    bool no_file = child->kind == ITEM_SYMLINK || child->kind == ITEM_SPECIAL;
    struct reading reading =
        reading_bare(no_file ? OUTCOME_EMPTY : OUTCOME_FAILED, reason, detail, child->mime_hint);

    return derive_reading(children->derive, children->kase, child->id, &reading, err);
}

static int forget_dropped(void *ctx, int64_t item, struct err *err)
{
    struct children *children = ctx;

    return derive_forget(children->derive, children->kase, item, err);
}

/* A child whose bytes were locked or missing when its container was read before keeps its row. */
static int fill_child(struct children *children, struct item *child, struct err *err)
{
    int64_t id = item_unfilled_child(children->kase, child);

    if (!id)
        return 0;
    int rc = derive_clear(children->derive, children->kase, id, err);
    child->id = id;
    children->new_rows++; /* it waits, as a new one does */
    return rc ? rc : item_fill(children->kase, child, err);
}

/* Finds the child that an earlier reading of the container left, or adds it in the place of one
 * that does not fit any more. */
static int find_or_add(struct children *children, struct item *child, struct err *err)
{
    child->id = item_same_child(children->kase, child);
    if (child->id)
        return 0;
    int rc = fill_child(children, child, err);
    if (rc || child->id)
        return rc;
    rc = item_drop_children(children->kase, child->parent, child->ordinal, child->ordinal,
                            forget_dropped, children, err);
    children->new_rows++;
    return rc ? rc : item_add(children->kase, child, err);
}

/* Seconds as nanoseconds; INT64_MIN for what is not known or no real time. */
static int64_t in_ns(int64_t seconds)
{
    bool real = seconds > INT64_MIN / 2000000000 && seconds < INT64_MAX / 2000000000;

    return real ? seconds * 1000000000 : INT64_MIN;
}

/* The row of the child that was received as `ref`; `path` holds what it points to. */
static struct item child_item(const struct children *children, const struct object_ref *ref,
                              enum reason reason, struct buf *path)
{
    const struct item *container = children->container;

    buf_init(path, CHILD_PATH_MAX);
    if (buf_printf(path, "%s!/%s", container->path, children->name))
        (void)buf_printf(path, "item %lld!/%s", (long long)container->id, children->name);
    return (struct item){
        .parent = container->id,
        .intake = container->intake,
        .ordinal = (uint32_t)children->count,
        .kind = reason == REASON_SYMLINK   ? ITEM_SYMLINK
                : reason == REASON_SPECIAL ? ITEM_SPECIAL
                : ref->id                  ? ITEM_FILE
                                           : ITEM_UNREADABLE,
        .path = path->data,
        .name = path_name(children->name),
        .name_escaped = children->escaped,
        .object = ref->id,
        .bytes = ref->bytes,
        .mtime_ns = in_ns(children->mtime),
        .depth = container->depth + 1,
        .mime_hint = children->mime,
        .root = container->root ? container->root : container->id,
    };
}

int children_end(struct children *children, enum reason reason, const char *detail, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf path = {0};
    struct object_writer *writer = children->writer;
    struct object_ref ref = {0};
    int rc = 0;

    children->writer = NULL;
    children->count++;
    if (children->over) {
        reason = REASON_LIMIT_SIZE;
        detail = "all that is inside the outermost container would expand to more than allowed; "
                 "extract it and add it by itself";
    }
    if (reason != REASON_NONE && !children->bytes)
        object_writer_abort(writer); /* nothing was received: no object */
    else
        rc = object_writer_finish(writer, &ref, err);
    if (rc)
        return rc;
    struct item child = child_item(children, &ref, reason, &path);
    if (item_received_child(children->kase, &child))
        return 0; /* read again without the password: what was received stays as it was read */
    rc = find_or_add(children, &child, err);
    if (!rc && reason != REASON_NONE)
        rc = child_without_reading(children, &child, reason, detail, err);
    return rc;
}

int children_finish(struct children *children, bool keep_old, struct err *err)
{
    children_release(children); /* one that was cut off in the middle */
    if (keep_old) {
        children->count = item_child_count(children->kase, children->container->id);
        return 0;
    }
    return item_drop_children(children->kase, children->container->id,
                              (uint32_t)children->count + 1, UINT32_MAX, forget_dropped, children,
                              err);
}
