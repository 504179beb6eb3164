/*
 * Persons, organisations and places in a text, in English, Persian and Arabic: a linear model over
 * the tokens of a sentence (tag_features.h), decoded exactly. A text is read twice, in parts of
 * some pages: the second time with what words were sure to be elsewhere in the part,
 * so that a surname alone is known by the full name. docs/TAGGING.md.
 */
#ifndef NAMES_TAGGER_H
#define NAMES_TAGGER_H

#include "names/mention.h"
#include "names/tag_model.h"

/* Where a part of a text that is read as one ends: some pages after `at`, at a
 * line's end if there is one, else at a space, else anywhere. */
size_t tagger_part(const char *text, size_t len, size_t at);

/* A tagger with what it keeps between texts to be fast: some megabytes. `model` NULL: the built-in
 * one; another must stay. */
struct tagger;
struct tagger *tagger_new(const struct tag_model *model);
/* NULL is fine. */
void tagger_free(struct tagger *tagger);

/* Calls `seen` for each mention, in the order of the text. `lang` is "en", "fa" or "ar", the
 * language of what is in Arabic script (Latin script is read as English); NULL: by line, as it
 * looks. Linear in the text; what was read before makes no difference. Returns 0 or what `seen`
 * returned. */
int tagger_read(struct tagger *tagger, const char *text, size_t len, const char *lang,
                mention_seen_fn seen, void *ctx);

#endif
