/* How well a model does on documents it has not learnt from: precision, recall, F1 of whole
 * mentions, for each source. */
#ifndef TRAIN_MEASURE_H
#define TRAIN_MEASURE_H

#include "corpus.h"

/* Fits how sure a mention is by its margin, for one script, on the documents of a fold that the
 * model has not learnt from. The model's own must be as DRAFT_SURE. */
enum { DRAFT_SURE = 5000 };
void measure_sure(const struct corpus *corpus, unsigned fold, bool arabic, const char *model,
                  size_t len, int32_t ret_sure[TAG_KINDS][2]);

void measure(const struct corpus *corpus, unsigned fold, bool evaluation, const char *model,
             size_t len);

#endif
