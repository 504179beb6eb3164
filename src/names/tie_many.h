/*
 * Many pairs of names compared at a time, on as many threads as there are processors: what is found
 * of a pair depends on the pair alone, so the result is the same with any number of threads.
 */
#ifndef NAMES_TIE_MANY_H
#define NAMES_TIE_MANY_H

#include <stddef.h>
#include <stdint.h>

#include "names/tie.h"

struct tie_pair {
    int64_t a, b; /* the caller's numbers of the names */
    const char *text_a, *text_b;
    enum mention_kind kind;
    int probability; /* as of tie_probability */
};

/* Fills in the probabilities. Pairs of one name `a` are best next to one another. Where no thread
 * can be started the caller does the work. */
void tie_many(const struct names_model *model, struct tie_pair *pairs, size_t count);

#endif
