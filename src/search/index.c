/*
 * The deriver: every page's words into the full-text table and the vocabulary, every document's
 * facts into the tables of filters.
 *
 * Pages wait in memory, as token streams, until the commit or until there are many, and are then
 * added in the order of their ids: the full-text table wants that, and items that several workers
 * read at once come in any order.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "search/docs.h"
#include "search/doubt.h"
#include "search/fulltext.h"
#include "search/pages.h"
#include "search/search.h"
#include "search/terms.h"
#include "search/tokens.h"
#include "text/fold.h"
#include "text/misread.h"

enum {
    WAITING_BYTES = 12 << 20, /* of token streams */
    STREAM_BYTES_MAX = 96 << 20,
    META_BYTES_MAX = 1 << 20, /* of one document's names and metadata */
};

struct waiting {
    int64_t page;
    size_t at, len;
};

struct index_state {
    struct sanad_case *kase;
    struct db *db;
    struct terms *terms;
    struct buf streams;
    struct waiting *pages;
    size_t count, space;
    /* The text that `count` was last asked about; its stream stands at the end of `streams`. */
    const char *counted;
    size_t counted_len;
    size_t counted_at;
    uint32_t counted_words;
};

static int index_create(struct sanad_case *kase, struct err *err)
{
    struct db *db = case_db(kase);
    int rc = fulltext_create(db, err);

    if (!rc)
        rc = terms_create(db, err);
    if (!rc)
        rc = docs_create(db, err);
    return rc;
}

static int index_drop(struct sanad_case *kase, struct err *err)
{
    struct db *db = case_db(kase);
    int rc = fulltext_drop(db, err);

    if (!rc)
        rc = terms_drop(db, err);
    if (!rc)
        rc = docs_drop(db, err);
    return rc;
}

static int index_forget(void *state, struct sanad_case *kase, int64_t item, struct err *err)
{
    struct db *db = case_db(kase);
    int rc = fulltext_register(db, err);

    (void)state;
    if (!rc)
        rc = fulltext_forget(db, item, err);
    if (!rc)
        rc = docs_forget(db, item, err);
    return rc;
}

static int index_start(struct sanad_case *kase, void **ret_state, struct err *err)
{
    int rc = fulltext_register(case_db(kase), err);

    if (rc)
        return rc;
    struct index_state *state = mem_zalloc(1, sizeof(*state));
    state->kase = kase;
    state->db = case_db(kase);
    state->terms = terms_new();
    buf_init(&state->streams, STREAM_BYTES_MAX);
    *ret_state = state;
    return 0;
}

/* Appends the stream of a text and returns its number of words. */
static uint32_t add_stream(struct index_state *state, const char *text, size_t len,
                           enum token_mark mark)
{
    struct words words;
    struct word word;
    uint32_t count = 0;

    words_init(&words, text, len);
    while (words_next(&words, &word)) {
        terms_note(state->terms, &words, &word);
        if (token_append(&state->streams, TOKEN_NEXT, mark, word.surface, word.surface_len))
            break;
        count++;
    }
    return count;
}

/* Where a word was read by OCR, its class stands in the same place. */
static int add_class(struct index_state *state, struct doubt *doubt, const struct word *word)
{
    enum token_mark mark = doubt_of(doubt, word->at);
    char class[WORD_BYTES_MAX];

    if (mark == MARK_TEXT)
        return 0;
    size_t len = misread_class(word->surface, word->surface_len, class);
    return token_append(&state->streams, TOKEN_SAME, mark, class, len);
}

/* Appends the stream of a page read by OCR. */
static void add_ocr_stream(struct index_state *state, const struct page *page)
{
    struct words words;
    struct word word;
    struct doubt doubt = {.page = page};

    words_init(&words, page->text, page->text_len);
    while (words_next(&words, &word)) {
        terms_note(state->terms, &words, &word);
        if (token_append(&state->streams, TOKEN_NEXT, MARK_TEXT, word.surface, word.surface_len) ||
            add_class(state, &doubt, &word))
            return;
    }
}

static void forget_counted(struct index_state *state)
{
    if (state->counted) {
        state->streams.len = state->counted_at;
        state->streams.full = false;
    }
    state->counted = NULL;
}

static uint32_t index_count(void *ctx, const char *text, size_t len)
{
    struct index_state *state = ctx;

    forget_counted(state);
    state->counted_at = state->streams.len;
    state->counted_words = add_stream(state, text, len, MARK_TEXT);
    state->counted = text;
    state->counted_len = len;
    return state->counted_words;
}

static int compare_waiting(const void *left, const void *right)
{
    const struct waiting *a = left;
    const struct waiting *b = right;

    if (a->page != b->page)
        return a->page > b->page ? 1 : -1;
    return (a->at > b->at) - (a->at < b->at);
}

/* A page that waits may have been taken back meanwhile (its document is read again): the table of
 * pages knows. */
static int page_stands(struct index_state *state, int64_t page, struct err *err)
{
    struct stmt *stmt = db_stmt(state->db, "SELECT 1 FROM page WHERE id = ?1", err);

    if (!page_is_real(page))
        return 1;
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, page);
    int rc = stmt_step(stmt, err);
    stmt_reset(stmt);
    return rc;
}

static int add_waiting(struct index_state *state, struct err *err)
{
    int rc = 0;

    forget_counted(state);
    if (state->count > 0)
        qsort(state->pages, state->count, sizeof(struct waiting), compare_waiting);
    for (size_t i = 0; !rc && i < state->count; i++) {
        const struct waiting *page = &state->pages[i];
        if (i + 1 < state->count && page[1].page == page->page)
            continue; /* read again: the later one counts */
        rc = page_stands(state, page->page, err);
        if (rc > 0)
            rc =
                fulltext_add(state->db, page->page, state->streams.data + page->at, page->len, err);
    }
    state->count = 0;
    buf_clear(&state->streams);
    return rc;
}

static int wait_page(struct index_state *state, int64_t page, size_t at, struct err *err)
{
    state->counted = NULL;
    state->streams.full = false;
    if (state->count == state->space) {
        state->space = state->space ? state->space * 2 : 256;
        state->pages = mem_realloc(state->pages, state->space, sizeof(struct waiting));
    }
    state->pages[state->count++] =
        (struct waiting){.page = page, .at = at, .len = state->streams.len - at};
    int rc = state->streams.len > WAITING_BYTES ? add_waiting(state, err) : 0;
    if (!rc && terms_full(state->terms))
        rc = terms_flush(state->terms, state->db, err);
    return rc;
}

static int index_page(void *ctx, const struct page *page, struct err *err)
{
    struct index_state *state = ctx;

    if (state->counted != page->text || state->counted_len != page->text_len)
        (void)index_count(state, page->text, page->text_len);
    size_t at = state->counted_at;
    if (page->head.method == PAGE_OCR) {
        forget_counted(state);
        add_ocr_stream(state, page);
    }
    state->counted = NULL;
    if (page->rest_len > 0) {
        /* A word of nothing keeps phrases from running out of the text into the rest. */
        (void)token_append(&state->streams, TOKEN_NEXT, MARK_REST, "", 0);
        (void)add_stream(state, page->rest, page->rest_len, MARK_REST);
    }
    return wait_page(state, page->id, at, err);
}

/* ---- documents ---- */

/* Appends the words of a name twice: as what it is, and as something that in:all finds. */
static void add_name(struct index_state *state, const char *text, enum token_mark mark)
{
    struct words words;
    struct word word;

    (void)token_append(&state->streams, TOKEN_NEXT, MARK_REST, "", 0);
    words_init(&words, text, strlen(text));
    while (words_next(&words, &word)) {
        terms_note(state->terms, &words, &word);
        if (token_append(&state->streams, TOKEN_NEXT, mark, word.surface, word.surface_len) ||
            token_append(&state->streams, TOKEN_SAME, MARK_REST, word.surface, word.surface_len))
            return;
    }
}

static void add_about(struct index_state *state, const char *text)
{
    (void)token_append(&state->streams, TOKEN_NEXT, MARK_REST, "", 0);
    (void)add_stream(state, text, strlen(text), MARK_REST);
}

/* The item's path and name, straight from the catalogue: the ledger's walk compiles a statement
 * for each call, which is too slow for every document of an ingest. */
static int add_path(struct index_state *state, struct doc_facts *facts, struct buf *path,
                    struct err *err)
{
    struct stmt *stmt = db_stmt(state->db, "SELECT path, name FROM item WHERE id = ?1", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, facts->item);
    int rc = stmt_step(stmt, err);
    if (rc <= 0)
        return rc;
    (void)buf_append_str(path, stmt_text(stmt, 0));
    facts->path = path->data;
    add_name(state, stmt_text(stmt, 0), MARK_PATH);
    add_name(state, stmt_text(stmt, 1), MARK_NAME);
    stmt_reset(stmt);
    return 0;
}

static int add_meta(struct index_state *state, int64_t item, struct err *err)
{
    struct stmt *stmt =
        db_stmt(state->db, "SELECT value FROM meta WHERE item = ?1 ORDER BY rowid", err);
    size_t start = state->streams.len;
    int rc = 0;

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    while (state->streams.len - start < META_BYTES_MAX && (rc = stmt_step(stmt, err)) > 0)
        add_about(state, stmt_text(stmt, 0));
    stmt_reset(stmt);
    return rc < 0 ? rc : 0;
}

static int index_document(void *ctx, int64_t item, const struct reading *reading, struct err *err)
{
    struct index_state *state = ctx;
    struct doc_facts facts = {.item = item,
                              .type = reading->type ? reading->type : "",
                              .lang = reading->lang ? reading->lang : "",
                              .date = reading->date ? reading->date : "",
                              .path = ""};
    CLEANUP(cleanup_buf) struct buf path = {0};

    buf_init(&path, 1 << 20);
    forget_counted(state);
    size_t at = state->streams.len;
    int rc = add_path(state, &facts, &path, err);
    if (rc < 0)
        return rc;
    if (reading->from && *reading->from)
        add_name(state, reading->from, MARK_SENDER);
    if (reading->to && *reading->to)
        add_name(state, reading->to, MARK_RECIPIENT);
    if (reading->title && *reading->title)
        add_about(state, reading->title);
    rc = add_meta(state, item, err);
    if (!rc)
        rc = wait_page(state, page_of_facts(item), at, err);
    if (!rc)
        rc = docs_put(state->db, &facts, err);
    return rc;
}

static int index_flush(void *ctx, struct err *err)
{
    struct index_state *state = ctx;
    int rc = add_waiting(state, err);

    if (!rc)
        rc = terms_flush(state->terms, state->db, err);
    return rc;
}

static void index_finish(void *ctx)
{
    struct index_state *state = ctx;

    if (!state)
        return;
    terms_free(state->terms);
    buf_release(&state->streams);
    free(state->pages);
    free(state);
}

const struct deriver search_deriver = {
    .name = "search",
    .version = 2,
    .create = index_create,
    .drop = index_drop,
    .forget = index_forget,
    .start = index_start,
    .count = index_count,
    .page = index_page,
    .document = index_document,
    .flush = index_flush,
    .finish = index_finish,
};
