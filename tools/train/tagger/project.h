/* Names of English sentences, found again in their Persian and Arabic translations. */
#ifndef TRAIN_PROJECT_H
#define TRAIN_PROJECT_H

#include "corpus.h"
#include "names/tag_model.h"

/* Adds documents of NTREX's articles in Persian and Arabic: what sounds like a person or place that
 * the model finds in the English sentence is one; all else is open. */
void corpus_project(struct corpus *corpus, const struct tag_model *model, const char *texts);

#endif
