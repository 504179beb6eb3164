/*
 * All mentions of a text: what the tagger finds and what has a fixed form, in the order of the
 * text, none overlapping another.
 */
#ifndef NAMES_MENTIONS_H
#define NAMES_MENTIONS_H

#include "names/mention.h"

struct tagger;

/* Of two that overlap the one of fixed form stays. `lang` as for tagger_read (tagger.h). Linear in
 * the text. Returns 0 or what `seen` returned. */
int mentions_find(struct tagger *tagger, const char *text, size_t len, const char *lang,
                  mention_seen_fn seen, void *ctx);

#endif
