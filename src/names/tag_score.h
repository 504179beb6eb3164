/*
 * The sums of the weights of a sentence's features. Words come again, and a text is read twice:
 * sums of the features of one token, of two neighbours and of their parts are kept, because a look
 * into the table of features misses the processor's cache.
 */
#ifndef NAMES_TAG_SCORE_H
#define NAMES_TAG_SCORE_H

#include "names/tag_features.h"

struct tag_scores {
    int32_t label[TAG_TOKENS_MAX][TAG_LABELS];
};

/* Sums that are kept, of one model; some megabytes. */
struct tag_sums;
struct tag_sums *tag_sums_new(void);
void tag_sums_free(struct tag_sums *sums);

/* Of all features but those of what is known of the words; these are added by themselves. */
void tag_score(const struct tag_weights *weights, const struct tag_view *view,
               struct tag_sums *sums, struct tag_scores *ret_scores);
void tag_score_known(const struct tag_weights *weights, const struct tag_view *view,
                     struct tag_sums *sums, struct tag_scores *scores);

#endif
