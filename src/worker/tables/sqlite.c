#include "worker/tables/sqlite.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/utf8.h"
#include "worker/sniff/sniff.h"
#include "worker/tables/sqlite_vfs.h"
#include "worker/tables/tables.h"

enum {
    HEAP_MAX = 192 << 20,
    VALUE_MAX = 64 << 20,
    TABLES_MAX = 10000,
    COLUMNS_MAX = 2000,
    STEPS_AT_ONCE = 1000000, /* of SQLite's machine between looks at the limits */
    LOOKS_MAX = 50000,
    SMALL_BLOB = 32, /* bytes: shown in hexadecimal, as keys and hashes are */
    BLOB_DOCUMENT_MIN = 32,
    PAGE_SIZE_AT = 16,
    PAGE_COUNT_AT = 28,
    FREE_PAGES_AT = 36,
};

struct database {
    sqlite3 *db;
    struct emit *emit;
    struct tables tables;
    char **names; /* of tables */
    size_t count;
    char **virtuals; /* names of virtual tables */
    size_t virtual_count;
    bool schema_cut;
    unsigned looks, binary, damaged;
    int first_error;
    char damaged_table[64];
};

static int on_progress(void *ctx)
{
    struct database *database = ctx;

    return database->emit->stop || ++database->looks > LOOKS_MAX;
}

/* Only plain reading: whatever else a statement would do, it is ours and wrong. */
static int on_authorize(void *ctx, int action, const char *a, const char *b, const char *c,
                        const char *d)
{
    (void)ctx, (void)a, (void)b, (void)c, (void)d;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
        return SQLITE_OK;
    default:
        return SQLITE_DENY;
    }
}

static void harden(struct database *database)
{
    static const int switched_off[] = {SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW,
                                       SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION,
                                       SQLITE_DBCONFIG_TRUSTED_SCHEMA,
                                       SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER};
    static const int limits[][2] = {
        {SQLITE_LIMIT_LENGTH, VALUE_MAX},   {SQLITE_LIMIT_SQL_LENGTH, 1 << 20},
        {SQLITE_LIMIT_COLUMN, COLUMNS_MAX}, {SQLITE_LIMIT_EXPR_DEPTH, 100},
        {SQLITE_LIMIT_ATTACHED, 0},         {SQLITE_LIMIT_WORKER_THREADS, 0}};

    for (size_t i = 0; i < ARRAY_LEN(switched_off); i++)
        (void)sqlite3_db_config(database->db, switched_off[i], 0, NULL);
    /* a damaged schema, and a file shorter than its header says, are read as far as they go;
     * nothing can be written whatever SQLite allows */
    (void)sqlite3_db_config(database->db, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, NULL);
    for (size_t i = 0; i < ARRAY_LEN(limits); i++)
        (void)sqlite3_limit(database->db, limits[i][0], limits[i][1]);
    (void)sqlite3_exec(database->db, "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384;", NULL,
                       NULL, NULL);
    sqlite3_progress_handler(database->db, STEPS_AT_ONCE, on_progress, database);
    (void)sqlite3_set_authorizer(database->db, on_authorize, database);
}

static void add_name(char ***list, size_t *count, const char *name)
{
    if (*count % 64 == 0)
        *list = mem_realloc(*list, *count + 64, sizeof(**list));
    (*list)[(*count)++] = mem_strdup(name);
}

/* Sorts what the schema lists into tables and virtual tables. */
static int read_schema(struct database *database)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(database->db,
                                "SELECT name, sql FROM sqlite_master WHERE type = 'table' "
                                "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
                                -1, &stmt, NULL);

    while (!rc && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(stmt, 0);
        const char *sql = (const char *)sqlite3_column_text(stmt, 1);
        rc = SQLITE_OK;
        if (!name)
            continue;
        database->schema_cut = database->count + database->virtual_count >= TABLES_MAX;
        if (database->schema_cut)
            break;
        if (sql && sqlite3_strlike("CREATE VIRTUAL TABLE%", sql, 0) == 0)
            add_name(&database->virtuals, &database->virtual_count, name);
        else
            add_name(&database->names, &database->count, name);
    }
    sqlite3_finalize(stmt);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

/* Whether a table is machinery of a virtual one: everything named after it but its content. */
static bool is_machinery(const struct database *database, const char *name)
{
    static const char *const suffixes[] = {"_data",   "_idx",  "_docsize", "_config", "_segments",
                                           "_segdir", "_stat", "_parent",  "_node",   "_rowid"};

    for (size_t i = 0; i < database->virtual_count; i++) {
        size_t len = strlen(database->virtuals[i]);
        if (strncmp(name, database->virtuals[i], len) != 0)
            continue;
        for (size_t j = 0; j < ARRAY_LEN(suffixes); j++)
            if (strcmp(name + len, suffixes[j]) == 0)
                return true;
    }
    return false;
}

static void put_hex(struct database *database, const unsigned char *data, size_t len)
{
    char hex[SMALL_BLOB * 2 + 1];

    for (size_t i = 0; i < len; i++)
        snprintf(hex + 2 * i, 3, "%02x", data[i]);
    table_cell(&database->tables, hex, 2 * len);
}

/* A document kept in a field. */
static void send_document(struct database *database, const char *mime, const char *column,
                          const unsigned char *data, size_t len)
{
    CLEANUP(cleanup_buf) struct buf name = {0};

    buf_init(&name, NAME_MAX_BYTES);
    (void)buf_printf(&name, "%s/%.256s %" PRIu64, database->tables.label, column,
                     database->tables.rows);
    emit_child(database->emit, name.data, name.len, mime, INT64_MIN);
    emit_child_data(database->emit, data, len);
    emit_child_end(database->emit, REASON_NONE, "");
    table_cell(&database->tables, name.data, name.len);
}

static bool is_printable(const unsigned char *data, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (data[i] < ' ' && data[i] != '\t' && data[i] != '\n' && data[i] != '\r')
            return false;
    return utf8_valid((const char *)data, len);
}

static void put_blob(struct database *database, sqlite3_stmt *stmt, int column)
{
    const unsigned char *data = sqlite3_column_blob(stmt, column);
    size_t len = (size_t)sqlite3_column_bytes(stmt, column);
    const char *mime = data && len >= BLOB_DOCUMENT_MIN ? sniff_magic(data, len) : NULL;

    if (!data || len == 0) {
        table_cell(&database->tables, "", 0);
    } else if (mime) {
        send_document(database, "", sqlite3_column_name(stmt, column), data, len);
    } else if (is_printable(data, len)) {
        table_cell(&database->tables, (const char *)data, len);
    } else if (len <= SMALL_BLOB) {
        put_hex(database, data, len);
    } else {
        database->binary++;
        table_cell(&database->tables, "", 0);
    }
}

static bool put_row(struct database *database, sqlite3_stmt *stmt)
{
    int columns = sqlite3_column_count(stmt);

    for (int i = 0; i < columns; i++) {
        if (sqlite3_column_type(stmt, i) == SQLITE_BLOB) {
            put_blob(database, stmt, i);
            continue;
        }
        const char *text = (const char *)sqlite3_column_text(stmt, i);
        table_cell(&database->tables, text ? text : "", (size_t)sqlite3_column_bytes(stmt, i));
    }
    return table_row(&database->tables);
}

static void note_damage(struct database *database, int rc)
{
    if (database->damaged++ > 0)
        return;
    database->first_error = rc;
    memcpy(database->damaged_table, database->tables.label, sizeof(database->damaged_table));
}

static int64_t count_rows(struct database *database, const char *quoted)
{
    CLEANUP(cleanup_buf) struct buf sql = {0};
    sqlite3_stmt *stmt = NULL;
    int64_t count = -1;

    buf_init(&sql, 8192);
    (void)buf_printf(&sql, "SELECT count(*) FROM %s", quoted);
    if (sqlite3_prepare_v2(database->db, sql.data, -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        count = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return count;
}

static void read_rows(struct database *database, sqlite3_stmt *stmt, const char *quoted)
{
    int columns = sqlite3_column_count(stmt);
    bool more = true;
    int rc = SQLITE_ROW;

    for (int i = 0; i < columns; i++) {
        const char *name = sqlite3_column_name(stmt, i);
        table_cell(&database->tables, name ? name : "", name ? strlen(name) : 0);
    }
    (void)table_row(&database->tables);
    while (more && (rc = sqlite3_step(stmt)) == SQLITE_ROW)
        more = put_row(database, stmt);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        note_damage(database, rc);
    table_end(&database->tables, more ? -1 : count_rows(database, quoted), !more);
}

static void read_table(struct database *database, const char *name)
{
    char *quoted = sqlite3_mprintf("\"%w\"", name);
    char *sql = sqlite3_mprintf("SELECT * FROM %s", quoted);
    sqlite3_stmt *stmt = NULL;

    table_begin(&database->tables, name);
    int rc = sql ? sqlite3_prepare_v2(database->db, sql, -1, &stmt, NULL) : SQLITE_NOMEM;
    if (rc == SQLITE_OK) {
        read_rows(database, stmt, quoted);
    } else {
        note_damage(database, rc);
        table_end(&database->tables, -1, false);
    }
    sqlite3_finalize(stmt);
    sqlite3_free(sql);
    sqlite3_free(quoted);
}

/* Whether pages that the header counts are missing from the file. */
static bool ends_early(const struct input *input)
{
    uint32_t size = be16_get(input->data + PAGE_SIZE_AT);

    if (size == 1)
        size = 65536;
    return (uint64_t)be32_get(input->data + PAGE_COUNT_AT) * size > input->len;
}

static void say_header(const struct input *input, struct emit *emit)
{
    char text[16];
    uint32_t unused = be32_get(input->data + FREE_PAGES_AT);

    if (unused == 0)
        return;
    snprintf(text, sizeof(text), "%u", unused);
    emit_meta(emit, "unused-pages", text);
}

static struct verdict conclude(struct database *database, const struct input *input)
{
    struct verdict verdict = tables_verdict(&database->tables);

    if (database->binary)
        emit_warning(database->emit, REASON_UNSUPPORTED,
                     "%u fields hold binary data of no known kind and are left out",
                     database->binary);
    if (database->schema_cut)
        emit_warning(database->emit, REASON_LIMIT_COUNT, "it has more than %d tables", TABLES_MAX);
    if (database->damaged) {
        enum reason reason = ends_early(input) ? REASON_TRUNCATED : REASON_CORRUPT;
        struct verdict broken = verdict_failed(
            reason, "%u tables could be read in part only, first %s: %s", database->damaged,
            database->damaged_table, sqlite3_errstr(database->first_error));
        if (verdict.outcome == OUTCOME_TEXT)
            broken.outcome = OUTCOME_TEXT;
        return broken;
    }
    if (verdict.outcome == OUTCOME_EMPTY && database->emit->children)
        return verdict_empty(REASON_CONTAINER, "what its fields hold are its children");
    return verdict;
}

static struct verdict read_database(struct database *database, const struct input *input)
{
    int rc = read_schema(database);

    if (rc == SQLITE_NOTADB)
        return verdict_failed(REASON_PASSWORD, "its pages make no sense: it is encrypted, or its "
                                               "header is damaged");
    if (rc && database->count == 0)
        return verdict_failed(ends_early(input) ? REASON_TRUNCATED : REASON_CORRUPT,
                              "its list of tables cannot be read: %s",
                              sqlite3_errmsg(database->db));
    if (rc)
        note_damage(database, rc);
    for (size_t i = 0; i < database->count && !database->emit->stop; i++)
        if (!is_machinery(database, database->names[i]))
            read_table(database, database->names[i]);
    return conclude(database, input);
}

static void free_names(char **names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
}

struct verdict sqlite_read(const struct input *input, struct emit *emit)
{
    struct database database = {.emit = emit};
    struct verdict verdict;
    enum { HEADER = 100 };

    if (input->len < HEADER)
        return verdict_failed(REASON_TRUNCATED, "it ends in its header");
    (void)sqlite3_hard_heap_limit64(HEAP_MAX);
    tables_init(&database.tables, emit);
    say_header(input, emit);
    if (sqlite_vfs_offer(input->data, input->len) == SQLITE_OK &&
        sqlite3_open_v2("document", &database.db, SQLITE_OPEN_READONLY, SQLITE_VFS_NAME) ==
            SQLITE_OK) {
        harden(&database);
        verdict = read_database(&database, input);
    } else {
        verdict = verdict_failed(REASON_CORRUPT, "it cannot be opened");
    }
    (void)sqlite3_close(database.db);
    free_names(database.names, database.count);
    free_names(database.virtuals, database.virtual_count);
    tables_release(&database.tables);
    return verdict;
}

struct verdict sqlite_log_read(const struct input *input, struct emit *emit)
{
    (void)input, (void)emit;
    return verdict_empty(REASON_MISSING_PART,
                         "changes to a database that are kept beside it; they are not in the "
                         "database's file, and rows in them are not read");
}
