/*
 * The ties that two names could have, word by word: spellings, initials, short forms, meanings,
 * words written together. match.c chooses among them. Private to names.
 */
#ifndef NAMES_ALIGN_H
#define NAMES_ALIGN_H

#include "names/match.h"

enum { CANDIDATES_MAX = 3 * NAME_TOKENS_MAX * NAME_TOKENS_MAX };

/* A tie that could be made: words of both names, `count` of each from `at` on. */
struct candidate {
    uint8_t at_a, count_a, at_b, count_b;
    uint8_t kind;
    int16_t likeness;
    int16_t evidence;
    int gain;
};

struct aligning {
    const struct names_model *model;
    const struct scored_name *a, *b;
    struct match *match;
    bool used_a[NAME_TOKENS_MAX], used_b[NAME_TOKENS_MAX];
    size_t count;
    struct candidate candidates[CANDIDATES_MAX];
    bool cross; /* a tie across scripts */
};

/* Fills the candidates, as far as there is room. */
void align_propose(struct aligning *aligning);

/* What a word counts for, and `count` words from `at` on. */
int align_weight(const struct scored_token *scored);
int align_weight_at(const struct scored_name *name, size_t at, size_t count);

#endif
