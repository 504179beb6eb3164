/*
 * The best labels of a sentence under a linear model, exactly (Viterbi), with the margin by which
 * each token's label is better than the best reading in which it has another.
 */
#ifndef NAMES_TAG_DECODE_H
#define NAMES_TAG_DECODE_H

#include "names/tag_score.h"

struct tag_reading {
    uint8_t labels[TAG_TOKENS_MAX];
    int32_t margins[TAG_TOKENS_MAX]; /* 0 in a sentence whose tokens are all out */
};

/* The best legal labels. Of the view its number of tokens and how they are written is looked at. */
void tag_decode(const struct tag_weights *weights, const struct tag_view *view,
                const struct tag_scores *scores, struct tag_reading *ret_reading);

#endif
