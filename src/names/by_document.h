/*
 * Who is named in which document, in memory: counts over any set of documents, exact, in
 * milliseconds. Persons, organisations and places; 4 bytes for each in each document (about 12 MiB
 * for 100,000 diplomatic cables), 12 for a document. Made by one walk over all mentions.
 */
#ifndef NAMES_BY_DOCUMENT_H
#define NAMES_BY_DOCUMENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "names/mention.h"
#include "store/case.h"

enum {
    BY_DOCUMENT_KINDS = MENTION_PLACE + 1,
    BY_DOCUMENT_PAIRS_MAX = 64 << 20, /* of an entity and a document; more is ERR_LIMIT */
};

struct by_document; /* opaque; read by any number of threads */

/* As the case is at one moment; of a case without names, one that counts nothing. */
int by_document_load(struct sanad_case *kase, struct by_document **ret_index, struct err *err);
void by_document_free(struct by_document *index); /* accepts NULL */

struct named_count {
    int64_t entity;
    int64_t documents;
};

struct named_counts {
    size_t count;  /* in the list, the most documents first */
    int64_t total; /* entities of the kind that are named in these documents */
};

/* The entities of a kind that most of the documents `items` (ascending) name, at most `max`. */
struct named_counts by_document_count(const struct by_document *index, const int64_t *items,
                                      size_t item_count, enum mention_kind kind, size_t max,
                                      struct named_count *ret_list);

#endif
