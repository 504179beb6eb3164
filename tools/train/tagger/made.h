/* Documents of made sentences (grammar.h). */
#ifndef TRAIN_MADE_H
#define TRAIN_MADE_H

#include "corpus.h"
#include "grammar.h"

/* The grammars of the three languages, with the names of the lists. */
struct made {
    struct grammar *grammars[3]; /* by enum tag_language */
};

/* `folder` is where the grammars are. */
void made_read(struct made *made, const char *folder, const char *names, const char *more);
void made_free(struct made *made);

void made_add(const struct made *made, struct corpus *corpus);

#endif
