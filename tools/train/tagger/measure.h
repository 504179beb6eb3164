/* How well a model does on documents it has not learnt from: precision, recall, F1 of whole
 * mentions, for each source. */
#ifndef TRAIN_MEASURE_H
#define TRAIN_MEASURE_H

#include "corpus.h"

void measure(const struct corpus *corpus, unsigned fold, bool evaluation, const char *model,
             size_t len);

#endif
