/*
 * From the reasons of a match to numbers, and from these to a probability: a
 * logistic regression whose weights stand in the model.
 */
#ifndef NAMES_CALIBRATE_H
#define NAMES_CALIBRATE_H

#include "names/match.h"

/* Fills match->features from its reasons. */
void match_features(const struct scored_name *a, const struct scored_name *b, struct match *match);
/* Fills the probability from the features. */
void match_calibrate(const struct names_model *model, enum model_fit fit, struct match *match);

#endif
