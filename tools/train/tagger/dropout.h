/*
 * What a learner does not look at in one step: features left out by chance, so that none is
 * trusted alone. Made sentences and listed names agree more than those of other texts will.
 */
#ifndef TRAIN_DROPOUT_H
#define TRAIN_DROPOUT_H

#include <stdbool.h>
#include <stdint.h>

/* What a feature looks at, if it is left out with others of its kind. */
enum family { FAMILY_OTHER, FAMILY_WORD, FAMILY_AFFIX, FAMILY_LIST, FAMILY_CLUSTER, FAMILIES };

/* The family of a form of feature (tag_feature_form). */
enum family dropout_family(unsigned form);

struct dropout {
    uint64_t state; /* any number but 0; the same gives the same choices */
    bool out[FAMILIES];
    uint64_t bits;
    unsigned bits_left;
};

/* Before each sentence, and before each token of it. */
void dropout_sentence(struct dropout *dropout);
void dropout_token(struct dropout *dropout);

/* Whether a feature of the token is left out. */
bool dropout_skips(struct dropout *dropout, enum family family);

#endif
