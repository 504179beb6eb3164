/*
 * Where the words of a plan stand in a text: the text is split and folded again, as it was for the
 * index, and compared with the plan's phrases. Words under a NOT and in filters mark nothing.
 */
#ifndef SEARCH_MATCHER_H
#define SEARCH_MATCHER_H

#include <stddef.h>

#include "search/plan.h"
#include "search/search.h"

struct matcher;

struct matcher *matcher_new(const struct plan *plan);
void matcher_free(struct matcher *matcher);
void cleanup_matcher(struct matcher *const *matcher);

/* Gives the byte ranges of matching words in a part of a page, ascending, at most `max`, which may
 * be short of all of them; reads no further than it must. Returns their number. */
size_t matcher_find(const struct matcher *matcher, const struct page *page, enum text_part part,
                    struct mark *ret_marks, size_t max);

#endif
