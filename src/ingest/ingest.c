#include "ingest/ingest.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "base/clock.h"
#include "ingest/pipeline.h"
#include "ingest/rebuild.h"
#include "ingest/take.h"

enum { PATHS_TEXT_MAX = 400 << 10 };

/* Counts what there is to take in, so that time left can be told. */
static int count_files(const struct stat *self, const char *const *paths, size_t path_count,
                       const struct ingest_options *options, struct ingest_progress *progress,
                       struct err *err)
{
    struct walk *walk = walk_new(paths, path_count, self->st_dev, self->st_ino);
    struct walk_entry entry;
    int64_t shown = clock_ms();
    int rc = 0;

    progress->counting = true;
    while (!rc && walk_next(walk, &entry)) {
        progress->files_total += !entry.listed;
        if (!entry.error && S_ISREG(entry.stat.st_mode))
            progress->bytes_total += entry.stat.st_size;
        if (options->progress && clock_ms() - shown > 200) {
            shown = clock_ms();
            options->progress(options->ctx, progress);
        }
        if (options->stop && *options->stop)
            rc = err_set(err, ERR_INTERRUPTED, "stopped");
    }
    progress->counting = false;
    progress->case_left_out = walk_skipped(walk);
    walk_free(walk);
    return rc;
}

/* Whether something lies in the folder `self`. */
static bool is_inside(const char *path, const struct stat *self)
{
    CLEANUP(cleanup_free) char *real = realpath(path, NULL);
    struct stat folder;

    for (char *slash; real && (slash = strrchr(real, '/')) && slash != real;) {
        *slash = '\0';
        if (!stat(real, &folder) && folder.st_dev == self->st_dev && folder.st_ino == self->st_ino)
            return true;
    }
    return false;
}

/* A path that is not there at all, or is a part of the case, is a mistake of typing, told before
 * anything is done. */
static int check_paths(const struct stat *self, const char *const *paths, size_t path_count,
                       struct err *err)
{
    struct stat stat;

    for (size_t i = 0; i < path_count; i++) {
        if (lstat(paths[i], &stat))
            return err_set(err, ERR_NOT_FOUND, "there is no %s; nothing was added", paths[i]);
        if (!S_ISLNK(stat.st_mode) && is_inside(paths[i], self))
            return err_set(err, ERR_USAGE, "%s is a part of the case itself; nothing was added",
                           paths[i]);
    }
    return 0;
}

static int add_intake(struct pipeline *pipeline, const char *const *paths, size_t path_count,
                      const char *source, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    CLEANUP(cleanup_buf) struct buf how = {0};

    buf_init(&text, PATHS_TEXT_MAX);
    buf_init(&how, PATHS_TEXT_MAX);
    for (size_t i = 0; i < path_count; i++) {
        CLEANUP(cleanup_buf) struct buf path = {0};
        buf_init(&path, PATHS_TEXT_MAX);
        (void)utf8_escape(paths[i], strlen(paths[i]), &path);
        if (buf_printf(&text, "%s%s", i ? "\n" : "", path.data))
            return err_set(err, ERR_LIMIT, "too many paths in one command");
    }
    (void)utf8_escape(source, strlen(source), &how);
    pipeline->dirty = true;
    return intake_add(pipeline->kase, how.data, text.data, &pipeline->intake, err);
}

int ingest_add(struct sanad_case *kase, const char *const *paths, size_t path_count,
               const char *source, const struct ingest_options *options,
               struct ingest_progress *ret_progress, struct err *err)
{
    struct pipeline pipeline;
    struct stat self;

    *ret_progress = (struct ingest_progress){.left_ms = -1};
    if (fstat(case_dirfd(kase), &self))
        return err_set(err, ERR_IO, "cannot look at the case's folder");
    int rc = check_paths(&self, paths, path_count, err);
    if (!rc)
        rc = rebuild_if_stale(kase, options, ret_progress, err);
    if (rc)
        return rc;
    rc = pipeline_start(&pipeline, kase, options, ret_progress, err);
    if (!rc)
        rc = count_files(&self, paths, path_count, options, ret_progress, err);
    if (!rc)
        rc = add_intake(&pipeline, paths, path_count, source, err);
    if (!rc) {
        pipeline.walk = walk_new(paths, path_count, self.st_dev, self.st_ino);
        rc = pipeline_run(&pipeline, err);
    }
    return pipeline_finish(&pipeline, rc, err);
}

int ingest_waiting(struct sanad_case *kase, const struct ingest_options *options,
                   struct ingest_progress *ret_progress, struct err *err)
{
    struct pipeline pipeline;

    int rc = rebuild_if_stale(kase, options, ret_progress, err);
    if (rc)
        return rc;
    rc = pipeline_start(&pipeline, kase, options, ret_progress, err);
    if (!rc)
        rc = pipeline_run(&pipeline, err);
    return pipeline_finish(&pipeline, rc, err);
}
