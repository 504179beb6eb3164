#include "ingest/walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum { WALK_PATH_MAX = 16 << 10 };

/* A folder that is being walked: its names, sorted. */
struct level {
    char **names;
    size_t count, next;
    size_t path_len; /* of the folder in `path` */
};

struct walk {
    const char *const *paths;
    size_t path_count, path_next;
    dev_t skip_dev;
    ino_t skip_ino;
    bool skipped;
    struct level levels[WALK_DEPTH_MAX];
    size_t depth;
    struct buf path;
};

struct walk *walk_new(const char *const *paths, size_t count, dev_t skip_dev, ino_t skip_ino)
{
    struct walk *walk = mem_zalloc(1, sizeof(*walk));

    walk->paths = paths;
    walk->path_count = count;
    walk->skip_dev = skip_dev;
    walk->skip_ino = skip_ino;
    buf_init(&walk->path, WALK_PATH_MAX);
    return walk;
}

static void level_end(struct walk *walk)
{
    struct level *level = &walk->levels[--walk->depth];

    for (size_t i = level->next; i < level->count; i++)
        free(level->names[i]);
    free(level->names);
}

void walk_free(struct walk *walk)
{
    if (!walk)
        return;
    while (walk->depth)
        level_end(walk);
    buf_release(&walk->path);
    free(walk);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Lists the folder at walk->path as a new level; returns 0 or errno. */
static int level_begin(struct walk *walk)
{
    struct level level = {.path_len = walk->path.len};
    DIR *folder;

    if (walk->depth == WALK_DEPTH_MAX)
        return ELOOP;
    if (!(folder = opendir(walk->path.data)))
        return errno;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        level.names = mem_room(level.names, level.count, sizeof(*level.names));
        level.names[level.count++] = mem_strdup(entry->d_name);
    }
    closedir(folder);
    if (level.count)
        qsort(level.names, level.count, sizeof(*level.names), by_bytes);
    walk->levels[walk->depth++] = level;
    return 0;
}

/* Puts the path of the next name into walk->path; false at the end. ret_error: the path got too
 * long. */
static bool next_path(struct walk *walk, int *ret_error)
{
    *ret_error = 0;
    while (walk->depth) {
        struct level *level = &walk->levels[walk->depth - 1];
        if (level->next == level->count) {
            level_end(walk);
            continue;
        }
        char *name = level->names[level->next++];
        walk->path.len = level->path_len;
        walk->path.full = false;
        if (walk->path.data[walk->path.len - 1] != '/')
            (void)buf_append_char(&walk->path, '/');
        if (buf_append_str(&walk->path, name))
            *ret_error = ENAMETOOLONG;
        free(name);
        return true;
    }
    if (walk->path_next == walk->path_count)
        return false;
    const char *given = walk->paths[walk->path_next++];
    size_t len = strlen(given);
    while (len > 1 && given[len - 1] == '/') /* as typed, but "folder/" is "folder" */
        len--;
    buf_clear(&walk->path);
    if (buf_append(&walk->path, given, len))
        *ret_error = ENAMETOOLONG;
    return true;
}

int walk_next(struct walk *walk, struct walk_entry *ret_entry)
{
    int error;

    while (next_path(walk, &error)) {
        *ret_entry = (struct walk_entry){.path = walk->path.data, .error = error};
        if (error)
            return 1;
        if (lstat(walk->path.data, &ret_entry->stat)) {
            ret_entry->error = errno;
            return 1;
        }
        if (!S_ISDIR(ret_entry->stat.st_mode))
            return 1;
        if (ret_entry->stat.st_dev == walk->skip_dev && ret_entry->stat.st_ino == walk->skip_ino) {
            walk->skipped = true;
            continue;
        }
        ret_entry->error = level_begin(walk);
        ret_entry->listed = !ret_entry->error;
        return 1;
    }
    return 0;
}

bool walk_skipped(const struct walk *walk)
{
    return walk->skipped;
}
