/*
 * Search: the full-text index (a deriver) and queries over it. docs/SEARCH.md describes the
 * query language for users.
 */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/case.h"
#include "store/dated.h"
#include "store/deriver.h"

extern const struct deriver search_deriver;

enum {
    SNIPPET_BYTES = 320,
    SNIPPET_MARKS_MAX = 16,
    QUERY_BYTES_MAX = 8192,
    QUERY_LEAVES_MAX = 128,
    QUERY_DEPTH_MAX = 64
};

enum search_sort { SORT_RELEVANCE, SORT_DATE, SORT_DATE_DESC, SORT_PATH };

struct search_request {
    const char *query; /* any UTF-8 string */
    uint32_t offset;
    uint32_t limit;
    enum search_sort sort;
    bool facets;
    bool snippets;
    const int64_t *known; /* documents that are left out, ascending */
    size_t known_count;
};

struct mark {
    uint32_t at, len; /* bytes in the snippet */
    bool misread;     /* not the word itself, but what OCR may have made of it */
};

/* One document that answers the query, with the best of its pages. */
struct hit {
    int64_t item;
    uint32_t page;  /* best page (1 for a document that flows) */
    uint32_t pages; /* pages of it that match */
    double score;   /* larger is better; comparable within one result only */
    char *path, *name, *type, *lang, *date, *title;
    char date_source[DATED_SOURCE_MAX]; /* by what it is dated (docs/DATES.md): "dateline", ...; ""
                                           unknown */
    char *label; /* the story where the words stand, by its headline; "" for none */
    bool ocr;
    bool image;    /* there is a picture of the page; known with snippets only */
    bool misread;  /* the page shown was found by what OCR may have made of a word only */
    char *snippet; /* UTF-8 */
    struct mark marks[SNIPPET_MARKS_MAX];
    uint32_t mark_count;
};

struct facet_value {
    char *value;
    int64_t count; /* documents among all that match */
};

struct facet {
    const char *name; /* "type", "lang", "year", "folder", "outcome", "tag" */
    struct facet_value *values;
    size_t count;
};

enum { FACETS = 6, FACET_VALUES_MAX = 50 };

struct search_result {
    struct hit *hits;
    size_t count;
    int64_t total;   /* documents that match: exact */
    int64_t pages;   /* pages that match: exact */
    int64_t undated; /* documents that a filter of dates left out because they have no date */
    double ms;
    bool as_words; /* the query did not parse and was searched as words */
    char
        note[256]; /* what the user should know ("NEAR( is not closed: searched as words"), or "" */
    struct facet facets[FACETS];
};

int search_run(struct sanad_case *kase, const struct search_request *request,
               struct search_result **ret_result, struct err *err);
/* The same, a hit at a time in the order asked for, for lists of any length: nothing is held but
 * some bytes for each. Without snippets and facets; all that match but the first `offset`. A hit is
 * borrowed during the call; non-zero from `fn` stops and is returned. */
typedef int search_hit_fn(void *ctx, const struct hit *hit);
int search_each(struct sanad_case *kase, const struct search_request *request, search_hit_fn *fn,
                void *ctx, struct err *err);
void search_result_free(struct search_result *result);
void cleanup_search_result(struct search_result *const *result);

/* Only how much a query finds. */
struct search_counts {
    int64_t documents, pages;
    bool as_words;
    char note[256];
};
int search_count(struct sanad_case *kase, const char *query, struct search_counts *ret_counts,
                 struct err *err);

/* The documents that a query finds, ascending; the caller frees the list. */
int search_items(struct sanad_case *kase, const char *query, int64_t **ret_items, size_t *ret_count,
                 struct err *err);

/* Where the words of `query` stand in the main text or in the rest of a page: byte ranges in
 * `ret_marks`, in order, at most `max`. Returns their number. */
size_t search_marks(struct sanad_case *kase, const char *query, const struct page *page,
                    enum text_part part, struct mark *ret_marks, size_t max);

/* Pages of one item that match, ascending, at most `max`; returns their number or an error. */
int search_item_pages(struct sanad_case *kase, const char *query, int64_t item, uint32_t *ret_pages,
                      size_t max, struct err *err);

#endif
