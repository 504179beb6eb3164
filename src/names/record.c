/* The deriver: mentions of each page into the tables, entities at the end of a run. */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "names/mentions.h"
#include "names/name.h"
#include "names/spelling.h"
#include "names/tables.h"
#include "text/fold.h"

enum {
    SCORE_MIN = 50,       /* hundredths: what the tagger is less sure of is no mention */
    KNOWN_SLOTS = 1 << 17 /* a power of two */
};

/* A name met before in this run. */
struct known {
    char *spelling; /* NULL: free */
    enum mention_kind kind;
    int64_t name; /* 0: this is no name */
};

struct record_state {
    struct sanad_case *kase;
    struct db *db;
    struct known *known;
    struct finder *finder;
    bool changed;
};

static int record_create(struct sanad_case *kase, struct err *err)
{
    return tables_create(case_db(kase), err);
}

static int record_drop(struct sanad_case *kase, struct err *err)
{
    return tables_drop(case_db(kase), err);
}

static int record_start(struct sanad_case *kase, void **ret_state, struct err *err)
{
    struct record_state *state = mem_zalloc(1, sizeof(*state));

    (void)err;
    state->kase = kase;
    state->db = case_db(kase);
    state->known = mem_zalloc(KNOWN_SLOTS, sizeof(*state->known));
    state->finder = finder_new();
    *ret_state = state;
    return 0;
}

static void record_finish(void *ctx)
{
    struct record_state *state = ctx;

    if (!state)
        return;
    for (size_t i = 0; i < KNOWN_SLOTS; i++)
        free(state->known[i].spelling);
    free(state->known);
    finder_free(state->finder);
    free(state);
}

/* Whether anything but titles and small words is there: "Prime Minister" is nobody. */
static bool has_name(enum mention_kind kind, const char *shown, size_t len)
{
    struct name name;

    if (kind != MENTION_PERSON)
        return true;
    name_parse(&name, shown, len);
    for (size_t i = 0; i < name.count; i++)
        if (name.tokens[i].kind == TOKEN_NAME || name.tokens[i].kind == TOKEN_WEAK)
            return true;
    return false;
}

/* A name's number, 0 for none; a slot holds the name met last of those that fall into it. */
static int find_name(struct record_state *state, enum mention_kind kind, const char *spelling,
                     const char *shown, size_t shown_len, int64_t *ret_name, struct err *err)
{
    uint64_t hash = bytes_hash(BYTES_HASH_START ^ (uint64_t)kind, spelling, strlen(spelling));
    struct known *known = &state->known[hash >> 32 & (KNOWN_SLOTS - 1)];

    if (known->spelling && known->kind == kind && !strcmp(known->spelling, spelling)) {
        *ret_name = known->name;
        return 0;
    }
    *ret_name = 0;
    int rc = has_name(kind, shown, shown_len)
                 ? name_id(state->db, kind, spelling, shown, shown_len, ret_name, err)
                 : 0;
    if (rc)
        return rc;
    free(known->spelling);
    *known = (struct known){mem_strdup(spelling), kind, *ret_name};
    return 0;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

/* The name as the document has it, in one line, without 's, without an editor's brackets ("[Qasem]
 * Soleimani") and without what stands around it. */
static size_t show(const char *text, size_t len, char out[SPELLING_BYTES_MAX])
{
    struct words words;
    struct word word;
    size_t start = 0;
    size_t end = 0;
    size_t at = 0;

    words_init(&words, text, len);
    while (words_next(&words, &word)) {
        if (!end)
            start = word.at;
        if (!end || !spelling_is_genitive(text, &word))
            end = (size_t)word.at + word.len;
    }
    for (size_t i = start; i < end && at + 1 < SPELLING_BYTES_MAX; i++) {
        bool space = is_space(text[i]);
        if (text[i] == '[' || text[i] == ']')
            continue;
        if (!space || (at && out[at - 1] != ' '))
            out[at++] = space ? ' ' : text[i];
    }
    out[at] = 0;
    return at;
}

static int write_mention(struct record_state *state, const struct found_page *found,
                         const struct mention *mention, struct err *err)
{
    const char *text = found->text + mention->start;
    size_t len = mention->end - mention->start;
    char spelling[SPELLING_BYTES_MAX];
    char shown[SPELLING_BYTES_MAX];
    int64_t name;

    if (mention->score * 100 < SCORE_MIN || len >= SPELLING_BYTES_MAX ||
        !spelling_of(mention->kind, text, len, spelling))
        return 0;
    size_t shown_len = kind_is_words(mention->kind) ? show(text, len, shown) : len;
    if (!kind_is_words(mention->kind))
        memcpy(shown, text, len);
    int rc = find_name(state, mention->kind, spelling, shown, shown_len, &name, err);
    if (!rc && name)
        rc = mention_put(state->db, found->page, mention, name, err);
    state->changed = true;
    return rc;
}

/* Writes what was found by now of the pages given first, until there is room for another; `all`: of
 * all, and waits for it. */
static int write_found(struct record_state *state, bool all, struct err *err)
{
    const struct found_page *found;
    int rc = 0;

    while (!rc &&
           (found = finder_first(state->finder, all || !finder_has_room(state->finder))) != NULL) {
        for (size_t i = 0; i < found->count && !rc; i++)
            rc = write_mention(state, found, &found->mentions[i], err);
        finder_next(state->finder);
    }
    return rc;
}

/* The tagger's word for a language; NULL lets it look line by line. */
static const char *tagger_language(const char *iso)
{
    static const struct {
        const char *iso, *word;
    } languages[] = {{"fas", "fa"}, {"prs", "fa"}, {"pes", "fa"}, {"ara", "ar"}};

    for (size_t i = 0; i < ARRAY_LEN(languages); i++)
        if (!strcmp(iso, languages[i].iso))
            return languages[i].word;
    return NULL;
}

int names_record(void *ctx, const struct page *page, mention_finder_fn *find, struct err *err)
{
    struct record_state *state = ctx;
    int rc = write_found(state, false, err);

    if (!rc)
        finder_give(state->finder, page, tagger_language(page->head.lang), find);
    return rc;
}

static int record_page(void *ctx, const struct page *page, struct err *err)
{
    return names_record(ctx, page, mentions_find, err);
}

static int record_forget(void *ctx, struct sanad_case *kase, int64_t item, struct err *err)
{
    struct record_state *state = ctx;
    int rc = finder_holds(state->finder, item) ? write_found(state, true, err) : 0;

    if (!rc)
        rc = mentions_forget(case_db(kase), item, err);
    return rc ? rc : names_set_stale(case_db(kase), true, err);
}

static int record_flush(void *ctx, struct err *err)
{
    struct record_state *state = ctx;
    int rc = write_found(state, true, err);
    bool changed = state->changed;

    state->changed = false;
    return rc || !changed ? rc : names_set_stale(state->db, true, err);
}

static int record_settle(void *ctx, struct err *err)
{
    struct record_state *state = ctx;

    return names_settle(state->kase, err);
}

const struct deriver names_deriver = {
    .name = "names",
    .version = 1,
    .create = record_create,
    .drop = record_drop,
    .forget = record_forget,
    .start = record_start,
    .page = record_page,
    .flush = record_flush,
    .settle = record_settle,
    .finish = record_finish,
};
