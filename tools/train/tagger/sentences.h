/* Documents as sentences to learn from. */
#ifndef TRAIN_SENTENCES_H
#define TRAIN_SENTENCES_H

#include "corpus.h"
#include "learn.h"

/* Adds the sentences of a document that are of Arabic script, or of another. */
void add_sentences(struct learner *learner, const struct tag_table *list,
                   const struct document *document, bool arabic, uint64_t *state);

#endif
