/*
 * What is named in a text: persons, bodies, places and posts, and what has a fixed form (addresses,
 * numbers of phones, accounts, papers and plates, coordinates, references of letters).
 *
 * The tagger (tagger.h) finds the first kinds, patterns (patterns.h) the others; mentions_find()
 * gives both in the order of the text, none inside another.
 */
#ifndef NAMES_MENTION_H
#define NAMES_MENTION_H

#include <stddef.h>

enum mention_kind {
    MENTION_PERSON,
    MENTION_ORGANISATION,
    MENTION_PLACE,
    MENTION_POST,
    MENTION_EMAIL,
    MENTION_URL,
    MENTION_PHONE,
    MENTION_IBAN,
    MENTION_CARD,
    MENTION_PASSPORT,
    MENTION_NATIONAL_ID,
    MENTION_PLATE,
    MENTION_COORDINATES,
    MENTION_REFERENCE,
    MENTION_KINDS,
};

struct mention {
    size_t start, end; /* bytes in the text */
    enum mention_kind kind;
    float score; /* how sure, 0 to 1 */
};

/* Called for each mention, in the order of the text; not 0 ends the search. `found` is the callee's
 * to read during the call only. */
typedef int (*mention_seen_fn)(void *ctx, const struct mention *found);

/* "person", "organisation", "national-id", ...; what `sanad tag` prints. */
const char *mention_kind_word(enum mention_kind kind);

#endif
