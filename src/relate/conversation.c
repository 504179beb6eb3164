/* A conversation in the order it was held. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "relate/threads.h"

/* A message while its place is looked for. */
struct found {
    int64_t item;
    char *id, *before, *sent;
    int answers;  /* the message it answers among those found, or -1 */
    int original; /* the first with the same id, or -1 */
    bool placed;
};

struct gathering {
    struct found found[THREAD_MAX];
    int count;
    int64_t total;
    unsigned missing;
};

static int take_message(void *ctx, struct stmt *row)
{
    struct gathering *gathering = ctx;

    if (gathering->count < THREAD_MAX)
        gathering->found[gathering->count++] =
            (struct found){.item = stmt_int(row, 0),
                           .id = mem_strdup(stmt_text(row, 1)),
                           .before = mem_strdup(stmt_text(row, 2)),
                           .sent = mem_strdup(stmt_text(row, 3)),
                           .answers = -1,
                           .original = -1};
    gathering->total++;
    return 0;
}

static int gather(struct gathering *gathering, struct db *db, int64_t item, struct err *err)
{
    struct stmt *stmt = db_stmt(db,
                                "SELECT item, id, before, sent FROM mail_message WHERE thread ="
                                " (SELECT thread FROM mail_message WHERE item = ?1) ORDER BY item",
                                err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    return stmt_each(stmt, take_message, gathering, err);
}

static int count_missing(struct gathering *gathering, struct db *db, int64_t item, struct err *err)
{
    struct stmt *stmt =
        db_stmt(db,
                "SELECT count(*) FROM mail_id i WHERE i.thread ="
                " (SELECT thread FROM mail_message WHERE item = ?1) AND NOT EXISTS"
                " (SELECT 1 FROM mail_message m WHERE m.thread = i.thread AND m.id = i.id)",
                err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    gathering->missing = (unsigned)stmt_number(stmt);
    return 0;
}

/* The first message with this id; -1 none. */
static int with_id(const struct gathering *gathering, const char *id, size_t len)
{
    for (int i = 0; i < gathering->count; i++)
        if (strncmp(gathering->found[i].id, id, len) == 0 && gathering->found[i].id[len] == '\0')
            return i;
    return -1;
}

/* Whether `from` answers `to`, over any number of messages. Answers never form a ring: whoever
 * would close it is left without. */
static bool leads_to(const struct gathering *gathering, int from, int to)
{
    for (; from >= 0; from = gathering->found[from].answers)
        if (from == to)
            return true;
    return false;
}

/* The nearest of the messages before it that is there. */
static int answered(const struct gathering *gathering, int at)
{
    const char *before = gathering->found[at].before;
    const char *end = before + strlen(before);

    while (end > before) {
        const char *start = --end;
        while (start > before && start[-1] != '\n')
            start--;
        int found = with_id(gathering, start, (size_t)(end - start));
        if (found >= 0 && !leads_to(gathering, found, at))
            return found;
        end = start;
    }
    return -1;
}

/* Whether `a` stands before `b` where both may: by date, those without one last. */
static bool is_earlier(const struct found *a, const struct found *b)
{
    bool undated_a = a->sent[0] == '\0';
    bool undated_b = b->sent[0] == '\0';
    int order = undated_a || undated_b ? undated_a - undated_b : strcmp(a->sent, b->sent);

    return order < 0 || (order == 0 && a->item < b->item);
}

/* The next message: the earliest of those that may stand now. */
static int next_of(const struct gathering *gathering)
{
    int next = -1;

    for (int i = 0; i < gathering->count; i++) {
        const struct found *found = &gathering->found[i];
        bool ready = !found->placed && found->original < 0 &&
                     (found->answers < 0 || gathering->found[found->answers].placed);
        if (ready && (next < 0 || is_earlier(found, &gathering->found[next])))
            next = i;
    }
    return next;
}

static void add_copies(const struct gathering *gathering, int at, struct thread_message *message)
{
    for (int i = at + 1; i < gathering->count && message->copy_count < THREAD_COPIES_MAX; i++)
        if (gathering->found[i].original == at)
            message->copies[message->copy_count++] = gathering->found[i].item;
}

static void put_in_order(struct gathering *gathering, struct thread *thread)
{
    for (int i = 0; i < gathering->count; i++) {
        struct found *found = &gathering->found[i];
        int first = found->id[0] ? with_id(gathering, found->id, strlen(found->id)) : i;
        found->original = first < i ? first : -1;
        found->answers = answered(gathering, i);
    }
    for (int at; (at = next_of(gathering)) >= 0;) {
        struct found *found = &gathering->found[at];
        struct thread_message *message = &thread->messages[thread->count++];
        *message = (struct thread_message){.item = found->item};
        if (found->answers >= 0)
            message->answers = gathering->found[found->answers].item;
        add_copies(gathering, at, message);
        found->placed = true;
    }
    thread->total = gathering->total;
    thread->missing = gathering->missing;
}

int thread_load(struct sanad_case *kase, int64_t item, struct thread **ret_thread, struct err *err)
{
    CLEANUP(cleanup_free) struct gathering *gathering = mem_zalloc(1, sizeof(*gathering));
    struct db *db = case_db(kase);
    int rc = db_has_table(db, "mail_message", err);

    *ret_thread = mem_zalloc(1, sizeof(**ret_thread));
    if (rc > 0)
        rc = gather(gathering, db, item, err);
    if (!rc && gathering->count)
        rc = count_missing(gathering, db, item, err);
    if (!rc)
        put_in_order(gathering, *ret_thread);
    for (int i = 0; i < gathering->count; i++) {
        free(gathering->found[i].id);
        free(gathering->found[i].before);
        free(gathering->found[i].sent);
    }
    if (rc < 0) {
        free(*ret_thread);
        *ret_thread = NULL;
    }
    return rc < 0 ? rc : 0;
}
