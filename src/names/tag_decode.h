/*
 * The best labels of a sentence under a linear model, exactly (Viterbi), with the margin by which
 * each token's label is better than the best reading in which it has another.
 */
#ifndef NAMES_TAG_DECODE_H
#define NAMES_TAG_DECODE_H

#include "names/tag_score.h"

struct tag_reading {
    uint8_t labels[TAG_TOKENS_MAX];
    int32_t margins[TAG_TOKENS_MAX];
};

/* The best legal labels. `after` is that of struct tag_weights, or a trainer's of the same form;
 * margins are counted only when asked for. */
void tag_decode(const int16_t after[TAG_CASES_BEFORE][TAG_LABELS][TAG_LABELS],
                const struct tag_view *view, const struct tag_scores *scores, bool margins,
                struct tag_reading *ret_reading);

#endif
