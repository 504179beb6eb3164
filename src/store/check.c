#include "store/check.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/io.h"
#include "store/custody.h"
#include "store/internal.h"
#include "store/item.h"
#include "store/object.h"
#include "store/wal.h"

struct checker {
    struct sanad_case *kase;
    struct check_report *report;
    const struct check_listener *listener;
};

static void fault(const struct checker *checker, const char *format, ...) PRINTF_LIKE(2, 3);

static void fault(const struct checker *checker, const char *format, ...)
{
    char text[ERR_MESSAGE_MAX];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    checker->report->faults++;
    if (checker->listener && checker->listener->fault)
        checker->listener->fault(checker->listener->ctx, text);
}

/* ---- before opening ---- */

static bool is_ours(const char *name)
{
    static const char *const names[] = {".",       "..",          "keys",        "case.db",
                                        "objects", "case.db-wal", "case.db-shm", "lock"};

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (!strcmp(name, names[i]))
            return true;
    return false;
}

int check_files(const char *path, struct check_report *report,
                const struct check_listener *listener, struct err *err)
{
    struct checker checker = {.report = report, .listener = listener};
    char wal_fault[256];
    DIR *folder = opendir(path);

    if (!folder)
        return 0; /* opening it says so better */
    for (struct dirent *entry; (entry = readdir(folder));)
        if (!is_ours(entry->d_name))
            fault(&checker, "%s: a file that is no part of a case", entry->d_name);
    int rc = wal_check(dirfd(folder), wal_fault, sizeof(wal_fault), err);
    if (!rc && wal_fault[0])
        fault(&checker, "%s", wal_fault);
    struct stat lock;
    if (!fstatat(dirfd(folder), "lock", &lock, AT_SYMLINK_NOFOLLOW) && lock.st_size != 0)
        fault(&checker, "lock: the file should be empty");
    closedir(folder);
    return rc;
}

/* ---- database ---- */

static void database_fault(void *ctx, const char *text)
{
    fault(ctx, "case.db: %s", text);
}

static int check_salt(struct checker *checker)
{
    unsigned char found[16];
    unsigned char expected[16];
    CLEANUP(cleanup_fd) int fd = openat(checker->kase->dirfd, "case.db", O_RDONLY | O_CLOEXEC);

    db_salt(checker->kase->keys->database, expected);
    if (fd < 0 || io_read(fd, found, sizeof(found)) != sizeof(found) ||
        memcmp(found, expected, sizeof(found)) != 0)
        fault(checker, "case.db: its first 16 bytes are damaged");
    return 0;
}

static int count_rows(struct checker *checker, const char *sql, int64_t *ret_count, struct err *err)
{
    CLEANUP(cleanup_stmt) struct stmt *stmt = stmt_new(checker->kase->db, sql, err);

    if (!stmt)
        return ERR_CORRUPT;
    int rc = stmt_step(stmt, err);
    if (rc > 0)
        *ret_count = stmt_int(stmt, 0);
    return rc < 0 ? rc : 0;
}

/* Rows that point to rows that are not there. */
static int check_rows(struct checker *checker, struct err *err)
{
    static const struct {
        const char *sql;
        const char *what;
    } rules[] = {
        {"SELECT count(*) FROM item WHERE object <> 0 AND object NOT IN (SELECT id FROM object)",
         "items whose object has no row"},
        {"SELECT count(*) FROM item WHERE parent <> 0 AND parent NOT IN (SELECT id FROM item)",
         "items whose container has no row"},
        {"SELECT count(*) FROM item WHERE intake NOT IN (SELECT id FROM intake)",
         "items without an intake"},
        {"SELECT count(*) FROM reading WHERE item NOT IN (SELECT id FROM item)",
         "readings of items that are not there"},
        {"SELECT count(*) FROM item WHERE id NOT IN (SELECT item FROM reading) "
         "AND id NOT IN (SELECT item FROM waiting)",
         "items neither read nor waiting"},
        {"SELECT count(*) FROM waiting WHERE item NOT IN (SELECT id FROM item)",
         "waiting items that are not there"},
        {"SELECT count(*) FROM page WHERE (id >> 24) NOT IN (SELECT id FROM item)",
         "pages of items that are not there"},
        {"SELECT count(*) FROM reading WHERE duplicate_of <> 0 "
         "AND duplicate_of NOT IN (SELECT id FROM item)",
         "duplicates of items that are not there"},
        {"SELECT count(*) FROM reading r WHERE r.pages >= 0 AND r.outcome IN (1, 2) AND r.pages <> "
         "(SELECT count(*) FROM page p WHERE p.id >= r.item << 24 AND p.id < (r.item + 1) << 24 "
         "AND p.method <> 0)",
         "documents whose pages do not add up"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        int64_t count = 0;
        int rc = count_rows(checker, rules[i].sql, &count, err);
        if (rc)
            return rc;
        if (count)
            fault(checker, "ledger: %lld %s", (long long)count, rules[i].what);
    }
    return 0;
}

static int check_sums(struct checker *checker, struct err *err)
{
    struct ledger_sums sums;
    int64_t outcomes = 0;
    int rc = ledger_sum(checker->kase, &sums, err);

    if (rc)
        return rc;
    for (int i = 0; i < OUTCOME_COUNT; i++)
        outcomes += sums.outcomes[i];
    if (outcomes != sums.items)
        fault(checker, "ledger: %lld items, %lld outcomes", (long long)sums.items,
              (long long)outcomes);
    if (sums.unequal_containers)
        fault(checker, "ledger: %lld containers whose children do not add up",
              (long long)sums.unequal_containers);
    checker->report->items = sums.items;
    checker->report->objects = sums.objects;
    checker->report->waiting = sums.outcomes[OUTCOME_WAITING];
    return count_rows(checker, "SELECT count(*) FROM page", &checker->report->pages, err);
}

/* ---- objects ---- */

/* A damaged original is told of with the number of the first item that it is. */
static void object_fault(const struct checker *checker, int64_t object, const char *text)
{
    CLEANUP(cleanup_stmt) struct stmt *stmt = NULL;
    struct err ignored = {0}; /* the rows are looked at before */

    stmt = stmt_new(checker->kase->db, "SELECT min(id) FROM item WHERE object = ?1", &ignored);
    if (stmt)
        stmt_bind_int(stmt, 1, object);
    if (stmt && stmt_step(stmt, &ignored) > 0 && stmt_int(stmt, 0))
        fault(checker, "%s (item %lld)", text, (long long)stmt_int(stmt, 0));
    else
        fault(checker, "%s", text);
}

static int check_objects(struct checker *checker, const volatile int *stop, struct err *err)
{
    CLEANUP(cleanup_stmt)
    struct stmt *stmt =
        stmt_new(checker->kase->db, "SELECT id, bytes FROM object ORDER BY id", err);
    const struct check_listener *listener = checker->listener;
    int64_t done = 0;
    int rc;

    if (!stmt)
        return ERR_IO;
    while ((rc = stmt_step(stmt, err)) > 0) {
        struct err cause = {0};
        if (stop && *stop)
            return err_set(err, ERR_INTERRUPTED, "stopped; %lld objects were verified",
                           (long long)done);
        if (object_verify(checker->kase, stmt_int(stmt, 0), &cause))
            object_fault(checker, stmt_int(stmt, 0), cause.message);
        checker->report->object_bytes += stmt_int(stmt, 1);
        done++;
        if (listener && listener->progress)
            listener->progress(listener->ctx, done, checker->report->objects);
    }
    return rc;
}

/* Files under objects/ no row speaks of. */
static int count_unused(struct checker *checker)
{
    int64_t files = 0;
    CLEANUP(cleanup_fd)
    int objects = dup(checker->kase->objects_dirfd);

    for (int i = 0; i < 256; i++) {
        char name[3];
        snprintf(name, sizeof(name), "%02x", (unsigned)i);
        int fd = openat(objects, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        DIR *folder = fd < 0 ? NULL : fdopendir(fd);
        if (!folder)
            continue;
        for (struct dirent *entry; (entry = readdir(folder));)
            files += entry->d_name[0] != '.';
        closedir(folder);
    }
    checker->report->unused =
        files > checker->report->objects ? files - checker->report->objects : 0;
    return 0;
}

int check_case(struct sanad_case *kase, struct check_report *report,
               const struct check_listener *listener, const volatile int *stop, struct err *err)
{
    struct checker checker = {.kase = kase, .report = report, .listener = listener};
    struct err cause = {0};

    (void)check_salt(&checker);
    int rc = db_check(kase->db, database_fault, &checker, &cause);
    if (!rc)
        rc = check_rows(&checker, &cause);
    if (!rc)
        rc = check_sums(&checker, &cause);
    if (rc) { /* a damaged database is a finding, not the end of the check */
        fault(&checker, "%s", cause.message);
        err_clear(&cause);
    }
    if (custody_check(kase, &report->custody_rows, &cause))
        fault(&checker, "%s", cause.message);
    (void)count_unused(&checker);
    return check_objects(&checker, stop, err);
}
