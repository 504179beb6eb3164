/*
 * Weights that a learner changes step by step, a row of one a label, with their sums over all
 * steps: what is kept in the end is the average. Whole numbers.
 */
#ifndef TRAIN_WEIGHTS_H
#define TRAIN_WEIGHTS_H

#include <stddef.h>
#include <stdint.h>

#include "names/tag_model.h"

enum { WEIGHTS_ROW = 8 }; /* room for TAG_LABELS: half a line of a processor's cache */

struct weights {
    size_t rows;
    int32_t (*now)[WEIGHTS_ROW];
    /* What all changes add up to, each times the step it was made in. */
    int64_t (*late)[WEIGHTS_ROW];
};

/* All 0. */
void weights_init(struct weights *weights, size_t rows);
void weights_clear(struct weights *weights);
/* All 0 again, and the steps are counted from 0; sums hold what they were as well. */
void weights_restart(struct weights *weights, int64_t step);
void weights_free(struct weights *weights);

static inline void weights_add(struct weights *weights, size_t row, int label, int32_t amount,
                               int64_t step)
{
    weights->now[row][label] += amount;
    weights->late[row][label] += amount * step;
}

/* The sum of a weight over all steps up to this one. */
static inline int64_t weights_sum(const struct weights *weights, size_t row, int label,
                                  int64_t step)
{
    return weights->now[row][label] * step - weights->late[row][label];
}

/* Makes the averages, in 64ths, what is now. */
void weights_average(struct weights *weights, int64_t step);

#endif
