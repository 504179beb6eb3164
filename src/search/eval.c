#include "search/eval.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "search/pages.h"
#include "search/sets.h"

struct eval {
    struct db *db;
    struct fulltext *fulltext;
    int64_t undated; /* documents that only want of a date kept out */
    struct err *err;
};

static int eval_node(struct eval *e, const struct plan_node *node, struct fulltext_rows *out);

/* ---- words ---- */

enum { SIZE_CLASSES = 16, USUAL_CLASS = 8 }; /* a page of 256 to 511 words */

static void score(struct fulltext_rows *rows)
{
    const double k1 = 1.2;
    const double b = 0.75;
    float table[SIZE_CLASSES][FULLTEXT_TIMES_MAX + 1];
    double n = (double)rows->count;
    double all = (double)(rows->of > (int64_t)rows->count ? rows->of : (int64_t)rows->count);
    double rarity = log(1.0 + (all - n + 0.5) / (n + 0.5));

    for (int class = 0; class < SIZE_CLASSES; class ++) {
        double length = exp2(class - USUAL_CLASS);
        for (int times = 0; times <= FULLTEXT_TIMES_MAX; times++)
            table[class][times] =
                (float)(rarity * times * (k1 + 1) / (times + k1 * (1 - b + b * length)));
    }
    for (size_t i = 0; i < rows->count; i++) {
        struct fulltext_row *row = &rows->rows[i];
        if (row->times > FULLTEXT_TIMES_MAX)
            row->times = FULLTEXT_TIMES_MAX;
        row->score = table[page_id_size_class(row->page)][row->times];
    }
}

/* Rows that wait to be merged: a prefix of thousands of words finds each page many times. */
enum { UNMERGED_MAX = 1 << 20 };

/* The pages with any of the phrases, not yet scored. */
static int eval_phrases(struct eval *e, const struct plan_node *node, struct fulltext_rows *out)
{
    CLEANUP(cleanup_free) size_t *starts = mem_alloc((node->phrase_count + 1) * sizeof(size_t));
    size_t runs = 0;
    int rc = 0;

    for (size_t i = 0; !rc && i < node->phrase_count; i++) {
        const struct plan_phrase *phrase = &node->phrases[i];
        size_t before = out->count;
        rc = fulltext_phrase(e->fulltext, phrase->tokens, phrase->len, phrase->last, out, e->err);
        if (out->count > before)
            starts[runs++] = before;
        if (runs > 1 && out->count - starts[1] > UNMERGED_MAX) {
            set_merge_runs(out, starts, runs);
            runs = 1;
        }
    }
    if (!rc)
        set_merge_runs(out, starts, runs);
    return rc;
}

static int eval_any(struct eval *e, const struct plan_node *node, struct fulltext_rows *out)
{
    int rc = eval_phrases(e, node, out);

    if (!rc)
        score(out);
    return rc;
}

/* Words that are there go before words that may be. */
static int eval_misread(struct eval *e, const struct plan_node *node, struct fulltext_rows *out)
{
    const float certainty = 0.25F;
    int rc = eval_any(e, node, out);

    for (size_t i = 0; i < out->count; i++)
        out->rows[i].score *= certainty;
    return rc;
}

static int eval_near(struct eval *e, const struct plan_node *node, struct fulltext_rows *out)
{
    CLEANUP(cleanup_free)
    struct fulltext_phrase *phrases = mem_zalloc(node->phrase_count + 1, sizeof(*phrases));

    for (size_t i = 0; i < node->phrase_count; i++)
        phrases[i] = (struct fulltext_phrase){.tokens = node->phrases[i].tokens,
                                              .len = node->phrases[i].len,
                                              .last = node->phrases[i].last};
    int rc = node->phrase_count == 0 ? 0
                                     : fulltext_near(e->fulltext, phrases, node->phrase_count,
                                                     node->distance, out, e->err);
    if (!rc)
        score(out);
    return rc;
}

/* ---- documents ---- */

static int eval_names(struct eval *e, const struct plan_node *node, struct fulltext_rows *out)
{
    int rc = eval_phrases(e, node, out);

    for (size_t i = 0; i < out->count; i++) {
        out->rows[i].page = page_of_document(page_id_item(out->rows[i].page));
        out->rows[i].score = 0;
    }
    return rc;
}

struct passing {
    struct plan_node *const *nodes; /* those of them that are filters must all let it pass */
    size_t node_count;
    int64_t *undated;
    struct fulltext_rows *out; /* where it goes, or */
    int64_t *items;
    size_t count;
};

static int pass(void *ctx, const struct doc_row *row)
{
    struct passing *passing = ctx;
    bool undated = false;

    for (size_t i = 0; i < passing->node_count; i++) {
        const struct doc_filter *filter = &passing->nodes[i]->filter;
        if (passing->nodes[i]->kind != PLAN_FILTER || doc_filter_passes(filter, row))
            continue;
        undated = filter->field == FIELD_DATE && !filter->undated && row->first <= 0;
        if (!undated)
            return 0;
    }
    if (undated) {
        ++*passing->undated;
        return 0;
    }
    if (passing->out)
        fulltext_rows_append(passing->out,
                             (struct fulltext_row){.page = page_of_document(row->item)});
    else
        passing->items[passing->count++] = row->item;
    return 0;
}

/* The documents that pass all filters among the nodes; all documents when there is none. */
static int eval_filters(struct eval *e, struct plan_node *const *nodes, size_t count,
                        struct fulltext_rows *out)
{
    struct passing passing = {
        .nodes = nodes, .node_count = count, .undated = &e->undated, .out = out};
    return docs_each(e->db, pass, &passing, e->err);
}

/* Drops from `set` the documents that do not pass. */
static int restrict_to(struct eval *e, struct plan_node *const *nodes, size_t node_count,
                       struct fulltext_rows *set)
{
    size_t count = 0;
    CLEANUP(cleanup_free) int64_t *items = set_items(set, &count);
    CLEANUP(cleanup_free) int64_t *kept = mem_alloc((count + 1) * sizeof(int64_t));
    struct passing passing = {
        .nodes = nodes, .node_count = node_count, .undated = &e->undated, .items = kept};
    int rc = docs_of(e->db, items, count, pass, &passing, e->err);

    if (!rc)
        set_keep(set, kept, passing.count);
    return rc;
}

/* ---- operators ---- */

// NOLINTNEXTLINE(misc-no-recursion)
static int and_not(struct eval *e, const struct plan_node * not, struct fulltext_rows *out)
{
    CLEANUP(cleanup_fulltext_rows) struct fulltext_rows other = {0};
    int rc = out->count > 0 ? eval_node(e, not ->children[0], &other) : 0;

    if (!rc)
        set_and_not(out, &other);
    return rc;
}

/* The children that are words or groups of them; *ret_any tells whether there are any. */
// NOLINTNEXTLINE(misc-no-recursion)
static int and_words(struct eval *e, const struct plan_node *node, struct fulltext_rows *out,
                     bool *ret_any)
{
    int rc = 0;

    *ret_any = false;
    for (size_t i = 0; !rc && i < node->count; i++) {
        CLEANUP(cleanup_fulltext_rows) struct fulltext_rows other = {0};
        const struct plan_node *child = node->children[i];
        if (child->kind == PLAN_FILTER || child->kind == PLAN_NOT || (*ret_any && !out->count))
            continue;
        rc = eval_node(e, child, *ret_any ? &other : out);
        if (!rc && *ret_any)
            set_and(out, &other);
        *ret_any = true;
    }
    return rc;
}

/* Words first: what they find is less than what filters pass or a NOT leaves. */
// NOLINTNEXTLINE(misc-no-recursion)
static int eval_and(struct eval *e, const struct plan_node *node, struct fulltext_rows *out)
{
    bool filtered = false;
    bool any = false;
    int rc = and_words(e, node, out, &any);

    for (size_t i = 0; i < node->count; i++)
        filtered |= node->children[i]->kind == PLAN_FILTER;
    if (!rc && !any)
        rc = eval_filters(e, node->children, node->count, out);
    else if (!rc && filtered && out->count > 0)
        rc = restrict_to(e, node->children, node->count, out);
    for (size_t i = 0; !rc && i < node->count; i++)
        if (node->children[i]->kind == PLAN_NOT)
            rc = and_not(e, node->children[i], out);
    return rc;
}

// NOLINTNEXTLINE(misc-no-recursion)
static int eval_or(struct eval *e, const struct plan_node *node, struct fulltext_rows *out)
{
    int rc = 0;

    for (size_t i = 0; !rc && i < node->count; i++) {
        CLEANUP(cleanup_fulltext_rows) struct fulltext_rows other = {0};
        rc = eval_node(e, node->children[i], &other);
        if (!rc)
            set_or(out, &other);
    }
    return rc;
}

/* The parser bounds the depth. */
// NOLINTNEXTLINE(misc-no-recursion)
static int eval_node(struct eval *e, const struct plan_node *node, struct fulltext_rows *out)
{
    struct plan_node *self = (struct plan_node *)node;
    int rc = 0;

    switch (node->kind) {
    case PLAN_AND:
        return eval_and(e, node, out);
    case PLAN_OR:
        return eval_or(e, node, out);
    case PLAN_NOT:
        rc = eval_filters(e, NULL, 0, out);
        return rc ? rc : and_not(e, node, out);
    case PLAN_ANY:
        return eval_any(e, node, out);
    case PLAN_MISREAD:
        return eval_misread(e, node, out);
    case PLAN_NEAR:
        return eval_near(e, node, out);
    case PLAN_NAMES:
        return eval_names(e, node, out);
    case PLAN_FILTER:
        return eval_filters(e, &self, 1, out);
    }
    return ERR_INTERNAL;
}

int eval_plan(struct db *db, const struct plan *plan, struct fulltext_rows *out,
              int64_t *ret_undated, struct err *err)
{
    CLEANUP(cleanup_fulltext) struct fulltext *fulltext = NULL;

    if (ret_undated)
        *ret_undated = 0;
    if (!plan->root)
        return 0;
    int rc = fulltext_open(db, &fulltext, err);
    struct eval eval = {.db = db, .fulltext = fulltext, .err = err};
    if (!rc)
        rc = eval_node(&eval, plan->root, out);
    if (ret_undated)
        *ret_undated = eval.undated;
    return rc;
}
