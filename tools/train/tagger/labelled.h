/*
 * Texts at hand whose names were labelled for this project: tagger/en.labels, fa.labels, ar.labels.
 *
 *     @ texts/ntrex/en             a folder; what follows holds in all of its texts
 *     L London | United Kingdom    places; O bodies, P persons, ? a name or not, - none
 *     @ bbc.381680                 one of its texts; what follows holds in this one
 *     O Toyota | Honda
 *     7 L Derby                    in its seventh line only
 *
 * At a word the longest name that stands there is taken, of the same twice the later. In Arabic و ف
 * ب ل ك written before a name are of it, and a name with ال is known with لل. All that is not a
 * name in a text that has an @ is none.
 */
#ifndef TRAIN_LABELLED_H
#define TRAIN_LABELLED_H

#include "corpus.h"

/* The texts of the three files of a folder. What is not as above ends the program. */
void labelled_add(struct corpus *corpus, const char *folder, const char *texts);

/* Whether a text, by its path, is among them. */
bool labelled_has(const struct corpus *corpus, const char *path);

#endif
