/*
 * The vocabulary: every distinct word of the index with the loose keys (text/fold.h) that lead to
 * it. A query word is widened here to the surfaces that it finds, so that the full-text table
 * holds surfaces only: smaller, faster to write, and exact phrases cost nothing extra.
 *
 *     search_term(key, surface)   (word, '') for each word; (loose key, word) for each of its keys
 *
 * Words of digits alone are left out: they have no keys and no misspellings.
 */
#ifndef SEARCH_TERMS_H
#define SEARCH_TERMS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"
#include "text/fold.h"

int terms_create(struct db *db, struct err *err);
int terms_drop(struct db *db, struct err *err);

/* ---- writing ---- */

/* Collects new words during a run; words it has met (the last million) cost no look-up. */
struct terms;

struct terms *terms_new(void);
void terms_free(struct terms *terms);
/* Notes the word that `words` just returned. */
void terms_note(struct terms *terms, const struct words *words, const struct word *word);
/* Whether so much has been collected that terms_flush is due before the commit. */
bool terms_full(const struct terms *terms);
int terms_flush(struct terms *terms, struct db *db, struct err *err);

/* ---- reading ---- */

/* A list of surfaces, each once. */
struct surfaces {
    struct surface {
        char *bytes;
        uint32_t len;
        uint32_t distance; /* edits away from what was asked for */
    } * list;
    size_t count;
};
enum { SURFACES_MAX = 512, PREFIX_SURFACES_MAX = 4096 };

void surfaces_release(struct surfaces *surfaces);
void cleanup_surfaces(struct surfaces *surfaces);
/* Adds a copy unless it is there or the list is full. */
void surfaces_add(struct surfaces *surfaces, const char *bytes, size_t len, uint32_t distance);

/* Adds the words of the index that have this loose key. */
int terms_with_key(struct db *db, const char *key, size_t len, struct surfaces *out,
                   struct err *err);

/* Appends the words of the index that begin so, at most PREFIX_SURFACES_MAX. Not for digits
 * alone. */
int terms_with_prefix(struct db *db, const char *prefix, size_t len, struct surfaces *out,
                      struct err *err);

/* Adds the words of the index at most `distance` (1 or 2) edits away: letters put in, left out,
 * changed, or two neighbours swapped (optimal string alignment). Nearest first when they are more
 * than SURFACES_MAX. */
int terms_near(struct db *db, const char *word, size_t len, uint32_t distance, struct surfaces *out,
               struct err *err);

/* Adds the classes (text/misread.h) of the words of the index whose class is at most one edit away
 * from `class`. */
int terms_misread(struct db *db, const char *class, size_t len, struct surfaces *out,
                  struct err *err);

#endif
