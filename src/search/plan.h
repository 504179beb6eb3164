/*
 * A query made ready for one case: its words folded and widened to the surfaces that the index
 * holds. What finds pages (eval.h) and what marks words in a text (matcher.h) both work from it.
 */
#ifndef SEARCH_PLAN_H
#define SEARCH_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "search/docs.h"
#include "search/fulltext.h"
#include "search/query.h"
#include "store/db.h"

enum plan_kind {
    PLAN_AND,
    PLAN_OR,
    PLAN_NOT,     /* one child */
    PLAN_ANY,     /* pages with any of the phrases */
    PLAN_MISREAD, /* the same, with classes of misreadings (text/misread.h) */
    PLAN_NEAR,    /* pages with all phrases, close together */
    PLAN_NAMES,   /* documents with any of the phrases in a name; marks nothing */
    PLAN_FILTER,  /* documents that pass a filter */
};

struct plan_phrase {
    char *tokens; /* a token stream (tokens.h) */
    size_t len;
    enum fulltext_last last;
};

struct plan_node {
    enum plan_kind kind;
    struct plan_node **children;
    size_t count;
    struct plan_phrase *phrases;
    size_t phrase_count;
    uint32_t distance;
    struct doc_filter filter;
};

struct plan {
    struct plan_node *root; /* NULL: nothing can be found */
    bool as_words;
    char note[QUERY_NOTE_MAX];
};

/* Parses and prepares `query`. Free with plan_release. */
int plan_init(struct plan *plan, struct db *db, const char *query, struct err *err);
void plan_release(struct plan *plan);
void cleanup_plan(struct plan *plan);

#endif
