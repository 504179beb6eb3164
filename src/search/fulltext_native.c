/*
 * What a connection must know to use the full-text table: the tokenizer `sanad`, which reads token
 * streams, and two functions that give rows to fulltext.c.
 */
#include "search/fulltext_native.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "search/fulltext.h"
#include "search/tokens.h"

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
    struct fulltext_rows *rows =
        count == 1 ? sqlite3_value_pointer(values[0], FULLTEXT_ROWS_POINTER) : NULL;

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
    struct fulltext_rows *rows =
        count == 1 ? sqlite3_value_pointer(values[0], FULLTEXT_ROWS_POINTER) : NULL;
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
