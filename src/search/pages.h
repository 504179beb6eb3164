/*
 * Page ids (store/page.h) as search uses them: besides real pages there are two that no document
 * has, one for a document as a whole and one for what is known about it.
 */
#ifndef SEARCH_PAGES_H
#define SEARCH_PAGES_H

#include <stdbool.h>

#include "store/page.h"

enum { NUMBER_DOCUMENT = 0, NUMBER_FACTS = 0xFFFFF };

static inline int64_t page_of_document(int64_t item)
{
    return page_id(item, NUMBER_DOCUMENT, 0);
}

/* The row of names and metadata. It sorts behind all pages, so it can be added after them. */
static inline int64_t page_of_facts(int64_t item)
{
    return page_id(item, NUMBER_FACTS, 15);
}

static inline bool page_is_real(int64_t page)
{
    uint32_t number = page_id_number(page);
    return number != NUMBER_DOCUMENT && number != NUMBER_FACTS;
}

#endif
