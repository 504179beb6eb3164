/*
 * Snippets: the part of a page that shows best why it was found.
 */
#ifndef SEARCH_SNIPPETS_H
#define SEARCH_SNIPPETS_H

#include "search/matcher.h"
#include "search/search.h"

/* Fills snippet, marks and mark_count of the hit: at most SNIPPET_BYTES (without the "…" at cut
 * ends) around where the most different places match, cut between words, white space runs as one
 * space. A text in which nothing matches gives its beginning. */
void snippet_make(const struct matcher *matcher, const char *text, size_t len, struct hit *hit);

#endif
