/* From the tree of a query to the tree of a plan. */
#include "search/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "search/terms.h"
#include "search/tokens.h"
#include "text/fold.h"
#include "text/misread.h"

enum {
    STREAM_MAX = 1 << 18,
    WORDS_MAX = 1024,
    NEAR_SURFACES_MAX = 64,
    MISREAD_EDIT_MIN = 5, /* letters of a class that a letter may differ from */
};

struct planner {
    struct db *db;
    struct plan *plan;
    bool all; /* in:all */
    enum query_misread misread;
    struct err *err;
    int rc;
};

/* ---- nodes ---- */

static struct plan_node *node_new(enum plan_kind kind)
{
    struct plan_node *node = mem_zalloc(1, sizeof(*node));
    node->kind = kind;
    return node;
}

// NOLINTNEXTLINE(misc-no-recursion)
static void node_free(struct plan_node *node)
{
    if (!node)
        return;
    for (size_t i = 0; i < node->count; i++)
        node_free(node->children[i]);
    for (size_t i = 0; i < node->phrase_count; i++)
        free(node->phrases[i].tokens);
    free(node->children);
    free(node->phrases);
    doc_filter_release(&node->filter);
    free(node);
}

static void node_add(struct plan_node *node, struct plan_node *child)
{
    node->children = mem_realloc(node->children, node->count + 1, sizeof(struct plan_node *));
    node->children[node->count++] = child;
}

static void add_phrase(struct plan_node *node, struct buf *tokens, enum fulltext_last last)
{
    node->phrases = mem_realloc(node->phrases, node->phrase_count + 1, sizeof(struct plan_phrase));
    struct plan_phrase *phrase = &node->phrases[node->phrase_count++];
    phrase->len = tokens->len;
    phrase->tokens = buf_take(tokens);
    phrase->last = last;
}

/* ---- words ---- */

/* Appends one position of a phrase; with in:all the word may also stand outside of the text, with
 * ocr~ it may have been misread. */
static void append_position(const struct planner *p, struct buf *out, const char *surface,
                            size_t len)
{
    (void)token_append(out, TOKEN_NEXT, MARK_TEXT, surface, len);
    if (p->all)
        (void)token_append(out, TOKEN_SAME, MARK_REST, surface, len);
    if (p->misread != MISREAD_ALL)
        return;
    char class[WORD_BYTES_MAX];
    size_t class_len = misread_class(surface, len, class);
    (void)token_append(out, TOKEN_SAME, MARK_DOUBTFUL, class, class_len);
    (void)token_append(out, TOKEN_SAME, MARK_CONFIDENT, class, class_len);
}

static void add_marked(struct plan_node *node, enum token_mark mark, const char *bytes, size_t len,
                       enum fulltext_last last)
{
    struct buf tokens;

    buf_init(&tokens, STREAM_MAX);
    (void)token_append(&tokens, TOKEN_NEXT, mark, bytes, len);
    add_phrase(node, &tokens, last);
}

/* A single word as a phrase of its own for each place it may stand at: the full-text table reads
 * one plain word much faster than alternatives. */
static void add_single(const struct planner *p, struct plan_node *node, const char *surface,
                       size_t len, enum fulltext_last last)
{
    for (int mark = MARK_TEXT; mark <= (p->all ? MARK_REST : MARK_TEXT); mark++)
        add_marked(node, (enum token_mark)mark, surface, len, last);
}

/* The surfaces that a bare word finds. */
static void widen(struct planner *p, const struct words *words, const struct word *word,
                  struct surfaces *out)
{
    struct loose_key keys[WORD_KEYS_MAX];
    size_t count = words_query_keys(words, word, keys);

    surfaces_add(out, word->surface, word->surface_len, 0);
    for (size_t i = 0; i < count; i++)
        surfaces_add(out, keys[i].bytes, keys[i].len, 0);
    if (!p->rc)
        p->rc = terms_with_key(p->db, word->surface, word->surface_len, out, p->err);
    for (size_t i = 0; i < count && !p->rc; i++)
        p->rc = terms_with_key(p->db, keys[i].bytes, keys[i].len, out, p->err);
}

/* The pages where OCR may have made something else of the word; NULL for a word too short to tell.
 * With `everywhere` those of all OCR, and with a letter wrong, lost or too many. */
static struct plan_node *plan_misread(struct planner *p, const struct surfaces *surfaces,
                                      bool everywhere)
{
    CLEANUP(cleanup_surfaces) struct surfaces classes = {0};
    char class[WORD_BYTES_MAX];

    for (size_t i = 0; i < surfaces->count; i++) {
        const struct surface *one = &surfaces->list[i];
        if (utf8_count(one->bytes, one->len) < MISREAD_LETTERS_MIN)
            continue;
        size_t len = misread_class(one->bytes, one->len, class);
        surfaces_add(&classes, class, len, 0);
        if (i == 0 && everywhere && !p->rc && utf8_count(class, len) >= MISREAD_EDIT_MIN)
            p->rc = terms_misread(p->db, class, len, &classes, p->err);
    }
    if (classes.count == 0)
        return NULL;
    struct plan_node *node = node_new(PLAN_MISREAD);
    for (size_t i = 0; i < classes.count; i++) {
        const struct surface *one = &classes.list[i];
        add_marked(node, MARK_DOUBTFUL, one->bytes, one->len, FULLTEXT_WHOLE);
        if (everywhere)
            add_marked(node, MARK_CONFIDENT, one->bytes, one->len, FULLTEXT_WHOLE);
    }
    return node;
}

/* `node`, or the pages where `surfaces` may have been misread. */
static struct plan_node *or_misread(struct planner *p, struct plan_node *node,
                                    const struct surfaces *surfaces, bool everywhere)
{
    struct plan_node *misread = NULL;

    if (everywhere || p->misread != MISREAD_OFF)
        misread = plan_misread(p, surfaces, everywhere || p->misread == MISREAD_ALL);
    if (!misread)
        return node;
    struct plan_node *either = node_new(PLAN_OR);
    node_add(either, node);
    node_add(either, misread);
    return either;
}

/* The phrase of the parts of a word that may be written apart. */
static void add_spaced(const struct planner *p, struct plan_node *node, const struct words *words,
                       const struct word *word)
{
    struct word_parts parts;
    struct buf tokens;

    if (!words_spaced(words, word, &parts))
        return;
    buf_init(&tokens, STREAM_MAX);
    for (uint8_t i = 0; i < parts.count; i++)
        append_position(p, &tokens, word->surface + parts.at[i], parts.len[i]);
    add_phrase(node, &tokens, FULLTEXT_WHOLE);
}

/* All words of a text as exact surfaces in a row; `count` says how many. */
static struct buf exact_stream(const struct planner *p, const char *text, size_t *ret_count)
{
    struct words words;
    struct word word;
    struct buf tokens;

    buf_init(&tokens, STREAM_MAX);
    words_init(&words, text, strlen(text));
    for (*ret_count = 0; *ret_count < WORDS_MAX && words_next(&words, &word); ++*ret_count)
        append_position(p, &tokens, word.surface, word.surface_len);
    return tokens;
}

static struct plan_node *plan_exact(const struct planner *p, const char *text,
                                    enum fulltext_last last)
{
    struct plan_node *node = node_new(PLAN_ANY);
    struct words words;
    struct word word;
    size_t count = 0;
    struct buf tokens = exact_stream(p, text, &count);

    if (count > 1) {
        add_phrase(node, &tokens, last);
        return node;
    }
    buf_release(&tokens);
    words_init(&words, text, strlen(text));
    if (words_next(&words, &word))
        add_single(p, node, word.surface, word.surface_len, last);
    return node;
}

/* A bare word; several joined by punctuation stand side by side. */
static struct plan_node *plan_word(struct planner *p, const char *text, bool misread)
{
    CLEANUP(cleanup_surfaces) struct surfaces surfaces = {0};
    struct words words;
    struct word word;
    struct word second;
    struct words after;

    words_init(&words, text, strlen(text));
    if (!words_next(&words, &word))
        return node_new(PLAN_ANY);
    after = words;
    if (words_next(&after, &second))
        return plan_exact(p, text, FULLTEXT_WHOLE);
    struct plan_node *node = node_new(PLAN_ANY);
    widen(p, &words, &word, &surfaces);
    for (size_t i = 0; i < surfaces.count; i++)
        add_single(p, node, surfaces.list[i].bytes, surfaces.list[i].len, FULLTEXT_WHOLE);
    add_spaced(p, node, &words, &word);
    return or_misread(p, node, &surfaces, misread);
}

/* A prefix is widened to its words, which the full-text table finds faster one by one than as a
 * prefix; only one with very many words, or of digits, is left to the table. */
static struct plan_node *plan_prefix(struct planner *p, const char *text)
{
    CLEANUP(cleanup_surfaces) struct surfaces surfaces = {0};
    struct words words;
    struct word word;
    struct word second;

    words_init(&words, text, strlen(text));
    if (!words_next(&words, &word))
        return node_new(PLAN_ANY);
    struct words after = words;
    bool digit = word.surface[0] >= '0' && word.surface[0] <= '9';
    if (!digit && !words_next(&after, &second) && !p->rc)
        p->rc = terms_with_prefix(p->db, word.surface, word.surface_len, &surfaces, p->err);
    if (surfaces.count == 0 || surfaces.count == PREFIX_SURFACES_MAX)
        return plan_exact(p, text, FULLTEXT_PREFIX);
    struct plan_node *node = node_new(PLAN_ANY);
    for (size_t i = 0; i < surfaces.count; i++)
        add_single(p, node, surfaces.list[i].bytes, surfaces.list[i].len, FULLTEXT_WHOLE);
    return node;
}

static struct plan_node *plan_typo(struct planner *p, const struct query_node *query)
{
    CLEANUP(cleanup_surfaces) struct surfaces surfaces = {0};
    struct plan_node *node = node_new(PLAN_ANY);
    struct words words;
    struct word word;

    words_init(&words, query->text, strlen(query->text));
    if (!words_next(&words, &word))
        return node;
    size_t letters = utf8_count(word.surface, word.surface_len);
    uint32_t distance = query->distance;
    if (distance == 0)
        distance = letters <= 2 ? 0 : letters <= 5 ? 1 : 2;
    surfaces_add(&surfaces, word.surface, word.surface_len, 0);
    if (distance > 0 && !p->rc)
        p->rc = terms_near(p->db, word.surface, word.surface_len, distance, &surfaces, p->err);
    for (size_t i = 0; i < surfaces.count; i++)
        add_single(p, node, surfaces.list[i].bytes, surfaces.list[i].len, FULLTEXT_WHOLE);
    return node;
}

/* ---- NEAR ---- */

static void add_near_phrase(struct planner *p, struct plan_node *node,
                            const struct query_node *query)
{
    CLEANUP(cleanup_surfaces) struct surfaces surfaces = {0};
    struct words words;
    struct word word;
    size_t count = 0;
    struct buf tokens = exact_stream(p, query->text, &count);
    bool prefix = query->prefix || query->kind == QUERY_PREFIX;

    if (count == 0) {
        buf_release(&tokens);
        return;
    }
    if (count == 1 && query->kind == QUERY_WORD) {
        words_init(&words, query->text, strlen(query->text));
        (void)words_next(&words, &word);
        widen(p, &words, &word, &surfaces);
        for (size_t i = 1; i < surfaces.count && i < NEAR_SURFACES_MAX; i++) {
            const struct surface *one = &surfaces.list[i];
            (void)token_append(&tokens, TOKEN_SAME, MARK_TEXT, one->bytes, one->len);
            if (p->all)
                (void)token_append(&tokens, TOKEN_SAME, MARK_REST, one->bytes, one->len);
        }
    }
    add_phrase(node, &tokens, prefix ? FULLTEXT_PREFIX : FULLTEXT_WHOLE);
}

static struct plan_node *plan_near(struct planner *p, const struct query_node *query)
{
    struct plan_node *node = node_new(PLAN_NEAR);

    node->distance = query->distance;
    for (size_t i = 0; i < query->count; i++)
        add_near_phrase(p, node, query->children[i]);
    return node;
}

/* ---- filters ---- */

static enum token_mark mark_of(enum query_field field)
{
    return field == FIELD_PATH     ? MARK_PATH
           : field == FIELD_NAME   ? MARK_NAME
           : field == FIELD_SENDER ? MARK_SENDER
                                   : MARK_RECIPIENT;
}

static struct plan_node *plan_filter(struct planner *p, const struct query_node *query)
{
    size_t len = strlen(query->text);
    struct words words;
    struct word word;
    struct buf tokens;

    if (doc_filter_is(query->field)) {
        struct plan_node *node = node_new(PLAN_FILTER);
        if (!p->rc)
            p->rc = doc_filter_init(&node->filter, p->db, query->field, query->text, p->plan->note,
                                    p->err);
        return node;
    }
    struct plan_node *node = node_new(PLAN_NAMES);
    buf_init(&tokens, STREAM_MAX);
    words_init(&words, query->text, len);
    while (words_next(&words, &word))
        (void)token_append(&tokens, TOKEN_NEXT, mark_of(query->field), word.surface,
                           word.surface_len);
    if (tokens.len == 0) {
        buf_release(&tokens);
        return node;
    }
    add_phrase(node, &tokens, query->text[len - 1] == '*' ? FULLTEXT_PREFIX : FULLTEXT_WHOLE);
    return node;
}

/* ---- the tree ---- */

/* The first word of a leaf that is one bare word. */
static bool single_word(const struct query_node *query, struct words *words, struct word *word)
{
    struct word second;

    if (query->kind != QUERY_WORD)
        return false;
    words_init(words, query->text, strlen(query->text));
    if (!words_next(words, word))
        return false;
    struct words after = *words;
    return !words_next(&after, &second);
}

/* Two neighbouring words that a text may have joined: (a AND b) OR ab. NULL when they are not. */
static struct plan_node *plan_joined(struct planner *p, const struct query_node *left,
                                     const struct query_node *right)
{
    struct words left_words;
    struct words right_words;
    struct word a;
    struct word b;
    char joined[WORD_BYTES_MAX];

    if (!single_word(left, &left_words, &a) || !single_word(right, &right_words, &b))
        return NULL;
    size_t len = words_joined(a.surface, a.surface_len, b.surface, b.surface_len, joined);
    if (len == 0)
        return NULL;
    struct plan_node *both = node_new(PLAN_AND);
    node_add(both, plan_word(p, left->text, left->misread));
    node_add(both, plan_word(p, right->text, right->misread));
    struct plan_node *one = node_new(PLAN_ANY);
    add_single(p, one, joined, len, FULLTEXT_WHOLE);
    struct plan_node *node = node_new(PLAN_OR);
    node_add(node, both);
    node_add(node, one);
    return node;
}

// NOLINTNEXTLINE(misc-no-recursion)
static struct plan_node *plan_query(struct planner *p, const struct query_node *query)
{
    struct plan_node *node = NULL;

    switch (query->kind) {
    case QUERY_WORD:
        return plan_word(p, query->text, query->misread);
    case QUERY_PREFIX:
        return plan_prefix(p, query->text);
    case QUERY_PHRASE:
        return plan_exact(p, query->text, query->prefix ? FULLTEXT_PREFIX : FULLTEXT_WHOLE);
    case QUERY_TYPO:
        return plan_typo(p, query);
    case QUERY_NEAR:
        return plan_near(p, query);
    case QUERY_FILTER:
        return plan_filter(p, query);
    case QUERY_AND:
    case QUERY_OR:
    case QUERY_NOT:
        break;
    }
    node = node_new(query->kind == QUERY_AND  ? PLAN_AND
                    : query->kind == QUERY_OR ? PLAN_OR
                                              : PLAN_NOT);
    for (size_t i = 0; i < query->count; i++) {
        struct plan_node *pair = NULL;
        if (query->kind == QUERY_AND && i + 1 < query->count)
            pair = plan_joined(p, query->children[i], query->children[i + 1]);
        node_add(node, pair ? pair : plan_query(p, query->children[i]));
        if (pair)
            i++;
    }
    return node;
}

int plan_init(struct plan *plan, struct db *db, const char *text, struct err *err)
{
    CLEANUP(cleanup_query) struct query query;
    struct planner planner = {.db = db, .plan = plan, .err = err};

    memset(plan, 0, sizeof(*plan));
    query_parse(&query, text);
    memcpy(plan->note, query.note, sizeof(plan->note));
    plan->as_words = query.as_words;
    planner.all = query.all;
    planner.misread = query.misread;
    if (query.root)
        plan->root = plan_query(&planner, query.root);
    if (planner.rc)
        plan_release(plan);
    return planner.rc;
}

void plan_release(struct plan *plan)
{
    node_free(plan->root);
    plan->root = NULL;
}

void cleanup_plan(struct plan *plan)
{
    plan_release(plan);
}
