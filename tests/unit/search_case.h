/*
 * An encrypted case in a temporary folder, with a few documents that are indexed.
 */
#ifndef TESTS_SEARCH_CASE_H
#define TESTS_SEARCH_CASE_H

#include "search/search.h"
#include "store/page.h"
#include "store_case.h"

struct fixture {
    struct sanad_case *kase;
    void *state; /* of the deriver */
};

/* The pages of a document are separated by form feeds; "\v" begins what a web page shows besides
 * its main text. */
struct document {
    const char *path, *type, *lang, *date, *from, *to, *title, *text;
};

/* For cmocka's groups; *state is a struct fixture. The documents are items 1 to 7. */
int set_up(void **state);
int tear_down(void **state);

/* Adds a document and its pages, and returns its item. They are found after commit(). */
int64_t add_document(struct fixture *f, const struct document *document);
/* A page of a document that is there; the second by its text, as in a document. */
void put_page(struct fixture *f, struct page *page);
void add_page(struct fixture *f, int64_t item, uint32_t number, const char *text, size_t len);
void commit(struct fixture *f);

struct search_result *run(struct fixture *f, struct search_request request);
/* The items that a query finds, ascending: "1 2 ". */
void found(struct fixture *f, const char *query, char *out, size_t space);

#endif
