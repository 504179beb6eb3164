/*
 * Pages: the text of a document with the places of its words. Derived.
 *
 * A page's id carries what ranking needs without another look-up:
 *     id = item << 24 | number << 4 | size class
 * where the size class is floor(log2(words + 1)), at most 15.
 */
#ifndef STORE_PAGE_H
#define STORE_PAGE_H

#include <stdint.h>

#include "base/err.h"
#include "store/case.h"
#include "wire/frame.h"

static inline int64_t page_id(int64_t item, uint32_t number, unsigned size_class)
{
    return item << 24 | (int64_t)number << 4 | size_class;
}

static inline int64_t page_id_item(int64_t page)
{
    return page >> 24;
}

static inline uint32_t page_id_number(int64_t page)
{
    return (uint32_t)(page >> 4 & 0xFFFFF);
}

static inline unsigned page_id_size_class(int64_t page)
{
    return (unsigned)(page & 15);
}

/* One page in memory. `text` and `rest` are valid UTF-8. */
struct page {
    int64_t id; /* set by page_put */
    int64_t item;
    struct page_head head;
    const char *text;
    size_t text_len;
    const char *rest; /* what a web page shows besides its main text */
    size_t rest_len;
    const struct word_box *words;
    size_t word_count;
};

static inline const char *page_part(const struct page *page, enum text_part part, size_t *ret_len)
{
    *ret_len = part == TEXT_MAIN ? page->text_len : page->rest_len;
    return part == TEXT_MAIN ? page->text : page->rest;
}

/* Stores a page; `word_total` (of its text) gives its size class. */
int page_put(struct sanad_case *kase, struct page *page, uint32_t word_total, struct err *err);

/* Loads a page of an item, from 1. ERR_NOT_FOUND. Free with page_free. */
int page_load(struct sanad_case *kase, int64_t item, uint32_t number, struct page **ret_page,
              struct err *err);
void page_free(struct page *page);
void cleanup_page(struct page *const *page);

/* Walks an item's pages in order. Non-zero stops and is returned. */
typedef int page_fn(void *ctx, const struct page *page);
int page_each(struct sanad_case *kase, int64_t item, page_fn *fn, void *ctx, struct err *err);

/* Number of stored pages (runs, for a document that flows). */
int64_t page_count(struct sanad_case *kase, int64_t item, struct err *err);

#endif
