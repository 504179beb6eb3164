#include "store/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "store/custody.h"
#include "store/lock.h"

#include "derived.sql.h"
#include "marks.sql.h"
#include "permanent.sql.h"

enum { CASE_VERSION = 1, PATH_MAX_BYTES = 4096 };

struct db *case_db(struct sanad_case *kase)
{
    return kase->db;
}

const struct case_keys *case_keys(const struct sanad_case *kase)
{
    return kase->keys;
}

int case_dirfd(const struct sanad_case *kase)
{
    return kase->dirfd;
}

const char *case_path(const struct sanad_case *kase)
{
    return kase->path;
}

void case_close(struct sanad_case *kase)
{
    if (!kase)
        return;
    db_close(kase->db);
    object_pool_free(kase->pool);
    case_keys_free(kase->keys);
    if (kase->objects_dirfd >= 0)
        close(kase->objects_dirfd);
    if (kase->lock_fd >= 0)
        close(kase->lock_fd);
    if (kase->dirfd >= 0)
        close(kase->dirfd);
    free(kase->path);
    free(kase);
}

void cleanup_case(struct sanad_case *const *kase)
{
    case_close(*kase);
}

static int open_folder(const char *path, struct sanad_case **ret_case, struct err *err)
{
    struct sanad_case *kase = mem_zalloc(1, sizeof(*kase));

    kase->path = mem_strdup(path);
    kase->lock_fd = kase->objects_dirfd = -1;
    kase->pool = object_pool_new();
    kase->dirfd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (kase->dirfd >= 0)
        kase->objects_dirfd = openat(kase->dirfd, "objects", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (kase->objects_dirfd < 0) {
        int cause = errno;
        int rc =
            kase->dirfd < 0 && cause != ENOENT && cause != ENOTDIR
                ? err_set_errno(err, ERR_IO, cause, "cannot open the case %s", path)
                : err_set(err, ERR_NOT_FOUND,
                          "%s is not a case: the case is named first; sanad init NAME makes one",
                          path);
        case_close(kase);
        return rc;
    }
    *ret_case = kase;
    return 0;
}

/* What is held in the file `lock` goes when its descriptor is closed. */
static int lock(struct sanad_case *kase, enum case_mode mode, struct err *err)
{
    int rc = lock_open(kase->dirfd, kase->path, &kase->lock_fd, err);

    if (rc)
        return rc;
    return mode == CASE_TURN ? lock_take_pen(kase->lock_fd, err)
                             : lock_take_seat(kase->lock_fd, err);
}

bool case_is_asked(const struct sanad_case *kase)
{
    return kase->lock_fd >= 0 && lock_is_asked(kase->lock_fd);
}

int case_lend(struct sanad_case *kase, struct err *err)
{
    return lock_lend(kase->lock_fd, err);
}

bool case_is_written(const struct sanad_case *kase, pid_t *ret_pid)
{
    return lock_seat_taken(kase->dirfd, ret_pid);
}

static int open_database(struct sanad_case *kase, enum db_mode mode, struct err *err)
{
    char path[PATH_MAX_BYTES];

    if (snprintf(path, sizeof(path), "%s/case.db", kase->path) >= (int)sizeof(path))
        return err_set(err, ERR_LIMIT, "the path of the case is too long");
    return db_open(path, kase->keys->database, mode, &kase->db, err);
}

static int check_version(struct sanad_case *kase, struct err *err)
{
    struct stmt *stmt = db_stmt(kase->db, "SELECT value FROM setting WHERE name = 'version'", err);

    if (!stmt)
        return ERR_CORRUPT;
    int rc = stmt_step(stmt, err);
    if (rc < 0)
        return rc;
    if (rc == 0)
        return err_set(err, ERR_CORRUPT, "the case's database has no version");
    long version = strtol(stmt_text(stmt, 0), NULL, 10);
    stmt_reset(stmt);
    if (version != CASE_VERSION)
        return err_set(err, ERR_UNSUPPORTED,
                       "the case is of version %ld; this sanad knows version %d", version,
                       CASE_VERSION);
    return 0;
}

static int create_tables(struct sanad_case *kase, struct err *err)
{
    int rc = db_begin(kase->db, err);

    if (!rc)
        rc = db_exec(kase->db, permanent_sql, err);
    if (!rc)
        rc = db_exec(kase->db, marks_sql, err);
    if (!rc)
        rc = db_exec(kase->db, derived_sql, err);
    if (!rc)
        rc = db_exec(kase->db, "INSERT INTO setting VALUES ('version', '1')", err);
    if (!rc)
        rc = custody_add(kase, "init", "case made by sanad " SANAD_VERSION, err);
    if (!rc)
        rc = db_commit(kase->db, err);
    return rc;
}

static int fill_new_folder(const char *path, const struct passphrase *passphrase, struct err *err)
{
    CLEANUP(cleanup_case) struct sanad_case *kase = NULL;
    int rc = open_folder(path, &kase, err);

    if (!kase)
        return rc;
    rc = lock(kase, CASE_WRITE, err);
    if (!rc)
        rc = keys_create(kase->dirfd, passphrase, "first", &kase->keys, err);
    if (!rc)
        rc = open_database(kase, DB_CREATE, err);
    if (!rc)
        rc = create_tables(kase, err);
    return rc;
}

/* A case that could not be made whole leaves nothing; all of this was made here. */
static void remove_new_folder(const char *path)
{
    static const char *const files[] = {"keys",        "keys.new",    "lock",           "case.db",
                                        "case.db-wal", "case.db-shm", "case.db-journal"};
    int dirfd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);

    if (dirfd < 0)
        return;
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        (void)unlinkat(dirfd, files[i], 0);
    (void)unlinkat(dirfd, "objects", AT_REMOVEDIR);
    close(dirfd);
    (void)rmdir(path);
}

int case_init(const char *path, const struct passphrase *passphrase, struct err *err)
{
    char objects[PATH_MAX_BYTES];

    if (snprintf(objects, sizeof(objects), "%s/objects", path) >= (int)sizeof(objects))
        return err_set(err, ERR_LIMIT, "the path %s is too long", path);
    if (mkdir(path, 0700))
        return errno == EEXIST
                   ? err_set(err, ERR_EXISTS, "%s is there already; a case needs a new name", path)
                   : err_set_errno(err, ERR_IO, errno, "cannot make %s", path);
    int rc = mkdir(objects, 0700) ? err_set_errno(err, ERR_IO, errno, "cannot make %s", objects)
                                  : fill_new_folder(path, passphrase, err);
    if (rc)
        remove_new_folder(path);
    return rc;
}

/* Tables and indexes that came later than the case are made by whoever writes first. */
static int later_tables(struct sanad_case *kase, struct err *err)
{
    int rc = db_exec(kase->db, permanent_sql, err);

    if (!rc)
        rc = db_exec(kase->db, marks_sql, err);
    return rc ? rc : db_exec(kase->db, derived_sql, err);
}

int case_open(const char *path, const struct passphrase *passphrase, enum case_mode mode,
              struct sanad_case **ret_case, struct err *err)
{
    CLEANUP(cleanup_case) struct sanad_case *kase = NULL;
    int rc = open_folder(path, &kase, err);

    if (!kase)
        return rc;
    rc = keys_open(kase->dirfd, passphrase, &kase->keys, err);
    if (!rc && mode != CASE_READ)
        rc = lock(kase, mode, err);
    if (!rc)
        rc = open_database(kase, mode == CASE_READ ? DB_READ : DB_WRITE, err);
    if (!rc)
        rc = check_version(kase, err);
    if (!rc && mode != CASE_READ)
        rc = later_tables(kase, err);
    if (rc)
        return rc;
    if (mode == CASE_WRITE)
        object_remove_leftovers(kase);
    *ret_case = kase;
    kase = NULL;
    return 0;
}

static int open_second(const struct sanad_case *first, enum case_mode mode,
                       struct sanad_case **ret_case, struct err *err)
{
    CLEANUP(cleanup_case) struct sanad_case *kase = NULL;
    int rc = open_folder(first->path, &kase, err);

    if (!kase)
        return rc;
    kase->keys = case_keys_dup(first->keys);
    if (mode != CASE_READ)
        rc = lock(kase, mode, err);
    if (!rc)
        rc = open_database(kase, mode == CASE_READ ? DB_READ : DB_WRITE, err);
    if (!rc && mode != CASE_READ)
        rc = later_tables(kase, err);
    if (rc)
        return rc;
    *ret_case = kase;
    kase = NULL;
    return 0;
}

int case_open_reader(const struct sanad_case *first, struct sanad_case **ret_case, struct err *err)
{
    return open_second(first, CASE_READ, ret_case, err);
}

int case_open_writer(const struct sanad_case *first, enum case_mode mode,
                     struct sanad_case **ret_case, struct err *err)
{
    return open_second(first, mode, ret_case, err);
}

int case_commit(struct sanad_case *kase, struct err *err)
{
    int rc = object_sync(kase, err);

    return rc ? rc : db_commit(kase->db, err);
}
