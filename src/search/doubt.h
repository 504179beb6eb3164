/*
 * Which words of a page OCR may have misread: those of every page that was read by OCR, and of them
 * the doubtful ones, where both the page and the word have little confidence. The index and the
 * marks of hits ask alike.
 */
#ifndef SEARCH_DOUBT_H
#define SEARCH_DOUBT_H

#include "search/tokens.h"
#include "store/page.h"

/* Of Tesseract's pages under this confidence 1 word in 13 and more is misread, of those above 1 in
 * 25 and fewer (docs/SEARCH.md). */
enum { DOUBTFUL_PAGE = 90, DOUBTFUL_WORD = 90 };

/* Goes along the words of a page's main text; start with {.page = page}. */
struct doubt {
    const struct page *page; /* NULL: not by OCR */
    size_t next;             /* of its word boxes */
};

/* How the word at byte `at` is marked in the index: MARK_DOUBTFUL, MARK_CONFIDENT, or MARK_TEXT
 * when it was not read by OCR. To be asked in the order of the text. */
static inline enum token_mark doubt_of(struct doubt *doubt, size_t at)
{
    const struct page *page = doubt->page;

    if (!page || page->head.method != PAGE_OCR)
        return MARK_TEXT;
    if (page->head.confidence >= DOUBTFUL_PAGE)
        return MARK_CONFIDENT;
    while (doubt->next < page->word_count &&
           (size_t)page->words[doubt->next].at + page->words[doubt->next].len <= at)
        doubt->next++;
    if (doubt->next < page->word_count && page->words[doubt->next].at <= at &&
        page->words[doubt->next].confidence >= DOUBTFUL_WORD)
        return MARK_CONFIDENT;
    return MARK_DOUBTFUL;
}

#endif
