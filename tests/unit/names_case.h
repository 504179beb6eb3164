/*
 * Documents with names in a case, for tests: what is a mention is a short list of names, wherever a
 * text has them. What fails, fails the test.
 */
#ifndef NAMES_CASE_H
#define NAMES_CASE_H

#include "names/entities.h"

/* Finds and keeps the mentions of a page that was stored. */
void record_page(void *state, const struct page *page);

/* A document of one page, with its mentions and what they come to. Returns its item. */
int64_t add_document(struct sanad_case *kase, const char *text);

/* The entity of a spelling or a number. */
int64_t meant(struct sanad_case *kase, const char *name);

/* Decides as "tester", with "a reason". */
int64_t decide(struct sanad_case *kase, enum verdict verdict, const char *a, const char *b);

#endif
