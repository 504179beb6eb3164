/* The ids of messages, and which belong together. */
#include "relate/threads.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "relate/thread_ids.h"

static int threads_create(struct sanad_case *kase, struct err *err)
{
    return db_exec(case_db(kase),
                   "CREATE TABLE IF NOT EXISTS mail_id (id TEXT PRIMARY KEY, thread INTEGER NOT "
                   "NULL) WITHOUT ROWID;"
                   "CREATE INDEX IF NOT EXISTS mail_id_by_thread ON mail_id (thread);"
                   "CREATE TABLE IF NOT EXISTS mail_message (item INTEGER PRIMARY KEY,"
                   " thread INTEGER NOT NULL, id TEXT NOT NULL, before TEXT NOT NULL,"
                   " sent TEXT NOT NULL);"
                   "CREATE INDEX IF NOT EXISTS mail_message_by_thread ON mail_message (thread)",
                   err);
}

static int threads_drop(struct sanad_case *kase, struct err *err)
{
    return db_exec(case_db(kase), "DROP TABLE IF EXISTS mail_id; DROP TABLE IF EXISTS mail_message",
                   err);
}

/* The ids stay: others may refer to them. */
static int threads_forget(void *state, struct sanad_case *kase, int64_t item, struct err *err)
{
    struct stmt *stmt = db_stmt(case_db(kase), "DELETE FROM mail_message WHERE item = ?1", err);

    (void)state;
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    return stmt_run(stmt, err);
}

static int threads_start(struct sanad_case *kase, void **ret_state, struct err *err)
{
    (void)err;
    *ret_state = kase;
    return 0;
}

static void threads_finish(void *state)
{
    (void)state;
}

/* The conversation an id belongs to; 0 for an id that is new. */
static int thread_of_id(struct db *db, const char *id, int64_t *ret_thread, struct err *err)
{
    struct stmt *stmt = db_stmt(db, "SELECT thread FROM mail_id WHERE id = ?1", err);

    *ret_thread = 0;
    if (!stmt)
        return ERR_IO;
    stmt_bind_text(stmt, 1, id);
    *ret_thread = stmt_number(stmt);
    return 0;
}

static int join_in(struct stmt *stmt, int64_t from, int64_t to, struct err *err)
{
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, from);
    stmt_bind_int(stmt, 2, to);
    return stmt_run(stmt, err);
}

static int join(struct db *db, int64_t from, int64_t to, struct err *err)
{
    int rc = join_in(db_stmt(db, "UPDATE mail_id SET thread = ?2 WHERE thread = ?1", err), from, to,
                     err);

    return rc ? rc
              : join_in(db_stmt(db, "UPDATE mail_message SET thread = ?2 WHERE thread = ?1", err),
                        from, to, err);
}

static int id_put(struct db *db, const char *id, int64_t thread, struct err *err)
{
    struct stmt *stmt =
        db_stmt(db, "INSERT OR IGNORE INTO mail_id (id, thread) VALUES (?1, ?2)", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_text(stmt, 1, id);
    stmt_bind_int(stmt, 2, thread);
    return stmt_run(stmt, err);
}

/* One conversation for all of a message's ids: those they were in before become it. A new one has
 * the number of its first message. */
static int unite(struct db *db, const struct thread_ids *ids, int64_t item, int64_t *ret_thread,
                 struct err *err)
{
    int64_t thread = 0;
    int rc = 0;

    for (unsigned i = 0; i < ids->count && !rc; i++) {
        int64_t other;
        rc = thread_of_id(db, ids->ids[i], &other, err);
        if (!rc && other && thread && other != thread)
            rc = join(db, other, thread, err);
        else if (other)
            thread = other;
    }
    *ret_thread = thread ? thread : item;
    for (unsigned i = 0; i < ids->count && !rc; i++)
        rc = id_put(db, ids->ids[i], *ret_thread, err);
    return rc;
}

static int message_put(struct db *db, int64_t item, int64_t thread, const struct thread_ids *ids,
                       const char *sent, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf before = {0};
    struct stmt *stmt = db_stmt(
        db,
        "INSERT OR REPLACE INTO mail_message (item, thread, id, before, sent) VALUES (?1, ?2, ?3,"
        " ?4, ?5)",
        err);

    if (!stmt)
        return ERR_IO;
    buf_init(&before, (size_t)THREAD_IDS_MAX * (THREAD_ID_BYTES + 1));
    for (unsigned i = ids->own ? 1 : 0; i < ids->count; i++)
        (void)buf_printf(&before, "%s\n", ids->ids[i]);
    stmt_bind_int(stmt, 1, item);
    stmt_bind_int(stmt, 2, thread);
    stmt_bind_text(stmt, 3, ids->own ? ids->ids[0] : "");
    stmt_bind_text(stmt, 4, before.data);
    stmt_bind_text(stmt, 5, sent ? sent : "");
    return stmt_run(stmt, err);
}

static int threads_document(void *state, int64_t item, const struct reading *reading,
                            struct err *err)
{
    CLEANUP(cleanup_thread_ids) struct thread_ids ids = {0};
    struct sanad_case *kase = state;
    int64_t thread;
    int rc = thread_ids_load(&ids, kase, item, err);

    if (rc || ids.count == 0)
        return rc;
    rc = unite(case_db(kase), &ids, item, &thread, err);
    return rc ? rc : message_put(case_db(kase), item, thread, &ids, reading->date, err);
}

const struct deriver threads_deriver = {
    .name = "threads",
    .version = 1,
    .create = threads_create,
    .drop = threads_drop,
    .start = threads_start,
    .forget = threads_forget,
    .document = threads_document,
    .finish = threads_finish,
};
