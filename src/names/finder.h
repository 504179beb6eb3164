/*
 * Finding the mentions of many pages on threads of its own, so that whoever stores pages does not
 * wait for it. Pages come back in the order in which they were given, whichever was done first:
 * what is written of them is the same with any number of threads.
 *
 * All functions are for one thread, that of the owner. Where no thread can be started the owner
 * does the work.
 */
#ifndef NAMES_FINDER_H
#define NAMES_FINDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "names/mention.h"
#include "store/page.h"

struct tagger;

/* How mentions are found in a text. Not 0 from `seen` ends the search and is returned. Called on
 * several threads at a time, on each with a tagger of its own. */
typedef int mention_finder_fn(struct tagger *tagger, const char *text, size_t len, const char *lang,
                              mention_seen_fn seen, void *ctx);

/* A page whose mentions were found. */
struct found_page {
    int64_t item, page;
    char *text;
    size_t text_len;
    struct mention *mentions; /* in the order of the text */
    size_t count;
};

struct finder;
/* Its threads start with the first page: one a processor but one, which is the owner's and takes
 * part when it waits; one at least, FINDER_THREADS_MAX at most. */
struct finder *finder_new(void);
/* What was given and not taken back is discarded. NULL is fine. */
void finder_free(struct finder *finder);

/* Room for another page: there is some for a few hundred, of some megabytes together. */
bool finder_has_room(const struct finder *finder);
/* Gives a page; only while there is room. Its text is copied, `lang` (as for tagger_read) stays. */
void finder_give(struct finder *finder, const struct page *page, const char *lang,
                 mention_finder_fn *find);
/* Whether a page of the item was given and not taken back. */
bool finder_holds(const struct finder *finder, int64_t item);

/* The page given first of those not taken back, once its mentions are found: NULL if they are not,
 * or with `wait` only when there is no page. It stays until finder_next, which takes it back. */
const struct found_page *finder_first(struct finder *finder, bool wait);
void finder_next(struct finder *finder);

#endif
