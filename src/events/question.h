/*
 * The search that a question means. Whoever asks "who met whom in Baghdad in the spring of 1959"
 * gets the documents that hold every one of these words, hardly any. What is meant are those that
 * hold the words that say something, of the time that is named.
 */
#ifndef EVENTS_QUESTION_H
#define EVENTS_QUESTION_H

#include <stdbool.h>

#include "base/buf.h"

/* Writes the query without its small words (English, Persian, Arabic) and with the date it names,
 * if it names just one, as from: and to: (docs/SEARCH.md). False, with nothing written, when that
 * would be no other search, when no word would be left, or when the query has signs of the query
 * language: who writes these says what is meant. `ret` is an initialised buffer. */
bool question_query(const char *query, struct buf *ret);

#endif
