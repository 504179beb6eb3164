/*
 * A page being put together: its text and the boxes of its words, always in step.
 */
#ifndef WORKER_PAGE_TEXT_H
#define WORKER_PAGE_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "worker/emit.h"

struct page_text {
    struct buf text;        /* UTF-8, at most PAGE_TEXT_MAX bytes */
    struct word_box *words; /* in the order of the text, at most PAGE_WORDS_MAX */
    size_t word_count, word_space;
    double width, height; /* of the page, in the unit of the boxes */
};

/* A rectangle on the page in its unit; x0 >= x1 or y0 >= y1 is an empty one. */
struct page_box {
    double x0, y0, x1, y1;
};

void page_text_init(struct page_text *page, double width, double height);
void page_text_release(struct page_text *page);

/* Appends text that has no place on the page. */
void page_text_put(struct page_text *page, const char *text, size_t len);

/* Appends a word and, if its box touches the page, its place. */
void page_text_word(struct page_text *page, const char *word, size_t len, struct page_box box,
                    uint8_t confidence);

/* Separates what follows by `breaks` newlines (1 or 2), a tab or a space: never after nothing, and
 * never more than asked for. */
void page_text_newline(struct page_text *page, int breaks);
void page_text_space(struct page_text *page, char space);

/* Appends what was read on another part of the same page. */
void page_text_append(struct page_text *page, const struct page_text *part);

/* Puts what was read anew in the place of the words from..to and of what is between them. False,
 * and nothing is changed, when there are no such words or no room. */
bool page_text_replace(struct page_text *page, size_t from, size_t to,
                       const struct page_text *part);

struct page_box page_box_union(struct page_box a, struct page_box b);

#endif
