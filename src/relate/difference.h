/*
 * What differs between two texts, word by word. Method: E. Myers, "An O(ND) Difference Algorithm
 * and Its Variations" (1986), in steps: where the texts differ in more than DIFFERENCE_STEP words
 * together, the furthest way found so far is taken and the comparison goes on from its end, so that
 * the work is bounded and what is told is still true, if not always the shortest.
 *
 * Words are what stands between blanks, and equal when all their bytes are: "1,000" and "1.000"
 * differ, line breaks do not.
 */
#ifndef RELATE_DIFFERENCE_H
#define RELATE_DIFFERENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/case.h"

enum {
    DIFFERENCE_WORDS_MAX = 60000,   /* compared of each text */
    DIFFERENCE_BYTES_MAX = 2 << 20, /* looked at of each text */
    DIFFERENCE_STEP = 512,
};

enum difference_kind { DIFFERENCE_SAME, DIFFERENCE_LEFT, DIFFERENCE_RIGHT };

/* A stretch of words that both have, or only one. The text is borrowed during the call. */
struct difference {
    enum difference_kind kind;
    const char *text; /* from its first word to its last, as the document has it */
    size_t len;
    uint32_t words;
    uint32_t page_left, page_right; /* where it begins, or would */
};
typedef int difference_fn(void *ctx, const struct difference *difference);

struct difference_sums {
    uint32_t left, right; /* words compared */
    uint32_t same;
    bool cut; /* one of the texts goes on */
};

/* Compares the texts of two items. Non-zero from `fn` stops and is returned. */
int difference_each(struct sanad_case *kase, int64_t left, int64_t right, difference_fn *fn,
                    void *ctx, struct difference_sums *ret_sums, struct err *err);

#endif
