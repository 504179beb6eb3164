#include "ingest/volumes.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "ingest/limits.h"
#include "store/object.h"

/* "leak.7z" in "leak.7z.001": a file that was cut keeps its own ending. Names such as letter.001
 * are letters, not parts of one. */
static bool has_inner_ending(const char *name, size_t stem)
{
    size_t end = stem ? stem - 1 : 0; /* the last dot */
    size_t at = end;

    while (at && isalnum((unsigned char)name[at - 1]))
        at--;
    bool letter = false;
    for (size_t i = at; i < end; i++)
        letter |= isalpha((unsigned char)name[i]) != 0;
    return at > 1 && name[at - 1] == '.' && end > at && end - at <= 5 && letter;
}

static bool is_cut(const struct volume_name *name)
{
    return name->style == VOLUME_CUT || name->style == VOLUME_CUT_AA;
}

bool volume_set_possible(const struct item *item)
{
    struct volume_name name = volume_name_parse(item->name);

    if (name.style == VOLUME_NONE || !item->object)
        return false;
    return !is_cut(&name) || has_inner_ending(item->name, name.stem);
}

/* All pieces of a cut file but the last are of one size, and the last is not larger. */
static bool sizes_fit(const struct volume_set *set, uint64_t first)
{
    for (uint32_t i = 0; i + 1 < set->count; i++)
        if (set->volumes[i].bytes != first)
            return false;
    return !set->count || set->volumes[set->count - 1].bytes <= first;
}

static void copy_name(char out[JOB_VOLUME_NAME_MAX], const char *name)
{
    size_t len = utf8_prefix(name, strlen(name), JOB_VOLUME_NAME_MAX - 1);

    memcpy(out, name, len);
    out[len] = '\0';
}

static int find_others(struct pipeline *pipeline, const struct item *leader, struct volume_set *set,
                       struct err *err)
{
    struct volume_name name = volume_name_parse(leader->name);
    char other[VOLUME_NAME_SPACE];
    uint32_t number = name.style == VOLUME_ZIP ? 1 : 2;

    for (; set->count < JOB_VOLUMES_MAX; number++) {
        CLEANUP(item_release) struct item item = {0};
        volume_name_make(leader->name, &name, number, other);
        int64_t id = item_sibling(pipeline->kase, leader, other);
        if (!id)
            break;
        int rc = item_load(pipeline->kase, id, &item, err);
        if (rc)
            return rc;
        set->items[set->count] = id;
        set->objects[set->count] = item.object;
        struct job_volume *volume = &set->volumes[set->count++];
        volume->bytes = item.bytes;
        copy_name(volume->name, other);
        set->bytes += item.bytes;
    }
    volume_name_make(leader->name, &name, number, other);
    copy_name(set->next, other);
    return 0;
}

bool volume_set_find(struct pipeline *pipeline, const struct item *item, struct volume_set *ret_set,
                     struct err *err)
{
    CLEANUP(item_release) struct item leader = {0};
    char name[VOLUME_NAME_SPACE];

    memset(ret_set, 0, sizeof(*ret_set));
    if (!volume_set_possible(item))
        return false;
    ret_set->name = volume_name_parse(item->name);
    volume_name_make(item->name, &ret_set->name, ret_set->name.style == VOLUME_ZIP ? UINT32_MAX : 1,
                     name);
    ret_set->leader =
        volume_name_leads(&ret_set->name) ? item->id : item_sibling(pipeline->kase, item, name);
    if (!ret_set->leader || item_load(pipeline->kase, ret_set->leader, &leader, err))
        return false;
    ret_set->bytes = leader.bytes;
    if (find_others(pipeline, &leader, ret_set, err))
        return false;
    if (is_cut(&ret_set->name) && !sizes_fit(ret_set, leader.bytes))
        return false;
    /* a lone leak.zip or leak.rar is an archive like any other */
    bool sure = ret_set->name.style == VOLUME_CUT || ret_set->name.style == VOLUME_RAR;
    return ret_set->count > 0 || sure;
}

static const struct slot *slot_of(const struct pipeline *pipeline, int64_t item)
{
    for (int i = 0; item && i < pipeline->jobs; i++)
        if (pipeline->slots[i].item == item)
            return &pipeline->slots[i];
    return NULL;
}

bool volume_set_waits(const struct pipeline *pipeline, const struct item *item)
{
    struct volume_name name = volume_name_parse(item->name);

    if (item->parent)
        return slot_of(pipeline, item->parent) != NULL;
    /* the walk goes by name: leak.z01 and leak.r00 come before leak.zip and leak.rar */
    bool before = name.style == VOLUME_ZIP || name.style == VOLUME_RAR_OLD;
    return pipeline->walk && !before;
}

bool volume_set_busy(const struct pipeline *pipeline, const struct volume_set *set)
{
    if (slot_of(pipeline, set->leader))
        return true;
    for (uint32_t i = 0; i < set->count; i++)
        if (slot_of(pipeline, set->items[i]))
            return true;
    return false;
}

static int forget(void *ctx, int64_t item, struct err *err)
{
    struct pipeline *pipeline = ctx;

    return derive_forget(&pipeline->derive, pipeline->kase, item, err);
}

/* What an earlier reading by itself gave goes: it is part of another item now. */
static int make_part(struct pipeline *pipeline, int64_t item, const char *path, int64_t leader,
                     const char *leader_name, struct err *err)
{
    char detail[DETAIL_MAX];

    snprintf(detail, sizeof(detail), "a further volume, read as part of item %lld (%.700s)",
             (long long)leader, leader_name);
    struct reading reading =
        reading_bare(OUTCOME_EMPTY, REASON_CONTAINER, detail, "application/octet-stream");
    reading.reader = "volume";
    int rc = derive_clear(&pipeline->derive, pipeline->kase, item, err);
    if (!rc)
        rc = item_drop_children(pipeline->kase, item, 0, UINT32_MAX, forget, pipeline, err);
    if (!rc)
        rc = derive_reading(&pipeline->derive, pipeline->kase, item, &reading, err);
    pipeline->dirty = true;
    if (!rc && path && pipeline->options->item)
        pipeline->options->item(pipeline->options->ctx, item, path, &reading);
    return rc;
}

int volume_record_part(struct pipeline *pipeline, const struct item *item,
                       const struct volume_set *set, struct err *err)
{
    CLEANUP(item_release) struct item leader = {0};
    struct reading_state state;
    int rc;

    if (!set->leader || (rc = item_load(pipeline->kase, set->leader, &leader, err)))
        return set->leader ? rc : 0;
    rc = make_part(pipeline, item->id, item->path, leader.id, leader.name, err);
    pipeline->progress->items_read++;
    if (rc || !reading_peek(pipeline->kase, leader.id, &state) ||
        state.outcome == OUTCOME_DUPLICATE)
        return rc ? rc : 1;
    rc = derive_clear(&pipeline->derive, pipeline->kase, leader.id, err);
    pipeline->progress->items_new++;
    return rc ? rc : 1;
}

int volume_record_parts(struct pipeline *pipeline, const struct item *leader,
                        const struct volume_set *set, struct err *err)
{
    int rc = 0;

    for (uint32_t i = 0; i < set->count && !rc; i++) {
        struct reading_state state;
        bool waits = !reading_peek(pipeline->kase, set->items[i], &state);
        pipeline->progress->items_read += waits;
        rc = make_part(pipeline, set->items[i], NULL, leader->id, leader->name, err);
    }
    return rc;
}

/* ---- bytes ---- */

static int open_as_received(const struct item *item)
{
    struct stat now;
    int fd = item->parent ? -1
                          : open(item->raw_path ? item->raw_path : item->path,
                                 O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

    if (fd >= 0 &&
        (fstat(fd, &now) || (uint64_t)now.st_size != item->bytes ||
         (int64_t)now.st_mtim.tv_sec * 1000000000 + now.st_mtim.tv_nsec != item->mtime_ns)) {
        close(fd);
        fd = -1;
    }
    return fd;
}

/* Too large for memory: the files themselves, where they still are what was received. */
static int open_files(struct pipeline *pipeline, const struct item *leader, struct volume_set *set,
                      struct job_load *load, struct err *err)
{
    load->document_fd = open_as_received(leader);
    if (load->document_fd < 0 || set->count > JOB_VOLUME_FDS_MAX)
        return ERR_LIMIT;
    for (uint32_t i = 0; i < set->count; i++) {
        CLEANUP(item_release) struct item item = {0};
        int rc = item_load(pipeline->kase, set->items[i], &item, err);
        int fd = rc ? -1 : open_as_received(&item);
        if (fd < 0)
            return rc ? rc : ERR_LIMIT;
        set->volumes[i].fd = i;
        set->volumes[i].offset = 0;
        load->volume_fds[load->volume_fd_count++] = fd;
    }
    return 0;
}

static int open_memory(struct pipeline *pipeline, const struct item *leader, struct volume_set *set,
                       struct job_load *load, struct err *err)
{
    int64_t objects[1 + JOB_VOLUMES_MAX] = {leader->object};
    uint64_t offset = 0;

    memcpy(objects + 1, set->objects, set->count * sizeof(*objects));
    if (is_cut(&set->name)) {
        int rc = objects_memfd(pipeline->kase, objects, 1 + set->count, LIMIT_MEMORY_FILE,
                               &load->document_fd, err);
        set->count = rc ? set->count : 0; /* they are in the document now */
        set->joined = !rc;
        return rc;
    }
    int rc =
        object_memfd(pipeline->kase, leader->object, LIMIT_MEMORY_FILE, &load->document_fd, err);
    if (rc || !set->count)
        return rc;
    rc = objects_memfd(pipeline->kase, objects + 1, set->count, LIMIT_MEMORY_FILE,
                       &load->volume_fds[0], err);
    load->volume_fd_count = rc ? 0 : 1;
    for (uint32_t i = 0; i < set->count; i++) {
        set->volumes[i].fd = 0;
        set->volumes[i].offset = offset;
        offset += set->volumes[i].bytes;
    }
    return rc;
}

int volume_set_open(struct pipeline *pipeline, const struct item *leader, struct volume_set *set,
                    struct job_load *load, struct err *err)
{
    int rc = set->bytes <= LIMIT_MEMORY_FILE ? open_memory(pipeline, leader, set, load, err)
                                             : open_files(pipeline, leader, set, load, err);

    if (rc)
        return rc == ERR_LIMIT
                   ? err_set(err, ERR_LIMIT,
                             "its %u volumes are too large to be read together from the case; join "
                             "or unpack them and add the result",
                             set->count + 1)
                   : rc;
    load->volumes = set->volumes;
    load->volume_count = set->count;
    return 0;
}
