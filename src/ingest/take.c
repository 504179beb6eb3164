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

static int record_without_bytes(struct sanad_case *kase, const struct item *item,
                                enum reason reason, const char *detail, struct err *err)
{
    /* A link or a device has no text to lose; a file that the system keeps from us has. */
    struct reading reading = reading_bare(
        item->kind == ITEM_UNREADABLE ? OUTCOME_FAILED : OUTCOME_EMPTY, reason, detail, "");

    return reading_put(kase, item->id, &reading, err);
}

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

/* What stands in the ledger for something without bytes. */
static int add_without_bytes(struct sanad_case *kase, struct item *item,
                             const struct walk_entry *entry, int error, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf detail = {0};
    enum reason reason = REASON_UNREADABLE;

    buf_init(&detail, ESCAPED_PATH_MAX);
    item->kind = ITEM_UNREADABLE;
    if (error) {
        (void)buf_append_str(&detail, strerror(error));
        if (error == ENOENT)
            reason = REASON_VANISHED;
    } else if (S_ISLNK(entry->stat.st_mode)) {
        item->kind = ITEM_SYMLINK;
        reason = REASON_SYMLINK;
        describe_link(entry, &detail);
    } else {
        item->kind = ITEM_SPECIAL;
        reason = REASON_SPECIAL;
        (void)buf_append_str(&detail, describe_special(entry->stat.st_mode));
    }
    int rc = item_add(kase, item, err);
    return rc ? rc : record_without_bytes(kase, item, reason, detail.data, err);
}

int take_file(struct sanad_case *kase, int64_t intake, const struct walk_entry *entry,
              enum taken *ret_taken, int64_t *ret_item, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf path = {0};
    CLEANUP(cleanup_fd) int fd = -1;
    struct object_ref ref = {0};
    int error = entry->error;
    struct item item = {.intake = intake, .mtime_ns = error ? INT64_MIN : mtime_ns(&entry->stat)};

    buf_init(&path, ESCAPED_PATH_MAX);
    if (utf8_escape(entry->path, strlen(entry->path), &path)) {
        item.raw_path = entry->path;
        item.raw_path_len = strlen(entry->path);
    }
    item.path = path.data;
    item.name = path_name(path.data);
    if (!error)
        item.bytes = S_ISREG(entry->stat.st_mode) ? (uint64_t)entry->stat.st_size : 0;
    enum item_kind kind;
    bool seen = item_unchanged(kase, item.path, item.bytes, item.mtime_ns, &kind) &&
                (!error || kind == ITEM_UNREADABLE);
    bool regular = !error && S_ISREG(entry->stat.st_mode);
    /* What was kept from us may be open to us now. */
    if (regular && (!seen || kind == ITEM_UNREADABLE))
        error = open_seen(entry, &fd);
    if (seen && fd < 0) {
        *ret_taken = TAKEN_UNCHANGED;
        return 0;
    }
    *ret_taken = TAKEN_NEW;
    if (fd >= 0) {
        int rc = seal_file(kase, fd, &ref, &error, err);
        if (rc)
            return rc;
    }
    int rc;
    if (ref.id) {
        item.object = ref.id;
        /* A file that grew or shrank meanwhile: the ledger counts what was received, and its time
         * is left out so that the next `add` looks again. */
        if (ref.bytes != item.bytes) {
            item.bytes = ref.bytes;
            item.mtime_ns = INT64_MIN;
        }
        rc = item_add(kase, &item, err);
    } else {
        rc = add_without_bytes(kase, &item, entry, error, err);
    }
    *ret_item = item.id;
    return rc;
}
