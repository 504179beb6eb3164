/* Fits the weights of the calibration: which pairs are the same, by how their
 * words are tied. */
#ifndef TRAIN_FIT_H
#define TRAIN_FIT_H

#include <stdio.h>

#include "names/match.h"

/* Writes "fit" rows. Entities and cases whose hash falls into `fold` of ten are
 * left out (-1: none).
 */
void train_fit(const struct names_model *model, const char *folder, int fold, FILE *out);

#endif
