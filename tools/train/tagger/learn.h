/*
 * An averaged perceptron over whole sentences. Weights are whole numbers, examples are taken in a
 * drawn order that is the same each time: the same examples give the same weights on any machine.
 */
#ifndef TRAIN_LEARN_H
#define TRAIN_LEARN_H

#include "names/tag_decode.h"

struct learner;

struct learner_settings {
    unsigned rounds;
    unsigned runs;  /* so many times from nothing, in another order: the average is kept */
    unsigned least; /* a feature that is seen less often is left out */
    bool complete;  /* choose the labels of what is not known before learning from it */
};

struct learner *learner_new(void);
void learner_free(struct learner *learner);

/* Adds a sentence. allowed: for each token the labels it may have, as bits; one bit where it is
 * known. */
void learner_add(struct learner *learner, const struct tag_view *view, const uint8_t *allowed);

/* To complete: learns first from the sentences whose every label is known, chooses with that the
 * labels of the others among those allowed, and then learns from all. */
void learner_train(struct learner *learner, const struct learner_settings *settings);

/* The averaged weights as they stand in a model: rows of at most `slots` features, the weightiest,
 * so that a table of `bits` holds them; `after` in the same scale. */
void learner_write(const struct learner *learner, unsigned bits, unsigned char *slots,
                   int16_t after[TAG_CASES_BEFORE][TAG_LABELS][TAG_LABELS]);

#endif
