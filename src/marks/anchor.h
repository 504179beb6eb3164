/*
 * Where a quote stands in the text of its page. A text that is read anew may have moved or changed
 * in part, so a quote is kept with some of what stood around it (TextQuoteSelector of the Web
 * Annotation Data Model) and looked for again.
 */
#ifndef MARKS_ANCHOR_H
#define MARKS_ANCHOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct anchor {
    const char *quote, *prefix, *suffix;
    uint32_t start; /* where it stood, in bytes */
};

/* The place of the quote: where it stood if it still does, else where it is found with most of what
 * stood around it, else where its words stand, folded. False when it is nowhere. */
bool anchor_find(const struct anchor *anchor, const char *text, size_t len, uint32_t *ret_start,
                 uint32_t *ret_end);

/* Whether two texts are the same words. */
bool anchor_same_words(const char *a, size_t a_len, const char *b, size_t b_len);

/* The range of at most `chars` characters before `at`: its start; and behind: its end. */
size_t anchor_before(const char *text, size_t at, unsigned chars);
size_t anchor_behind(const char *text, size_t len, size_t at, unsigned chars);

#endif
