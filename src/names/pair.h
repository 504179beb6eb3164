/*
 * Two words, scored by the model: the best way to cut both into units.
 */
#ifndef NAMES_PAIR_H
#define NAMES_PAIR_H

#include <stdbool.h>

#include "names/model.h"

/* A token with what scoring needs. */
struct scored_token {
    const struct token *token;
    struct token_units units;
    int rarity;      /* what it counts for, by model_rarity; set by whoever needs it */
    int own[3];      /* the best any word can score against this one, by table */
    int own_bare[3]; /* without the article */
};

void scored_token_set(const struct names_model *model, const struct token *token,
                      struct scored_token *ret_scored);

/* How alike two words are, in thousandths: 1000 for the same word, about 0 for
 * two words taken at random, less for words that contradict one another. An
 * article written in one with a word counts little. Words of scripts without
 * letters are the same or not. */
struct likeness {
    int likeness;
    int score; /* pair_score of the forms that were compared: what speaks for them
                  in all */
};
struct likeness pair_likeness(const struct names_model *model, const struct scored_token *a,
                              const struct scored_token *b);

/* The plain score of two words in hundredths of a nat, from letter `from_a` and
 * `from_b` on. */
int pair_score(const struct names_model *model, const struct scored_token *a, size_t from_a,
               const struct scored_token *b, size_t from_b);

/* Letters to insert, remove, change or swap to make one word of the other. Same
 * script only. */
unsigned pair_edits(const struct token *a, const struct token *b);

#endif
