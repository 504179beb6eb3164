/*
 * Sentences that are made, with names whose kinds are known: what the texts at hand do not have.
 * A grammar is a file of rules of our own (tagger/en.grammar):
 *
 *   # a remark
 *   <club> team          a rule, and of what class its words are in the tagger's list, if any
 *   Arsenal | 3* Ajax    what it may become, one a line or between bars; three times as often
 *   <city> United        with what other rules become
 *   {O <club>} won       a name: P person, O organisation, L place; {^ } in capitals
 *
 * Lists of names from elsewhere are rules too: grammar_word.
 */
#ifndef TRAIN_GRAMMAR_H
#define TRAIN_GRAMMAR_H

#include "base/buf.h"
#include "corpus.h"

struct grammar;

/* Reads tagger/<code>.grammar of a folder; what is wrong in it ends the program. */
struct grammar *grammar_new(const char *folder, const char *code);
void grammar_free(struct grammar *grammar);

/* Adds one more form to a rule. Those the grammar has itself stay as they are. */
void grammar_word(struct grammar *grammar, const char *rule, const char *word);

/* Puts what a rule may become behind a document's text, and its names among the spans. */
void grammar_put(const struct grammar *grammar, const char *rule, struct buf *text,
                 struct document *document, uint64_t *state);

/* Every form of a rule that has a class and holds no other rule. */
void grammar_listed(const struct grammar *grammar,
                    void (*note)(void *ctx, const char *text, const char *class), void *ctx);

#endif
