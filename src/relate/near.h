/*
 * Documents whose texts are much alike: other scans of a letter, drafts, a report and its annex.
 * The deriver marks every document with text (shingles.h); what is alike is looked up when asked.
 *
 * Limits: documents of fewer than NEAR_WORDS_MIN words are not marked; of a band that more than
 * NEAR_BAND_MAX documents share (a form, a boilerplate) the first count; what one document contains
 * of a much longer one is not found.
 */
#ifndef RELATE_NEAR_H
#define RELATE_NEAR_H

#include "base/err.h"
#include "store/case.h"
#include "store/deriver.h"

extern const struct deriver near_deriver;

enum {
    NEAR_WORDS_MIN = 20,
    NEAR_BAND_MAX = 500,
    NEAR_LIKENESS_MIN = 50, /* hundredths */
    NEAR_MAX = 100,         /* given of one document */
};

struct near {
    int64_t item;
    int64_t words;
    int likeness; /* estimated share of shingles that both have, in hundredths */
};

/* Those most like `item`, the most alike first, at most NEAR_MAX. Returns their number; 0 for a
 * document that has no mark, and in a case that no writer opened since there are marks. */
int near_find(struct sanad_case *kase, int64_t item, struct near ret_near[NEAR_MAX],
              struct err *err);

#endif
