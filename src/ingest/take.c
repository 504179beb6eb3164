#include "ingest/take.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/io.h"
#include "base/utf8.h"
#include "store/object.h"

enum { READ_STEP = 128 << 10, ESCAPED_PATH_MAX = 64 << 10 };

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash && slash[1] ? slash + 1 : path;
}

static int64_t mtime_ns(const struct stat *stat)
{
    return (int64_t)stat->st_mtim.tv_sec * 1000000000 + stat->st_mtim.tv_nsec;
}

/* Opens the very file that the walk saw: not a link put in its place meanwhile. */
static int open_seen(const struct walk_entry *entry, int *ret_fd)
{
    struct stat now;
    int fd = open(entry->path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

    if (fd < 0)
        return errno;
    if (fstat(fd, &now) || now.st_dev != entry->stat.st_dev || now.st_ino != entry->stat.st_ino ||
        !S_ISREG(now.st_mode)) {
        close(fd);
        return ENOENT;
    }
    *ret_fd = fd;
    return 0;
}

/* Seals a regular file. *ret_error is the errno of the file's side; the return value the case's. */
static int seal_file(struct sanad_case *kase, int fd, struct object_ref *ret_ref, int *ret_error,
                     struct err *err)
{
    CLEANUP(cleanup_free) char *piece = mem_alloc(READ_STEP);
    struct object_writer *writer = object_writer_new(kase);
    int rc = 0;

    while (!rc) {
        ssize_t got = io_read(fd, piece, READ_STEP);
        if (got < 0)
            *ret_error = errno;
        if (got <= 0)
            break;
        rc = object_writer_add(writer, piece, (size_t)got, err);
    }
    if (rc || *ret_error) {
        object_writer_abort(writer);
        return rc;
    }
    return object_writer_finish(writer, ret_ref, err);
}

/* What is being taken in. */
struct taking {
    struct derive *derive;
    struct sanad_case *kase;
    const struct walk_entry *entry;
    struct item item;
    bool unfilled; /* item.id is that of a row that waits for its bytes */
};

/* A link's target, in words. */
static void describe_link(const struct walk_entry *entry, struct buf *detail)
{
    char target[4096];
    ssize_t len = readlink(entry->path, target, sizeof(target));

    (void)buf_append_str(detail, "a symbolic link to ");
    (void)utf8_escape(target, len > 0 ? (size_t)len : 0, detail);
    (void)buf_append_str(detail, "; links are recorded, never followed");
}

static const char *describe_special(mode_t mode)
{
    if (S_ISFIFO(mode))
        return "a pipe, never opened";
    if (S_ISSOCK(mode))
        return "a socket, never opened";
    return "a device, never opened";
}

/* Whether the file is that of a row which could not be read: of the same size and time, or they
 * could not be told then. */
static bool waits_for_bytes(const struct item_seen *seen, const struct item *item)
{
    return seen->kind == ITEM_UNREADABLE &&
           (seen->mtime_ns == INT64_MIN ||
            (seen->bytes == item->bytes && seen->mtime_ns == item->mtime_ns));
}

/* Adds the item, or gives its row what it lacked. */
static int put_item(struct taking *taking, struct err *err)
{
    if (!taking->unfilled)
        return item_add(taking->kase, &taking->item, err);
    int rc = derive_clear(taking->derive, taking->kase, taking->item.id, err);
    return rc ? rc : item_receive(taking->kase, &taking->item, err);
}

/* What stands in the ledger for something without bytes. */
static int put_without_bytes(struct taking *taking, int error, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf detail = {0};
    const struct walk_entry *entry = taking->entry;
    enum reason reason = REASON_UNREADABLE;

    buf_init(&detail, ESCAPED_PATH_MAX);
    taking->item.kind = ITEM_UNREADABLE;
    if (error) {
        (void)buf_append_str(&detail, strerror(error));
        if (error == ENOENT)
            reason = REASON_VANISHED;
    } else if (S_ISLNK(entry->stat.st_mode)) {
        taking->item.kind = ITEM_SYMLINK;
        reason = REASON_SYMLINK;
        describe_link(entry, &detail);
    } else {
        taking->item.kind = ITEM_SPECIAL;
        reason = REASON_SPECIAL;
        (void)buf_append_str(&detail, describe_special(entry->stat.st_mode));
    }
    /* A link or a device has no text to lose; a file that the system keeps from us has. */
    struct reading reading =
        reading_bare(error ? OUTCOME_FAILED : OUTCOME_EMPTY, reason, detail.data, "");
    int rc = put_item(taking, err);
    return rc ? rc : derive_reading(taking->derive, taking->kase, taking->item.id, &reading, err);
}

static int put_file(struct taking *taking, const struct object_ref *ref, struct err *err)
{
    struct item *item = &taking->item;

    item->object = ref->id;
    /* A file that grew or shrank meanwhile: the ledger counts what was received, and its time is
     * left out so that the next `add` looks again. */
    if (ref->bytes != item->bytes) {
        item->bytes = ref->bytes;
        item->mtime_ns = INT64_MIN;
    }
    return put_item(taking, err);
}

/* A folder has no row, but one that could not be listed before: what it holds is received now. */
static int settle_folder(struct taking *taking, const struct item_seen *seen, enum taken *ret_taken,
                         struct err *err)
{
    struct reading reading =
        reading_bare(OUTCOME_EMPTY, REASON_CONTAINER,
                     "a folder that could not be listed at first; what it holds are items of "
                     "their own",
                     "");
    struct reading_state state;

    if (seen->kind != ITEM_UNREADABLE || !reading_peek(taking->kase, seen->id, &state) ||
        state.outcome != OUTCOME_FAILED)
        return 0;
    *ret_taken = TAKEN_SETTLED;
    int rc = derive_clear(taking->derive, taking->kase, seen->id, err);
    return rc ? rc : derive_reading(taking->derive, taking->kase, seen->id, &reading, err);
}

/* Seals a file that can be opened, and puts its row, or that of what has no bytes. */
static int take_new(struct taking *taking, enum taken *ret_taken, struct err *err)
{
    CLEANUP(cleanup_fd) int fd = -1;
    struct object_ref ref = {0};
    int error = taking->entry->error;
    int rc = 0;

    if (!error && S_ISREG(taking->entry->stat.st_mode))
        error = open_seen(taking->entry, &fd);
    if (fd >= 0)
        rc = seal_file(taking->kase, fd, &ref, &error, err);
    if (rc)
        return rc;
    if (error && taking->unfilled) {
        *ret_taken = TAKEN_UNCHANGED;
        return 0;
    }
    return ref.id ? put_file(taking, &ref, err) : put_without_bytes(taking, error, err);
}

int take(struct derive *derive, struct sanad_case *kase, int64_t intake,
         const struct walk_entry *entry, enum taken *ret_taken, int64_t *ret_item, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf path = {0};
    struct taking taking = {.derive = derive, .kase = kase, .entry = entry};
    struct item *item = &taking.item;
    struct item_seen seen;

    buf_init(&path, ESCAPED_PATH_MAX);
    *item = (struct item){.intake = intake, .mtime_ns = INT64_MIN};
    if (utf8_escape(entry->path, strlen(entry->path), &path)) {
        item->raw_path = entry->path;
        item->raw_path_len = strlen(entry->path);
    }
    item->path = path.data;
    item->name = path_name(path.data);
    *ret_taken = TAKEN_UNCHANGED;
    (void)item_latest(kase, item->path, &seen);
    if (entry->listed)
        return settle_folder(&taking, &seen, ret_taken, err);
    if (!entry->error) {
        item->mtime_ns = mtime_ns(&entry->stat);
        item->bytes = S_ISREG(entry->stat.st_mode) ? (uint64_t)entry->stat.st_size : 0;
        taking.unfilled = seen.id && waits_for_bytes(&seen, item);
        if (!taking.unfilled && item_unchanged(kase, item->path, item->bytes, item->mtime_ns))
            return 0;
    } else if (seen.id && seen.kind == ITEM_UNREADABLE) {
        return 0;
    }
    if (taking.unfilled)
        item->id = seen.id;
    *ret_taken = TAKEN_NEW;
    int rc = take_new(&taking, ret_taken, err);
    *ret_item = item->id;
    return rc;
}
