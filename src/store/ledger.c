#include "store/internal.h"
#include "store/item.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"

/* Reading: rows of the ledger and their sums. */

static const char ledger_columns[] =
    "SELECT i.id, i.parent, i.intake, i.ordinal, i.kind, i.path, i.name, i.raw_path, i.object, "
    "i.bytes, i.mtime_ns, i.depth, i.mime_hint, o.sha256, r.outcome, r.reason, r.detail, r.type, "
    "r.lang, r.pages, r.chars, r.children, r.duplicate_of, r.title, r.date, r.sender, r.recipient, "
    "(SELECT count(*) FROM item c WHERE c.parent = i.id AND c.parent <> 0), n.source, i.root "
    "FROM item i LEFT JOIN reading r ON r.item = i.id LEFT JOIN object o ON o.id = i.object "
    "LEFT JOIN intake n ON n.id = i.intake ";

static void row_from(struct stmt *stmt, struct ledger_row *row, char hex[SHA256_HEX + 1])
{
    size_t len;

    *row = (struct ledger_row){0};
    row->item.id = stmt_int(stmt, 0);
    row->item.parent = stmt_int(stmt, 1);
    row->item.intake = stmt_int(stmt, 2);
    row->item.ordinal = (uint32_t)stmt_int(stmt, 3);
    row->item.kind = (enum item_kind)stmt_int(stmt, 4);
    row->item.path = stmt_text(stmt, 5);
    row->item.name = stmt_text(stmt, 6);
    if (!stmt_is_null(stmt, 7)) {
        row->item.raw_path = stmt_blob(stmt, 7, &row->item.raw_path_len);
        row->item.name_escaped = true;
    }
    row->item.object = stmt_int(stmt, 8);
    row->item.bytes = (uint64_t)stmt_int(stmt, 9);
    row->item.mtime_ns = stmt_is_null(stmt, 10) ? INT64_MIN : stmt_int(stmt, 10);
    row->item.depth = (uint32_t)stmt_int(stmt, 11);
    row->item.mime_hint = stmt_text(stmt, 12);
    const void *sha256 = stmt_blob(stmt, 13, &len);
    hex[0] = '\0';
    if (len == SHA256_BYTES)
        hex_encode(sha256, SHA256_BYTES, hex);
    row->sha256 = hex;
    row->outcome = (enum outcome)stmt_int(stmt, 14); /* NULL: OUTCOME_WAITING */
    row->reason = (enum reason)stmt_int(stmt, 15);
    row->detail = stmt_text(stmt, 16);
    row->type = stmt_text(stmt, 17);
    row->lang = stmt_text(stmt, 18);
    row->pages = stmt_is_null(stmt, 19) ? -1 : stmt_int(stmt, 19);
    row->chars = stmt_is_null(stmt, 20) ? -1 : stmt_int(stmt, 20);
    row->children = stmt_int(stmt, 21);
    row->duplicate_of = stmt_int(stmt, 22);
    row->title = stmt_text(stmt, 23);
    row->date = stmt_text(stmt, 24);
    row->from = stmt_text(stmt, 25);
    row->to = stmt_text(stmt, 26);
    row->children_rows = stmt_int(stmt, 27);
    row->source = stmt_text(stmt, 28);
    row->item.root = stmt_int(stmt, 29);
}

/* ---- filters ---- */

/* Values in the order in which the conditions name them. */
struct binding {
    int64_t number;
    char *text; /* NULL: it is the number */
};
enum { BINDINGS_MAX = 10 + LEDGER_WORDS_MAX };
struct conditions {
    struct buf sql;
    struct binding values[BINDINGS_MAX];
    int count;
};

static void conditions_release(struct conditions *conditions)
{
    for (int i = 0; i < conditions->count; i++)
        free(conditions->values[i].text);
    buf_release(&conditions->sql);
}

static void where(struct conditions *conditions, const char *sql)
{
    (void)buf_append_str(&conditions->sql, sql);
}

static void where_number(struct conditions *conditions, const char *sql, int64_t number)
{
    where(conditions, sql);
    conditions->values[conditions->count++] = (struct binding){.number = number};
}

/* Takes the text. */
static void where_text(struct conditions *conditions, const char *sql, char *text)
{
    where(conditions, sql);
    conditions->values[conditions->count++] = (struct binding){.text = text};
}

/* All paths below a folder stand between "folder/" and "folder0": "0" follows "/". */
static void where_below(struct conditions *conditions, const char *folder)
{
    size_t len = strlen(folder);

    while (len > 0 && folder[len - 1] == '/')
        len--;
    char *first = mem_alloc(len + 2);
    snprintf(first, len + 2, "%.*s/", (int)len, folder);
    char *last = mem_strdup(first);
    last[len] = '0';
    where_text(conditions, "AND i.path >= ? ", first);
    where_text(conditions, "AND i.path < ? ", last);
}

/* "%word%" for LIKE, with what LIKE takes for a sign made plain. */
static char *pattern_of(const char *word, size_t len)
{
    char *pattern = mem_alloc(2 * len + 3);
    size_t to = 0;

    pattern[to++] = '%';
    for (size_t i = 0; i < len; i++) {
        if (word[i] == '%' || word[i] == '_' || word[i] == '\\')
            pattern[to++] = '\\';
        pattern[to++] = word[i];
    }
    pattern[to++] = '%';
    pattern[to] = '\0';
    return pattern;
}

static void where_words(struct conditions *conditions, const char *words)
{
    for (int i = 0; i < LEDGER_WORDS_MAX; i++) {
        words += strspn(words, " ");
        size_t len = strcspn(words, " ");
        if (len == 0)
            return;
        where_text(conditions, "AND i.path LIKE ? ESCAPE '\\' ", pattern_of(words, len));
        words += len;
    }
}

static void conditions_of(struct conditions *conditions, const struct ledger_filter *filter)
{
    buf_init(&conditions->sql, 4096);
    where_number(conditions, "WHERE i.id > ? ", filter->after);
    if (filter->item > 0)
        where_number(conditions, "AND i.id = ? ", filter->item);
    if (filter->object > 0)
        where_number(conditions, "AND i.object = ? ", filter->object);
    if (filter->parent >=
        0) /* The partial indexes are usable only where the condition is theirs. */
        where_number(conditions,
                     filter->parent ? "AND i.parent = ? AND i.parent <> 0 " : "AND i.parent = ? ",
                     filter->parent);
    if (filter->outcome >= 0)
        where_number(conditions, "AND coalesce(r.outcome, 0) = ? ", filter->outcome);
    if (filter->reason >= 0)
        where_number(conditions, "AND r.reason = ? ", filter->reason);
    if (filter->type)
        where_text(conditions, "AND r.type = ? ", mem_strdup(filter->type));
    if (filter->folder)
        where_below(conditions, filter->folder);
    if (filter->words)
        where_words(conditions, filter->words);
    if (filter->differs) {
        where_number(conditions, "AND r.outcome = ? ", OUTCOME_DUPLICATE);
        where(conditions,
              "AND EXISTS (SELECT 1 FROM item f WHERE f.id = r.duplicate_of AND "
              "(f.name <> i.name OR f.mtime_ns / 2000000000 <> i.mtime_ns / 2000000000)) ");
    }
    if (filter->unequal)
        where(conditions, "AND r.children <> (SELECT count(*) FROM item c "
                          "WHERE c.parent = i.id AND c.parent <> 0) ");
}

static struct stmt *filtered(struct sanad_case *kase, const char *select,
                             const struct conditions *conditions, const char *rest, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf sql = {0};

    buf_init(&sql, 8192);
    (void)buf_append_str(&sql, select);
    (void)buf_append_str(&sql, conditions->sql.data);
    (void)buf_append_str(&sql, rest);
    struct stmt *stmt = stmt_new(kase->db, sql.data, err);
    for (int i = 0; stmt && i < conditions->count; i++) {
        const struct binding *value = &conditions->values[i];
        if (value->text)
            stmt_bind_text(stmt, i + 1, value->text);
        else
            stmt_bind_int(stmt, i + 1, value->number);
    }
    return stmt;
}

int ledger_each(struct sanad_case *kase, const struct ledger_filter *filter, ledger_fn *fn,
                void *ctx, struct err *err)
{
    CLEANUP(conditions_release) struct conditions conditions = {0};
    char hex[SHA256_HEX + 1];
    int rc;

    conditions_of(&conditions, filter);
    CLEANUP(cleanup_stmt)
    struct stmt *stmt =
        filtered(kase, ledger_columns, &conditions, "ORDER BY i.id LIMIT -1 OFFSET ?", err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, conditions.count + 1, filter->offset);
    while ((rc = stmt_step(stmt, err)) > 0) {
        struct ledger_row row;
        row_from(stmt, &row, hex);
        if ((rc = fn(ctx, &row)))
            break;
    }
    return rc;
}

struct one_row {
    ledger_fn *row;
    void *ctx;
    bool found;
};

static int give_one(void *ctx, const struct ledger_row *row)
{
    struct one_row *one = ctx;

    one->found = true;
    return one->row(one->ctx, row);
}

int readings_ended(struct db *db, enum outcome outcome, item_id_fn *fn, void *ctx, struct err *err)
{
    struct stmt *stmt =
        db_stmt(db, "SELECT item FROM reading WHERE outcome = ?1 ORDER BY item", err);
    int rc;

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, outcome);
    while ((rc = stmt_step(stmt, err)) > 0 && (rc = fn(ctx, stmt_int(stmt, 0))) == 0)
        continue;
    stmt_reset(stmt);
    return rc;
}

int ledger_one(struct sanad_case *kase, int64_t item, ledger_fn *row, void *ctx, struct err *err)
{
    struct ledger_filter filter = {
        .outcome = -1, .reason = -1, .parent = -1, .item = item, .after = item - 1};
    struct one_row one = {.row = row, .ctx = ctx};
    int rc = item > 0 ? ledger_each(kase, &filter, give_one, &one, err) : 0;

    if (!rc && !one.found)
        rc = err_set(err, ERR_NOT_FOUND, "there is no item %lld in this case", (long long)item);
    return rc;
}

int item_meta_each(struct sanad_case *kase, int64_t item, item_meta_fn *fn, void *ctx,
                   struct err *err)
{
    CLEANUP(cleanup_stmt)
    struct stmt *stmt =
        stmt_new(kase->db, "SELECT key, value FROM meta WHERE item = ? ORDER BY rowid", err);
    int rc;

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    while ((rc = stmt_step(stmt, err)) > 0)
        if ((rc = fn(ctx, stmt_text(stmt, 0), stmt_text(stmt, 1))))
            break;
    return rc;
}

int ledger_sum_of(struct sanad_case *kase, const struct ledger_filter *filter,
                  struct ledger_sums *ret_sums, struct err *err)
{
    CLEANUP(conditions_release) struct conditions conditions = {0};
    int rc;

    struct ledger_sums *sums = ret_sums;

    *sums = (struct ledger_sums){0};
    conditions_of(&conditions, filter);
    CLEANUP(cleanup_stmt)
    struct stmt *stmt =
        filtered(kase,
                 "SELECT coalesce(r.outcome, 0), coalesce(r.reason, 0), count(*), sum(i.bytes), "
                 "sum(max(coalesce(r.pages, 0), 0)), sum(max(coalesce(r.chars, 0), 0)) "
                 "FROM item i LEFT JOIN reading r ON r.item = i.id ",
                 &conditions, "GROUP BY 1, 2", err);
    if (!stmt)
        return ERR_IO;
    while ((rc = stmt_step(stmt, err)) > 0) {
        int64_t outcome = stmt_int(stmt, 0);
        int64_t reason = stmt_int(stmt, 1);
        if (outcome < 0 || outcome >= OUTCOME_COUNT || reason < 0 || reason >= REASON_COUNT)
            return err_set(err, ERR_CORRUPT, "the ledger has an outcome that does not exist");
        sums->outcomes[outcome] += stmt_int(stmt, 2);
        sums->reasons[outcome][reason] += stmt_int(stmt, 2);
        sums->items += stmt_int(stmt, 2);
        sums->bytes += stmt_int(stmt, 3);
        sums->pages += stmt_int(stmt, 4);
        sums->chars += stmt_int(stmt, 5);
    }
    return rc;
}

/* One number by one query. */
static int count_by(struct sanad_case *kase, const char *sql, int64_t *ret_count, struct err *err)
{
    CLEANUP(cleanup_stmt) struct stmt *stmt = stmt_new(kase->db, sql, err);

    if (!stmt)
        return ERR_IO;
    int rc = stmt_step(stmt, err);
    if (rc > 0)
        *ret_count = stmt_int(stmt, 0);
    return rc < 0 ? rc : 0;
}

int ledger_sum(struct sanad_case *kase, struct ledger_sums *ret_sums, struct err *err)
{
    const struct ledger_filter all = {.outcome = -1, .reason = -1, .parent = -1};
    int rc = ledger_sum_of(kase, &all, ret_sums, err);
    if (!rc)
        rc = count_by(kase, "SELECT count(*) FROM object", &ret_sums->objects, err);
    if (!rc)
        rc = count_by(kase,
                      "SELECT count(*) FROM (SELECT i.id AS id, r.children AS announced, "
                      "(SELECT count(*) FROM item c WHERE c.parent = i.id AND c.parent <> 0) AS n "
                      "FROM reading r JOIN item i ON i.id = r.item) WHERE announced <> n",
                      &ret_sums->unequal_containers, err);
    return rc;
}
