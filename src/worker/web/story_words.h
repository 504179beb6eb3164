/*
 * Words that tell what a line of a saved web page is, in English, Persian and Arabic.
 */
#ifndef WORKER_STORY_WORDS_H
#define WORKER_STORY_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* The number of the word of web pages that a line is ("Share on Facebook"), -1 for none. */
int story_page_word(const char *line, size_t len);
/* Whether other stories follow such a word ("Related posts"). */
bool story_word_is_tail(int word);

bool story_is_byline(const char *line, size_t len);

/* Copies a line, Persian and Arabic digits as ASCII ones; returns its length, at most size - 1. */
size_t story_digits(const char *line, size_t len, char *out, size_t size);
bool story_has_month(const char *line, size_t len);
/* Numbers with strokes, dots or hyphens between: 11/18/19, 2019-11-18, 1398/08/28. */
bool story_numeric_date(const char *line);

#endif
