/* The tagger's list of words that tell, from lists of names whose licence allows it. */
#ifndef TRAIN_LISTS_H
#define TRAIN_LISTS_H

#include "corpus.h"
#include "made.h"

/* Reads the lists below the folders of names and texts, and `more`/more.tsv (lists.mjs), and
 * what the grammars list; common words are those that the corpus writes small. Returns the slots of
 * a table; free() them. */
unsigned char *lists_read(const char *names, const char *texts, const char *more,
                          const struct corpus *corpus, const struct made *made, unsigned *ret_bits);

#endif
