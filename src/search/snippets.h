/*
 * Snippets: the part of a page that shows best why it was found.
 */
#ifndef SEARCH_SNIPPETS_H
#define SEARCH_SNIPPETS_H

#include "search/matcher.h"
#include "search/search.h"

/* Fills snippet, marks and mark_count of the hit: at most SNIPPET_BYTES (without the "…" at cut
 * ends) around where the most different words match, those rare in the page before the common ones,
 * cut between words, white space runs as one space. A text in which nothing matches gives its
 * beginning. `misread` is set when every match is what OCR may have made of a word. */
void snippet_make(const struct matcher *matcher, const struct page *page, enum text_part part,
                  struct hit *hit);

#endif
