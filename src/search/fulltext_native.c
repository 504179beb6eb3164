/*
 * What of the full-text table needs SQLite's own interface: the tokenizer `sanad`, which reads
 * token streams; two functions by which FTS5 hands out rows; and the statements that call them.
 */
#include "search/fulltext.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "base/buf.h"
#include "search/tokens.h"

/* Type of the pointer under which a `struct fulltext_rows` travels through SQL. */
#define ROWS_POINTER "sanad-rows"

enum { EXPRESSION_MAX = 1 << 20 };

struct fulltext {
    sqlite3_stmt *all;  /* every page of one phrase, collected in one call */
    sqlite3_stmt *each; /* row by row */
};

static int native_fail(sqlite3 *native, struct err *err)
{
    if ((sqlite3_errcode(native) & 0xFF) == SQLITE_CORRUPT)
        return err_set(err, ERR_CORRUPT,
                       "the search index is damaged (%s); make it again with: sanad rebuild CASE",
                       sqlite3_errmsg(native));
    return err_set(err, ERR_IO, "the search index: %s", sqlite3_errmsg(native));
}

static fts5_api *api_of(sqlite3 *native)
{
    fts5_api *api = NULL;
    sqlite3_stmt *stmt = NULL;

    if (sqlite3_prepare_v2(native, "SELECT fts5(?1)", -1, &stmt, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(stmt, 1, &api, "fts5_api_ptr", NULL);
        (void)sqlite3_step(stmt);
    }
    sqlite3_finalize(stmt);
    return api;
}

/* ---- tokenizer ---- */

static int tokenizer_create(void *context, const char **args, int count, Fts5Tokenizer **ret)
{
    (void)context;
    (void)args;
    (void)count;
    *ret = (Fts5Tokenizer *)malloc(1); /* it has no state, but must not be NULL */
    return *ret ? SQLITE_OK : SQLITE_NOMEM;
}

static void tokenizer_delete(Fts5Tokenizer *tokenizer)
{
    free(tokenizer);
}

static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int len,
                    int (*token)(void *, int, const char *, int, int, int))
{
    const char *at = text;
    const char *end = text + len;

    (void)tokenizer;
    (void)flags;
    while (at < end) {
        int same = *at == TOKEN_SAME ? FTS5_TOKEN_COLOCATED : 0;
        /* A phrase that FTS5 clones comes word by word, without the leading byte. */
        const char *start = *at == TOKEN_NEXT || *at == TOKEN_SAME ? at + 1 : at;
        at = start;
        while (at < end && *at != TOKEN_NEXT && *at != TOKEN_SAME)
            at++;
        if (at == start)
            continue;
        int rc =
            token(context, same, start, (int)(at - start), (int)(start - text), (int)(at - text));
        if (rc != SQLITE_OK)
            return rc;
    }
    return SQLITE_OK;
}

/* ---- functions ---- */

static uint32_t count_times(const Fts5ExtensionApi *api, Fts5Context *fts)
{
    Fts5PhraseIter iter;
    int column = 0;
    int offset = 0;
    uint32_t times = 0;

    if (api->xPhraseFirst(fts, 0, &iter, &column, &offset) != SQLITE_OK)
        return 1;
    while (column >= 0 && times < FULLTEXT_TIMES_MAX) {
        times++;
        api->xPhraseNext(fts, &iter, &column, &offset);
    }
    return times;
}

static int collect_row(const Fts5ExtensionApi *api, Fts5Context *fts, void *context)
{
    fulltext_rows_append(
        context, (struct fulltext_row){.page = api->xRowid(fts), .times = count_times(api, fts)});
    return SQLITE_OK;
}

/* Called for the first row of a query of one phrase, walks all of them: a row this way costs a
 * third of what it costs as a row of a SELECT. */
static void collect(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context,
                    int count, sqlite3_value **values)
{
    struct fulltext_rows *rows = count == 1 ? sqlite3_value_pointer(values[0], ROWS_POINTER) : NULL;

    if (!rows) {
        sqlite3_result_error_code(context, SQLITE_MISUSE);
        return;
    }
    sqlite3_int64 all = 0;
    int rc = api->xRowCount(fts, &all);
    rows->of = all;
    if (rc == SQLITE_OK)
        rc = api->xQueryPhrase(fts, 0, rows, collect_row);
    if (rc != SQLITE_OK)
        sqlite3_result_error_code(context, rc);
}

static void times(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context,
                  int count, sqlite3_value **values)
{
    struct fulltext_rows *rows = count == 1 ? sqlite3_value_pointer(values[0], ROWS_POINTER) : NULL;
    sqlite3_int64 all = 0;

    if (rows && rows->of == 0 && api->xRowCount(fts, &all) == SQLITE_OK)
        rows->of = all;
    sqlite3_result_int(context, (int)count_times(api, fts));
}

int fulltext_register(struct db *db, struct err *err)
{
    static const char name[] = "sanad";
    fts5_tokenizer tokenizer = {tokenizer_create, tokenizer_delete, tokenize};
    fts5_tokenizer known;
    void *context = NULL;
    fts5_api *api = api_of(db_native(db));

    if (!api || api->iVersion < 2)
        return err_set(err, ERR_UNSUPPORTED, "this SQLite has no full-text search (FTS5)");
    /* FTS5 answers an unknown name with an error of its own. */
    if (api->xFindTokenizer(api, name, &context, &known) == SQLITE_OK &&
        known.xTokenize == tokenize)
        return 0;
    if (api->xCreateTokenizer(api, name, NULL, &tokenizer, NULL) != SQLITE_OK ||
        api->xCreateFunction(api, "sanad_collect", NULL, collect, NULL) != SQLITE_OK ||
        api->xCreateFunction(api, "sanad_times", NULL, times, NULL) != SQLITE_OK)
        return err_set(err, ERR_INTERNAL, "the search index cannot be set up");
    return 0;
}

/* ---- reading ---- */

int fulltext_open(struct db *db, struct fulltext **ret_fulltext, struct err *err)
{
    int rc = fulltext_register(db, err);

    if (rc)
        return rc;
    sqlite3 *native = db_native(db);
    struct fulltext *fts = mem_zalloc(1, sizeof(*fts));
    if (sqlite3_prepare_v2(native,
                           "SELECT sanad_collect(search_fts, ?2) FROM search_fts"
                           " WHERE search_fts MATCH ?1 LIMIT 1",
                           -1, &fts->all, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(native,
                           "SELECT rowid, sanad_times(search_fts, ?2) FROM search_fts"
                           " WHERE search_fts MATCH ?1",
                           -1, &fts->each, NULL) != SQLITE_OK) {
        rc = native_fail(native, err);
        fulltext_close(fts);
        return rc;
    }
    *ret_fulltext = fts;
    return 0;
}

void fulltext_close(struct fulltext *fts)
{
    if (!fts)
        return;
    sqlite3_finalize(fts->all);
    sqlite3_finalize(fts->each);
    free(fts);
}

void cleanup_fulltext(struct fulltext *const *fts)
{
    fulltext_close(*fts);
}

static void append_phrase(struct buf *out, const char *tokens, size_t len, enum fulltext_last last)
{
    buf_append_char(out, '"');
    buf_append(out, tokens, len);
    buf_append_str(out, last == FULLTEXT_PREFIX ? "\" *" : "\"");
}

static int run(sqlite3_stmt *stmt, const struct buf *expression, struct fulltext_rows *out,
               struct err *err)
{
    int rc = SQLITE_OK;

    if (expression->full)
        return err_set(err, ERR_LIMIT, "the query is too long");
    sqlite3_bind_text(stmt, 1, expression->data, (int)expression->len, SQLITE_STATIC);
    sqlite3_bind_pointer(stmt, 2, out, ROWS_POINTER, NULL);
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
        if (sqlite3_column_count(stmt) > 1)
            fulltext_rows_append(out, (struct fulltext_row){
                                          .page = sqlite3_column_int64(stmt, 0),
                                          .times = (uint32_t)sqlite3_column_int(stmt, 1),
                                      });
    int failed = rc == SQLITE_DONE ? 0 : native_fail(sqlite3_db_handle(stmt), err);
    sqlite3_reset(stmt);
    sqlite3_clear_bindings(stmt);
    return failed;
}

int fulltext_phrase(struct fulltext *fts, const char *tokens, size_t len, enum fulltext_last last,
                    struct fulltext_rows *out, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf expression = {0};

    buf_init(&expression, EXPRESSION_MAX);
    append_phrase(&expression, tokens, len, last);
    return run(fts->all, &expression, out, err);
}

int fulltext_near(struct fulltext *fts, const struct fulltext_phrase *phrases, size_t count,
                  uint32_t distance, struct fulltext_rows *out, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf expression = {0};

    buf_init(&expression, EXPRESSION_MAX);
    buf_append_str(&expression, "NEAR(");
    for (size_t i = 0; i < count; i++) {
        buf_append_char(&expression, ' ');
        append_phrase(&expression, phrases[i].tokens, phrases[i].len, phrases[i].last);
    }
    buf_printf(&expression, ", %u)", distance);
    return run(fts->each, &expression, out, err);
}
