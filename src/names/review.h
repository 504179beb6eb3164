/*
 * Pairs of names that may be one and the same, for a person to decide, each with its reason.
 */
#ifndef NAMES_REVIEW_H
#define NAMES_REVIEW_H

#include "names/entities.h"

/* A word of the reason: how a word of one name and one of the other go together. */
struct review_word {
    const char *kind;  /* why_name (match.h) */
    const char *a, *b; /* the words, within the names; NULL on the side that has none */
    size_t a_len, b_len;
    int likeness; /* thousandths */
};

/* Two entities, by the two of their spellings that are most alike. */
struct review_pair {
    struct entity a, b;
    const char *by_a, *by_b; /* those spellings, as documents have them */
    int probability;         /* thousandths */
    const struct review_word *reason;
    size_t reason_count;
};
typedef int review_fn(void *ctx, const struct review_pair *pair);

/* Pairs that the model is not sure of and nobody has decided, the likeliest first, of those the
 * ones that concern most documents. `kind`: enum mention_kind or -1. */
int review_pairs(struct sanad_case *kase, int kind, int64_t offset, int64_t limit, review_fn *fn,
                 void *ctx, struct err *err);
int review_count(struct sanad_case *kase, int kind, int64_t *ret_count, struct err *err);

#endif
