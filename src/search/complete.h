/*
 * Completion: words of the index that begin as somebody types.
 */
#ifndef SEARCH_COMPLETE_H
#define SEARCH_COMPLETE_H

#include "base/err.h"
#include "store/case.h"

enum {
    COMPLETE_LETTERS_MIN = 2, /* of a word before it is completed */
    COMPLETE_LOOKED_AT = 32,  /* the shortest of the words that begin so; their pages are counted */
};

/* The last word of `typed` completed: words as the fold has them (text/fold.h), those on most pages
 * first, at most `max`. The word itself is one of them when the index has it. Non-zero stops and is
 * returned. */
typedef int complete_fn(void *ctx, const char *word, int64_t pages);
int search_complete(struct sanad_case *kase, const char *typed, size_t max, complete_fn *fn,
                    void *ctx, struct err *err);

#endif
