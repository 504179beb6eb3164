/*
 * Words that stand beside the same words are of one cluster: k-means over counts of neighbours, in
 * whole numbers, so that the same texts give the same clusters on any machine.
 */
#ifndef TRAIN_CLUSTERS_H
#define TRAIN_CLUSTERS_H

#include "corpus.h"

struct cluster_word {
    uint64_t key;    /* tag_word_key */
    uint8_t cluster; /* 1 and on; words of the two scripts are of different clusters */
};

/* Of the texts of the corpora that a model to be given away learns from, and other texts below the
 * folder. free() the words. */
struct cluster_word *clusters_learn(const struct corpus *corpus, const char *texts,
                                    size_t *ret_count);

#endif
