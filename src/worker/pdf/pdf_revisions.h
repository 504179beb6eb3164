/*
 * Revisions of a PDF. A program that changes a PDF may append what is new and leave the old in
 * place (ISO 32000-1, 7.5.6, incremental updates): then the file holds its earlier states whole,
 * each a beginning of it that ends with its own "%%EOF". They are counted; one that holds words
 * which the last does not becomes a child, so that nothing in the file stays unread.
 */
#ifndef WORKER_PDF_REVISIONS_H
#define WORKER_PDF_REVISIONS_H

#include <stddef.h>
#include <stdint.h>

#include "worker/emit.h"
#include "worker/reader.h"

enum {
    REVISIONS_MAX = 1000,         /* counted */
    REVISIONS_COMPARED_MAX = 12,  /* of them, the latest */
    REVISION_PAGES_MAX = 200,     /* read of each for that */
    REVISION_WORDS_MAX = 1 << 20, /* words of the last revision that are known again */
};

/* To be zeroed before use, and released. */
struct revisions {
    size_t *ends; /* of each revision, rising; the last is the whole file */
    size_t count;
    uint32_t *words; /* sums of the words of the last revision; sorted when they are looked up */
    size_t word_count, word_space;
};

void revisions_find(const struct input *input, struct revisions *revisions);
void revisions_release(struct revisions *revisions);

/* Notes the words of a page of the last revision; nothing when there is no other. */
void revisions_know(struct revisions *revisions, const char *text);

/* Says how many there are, and emits those that hold other words. The document must be closed. */
void revisions_emit(struct revisions *revisions, const struct input *input, struct emit *emit);

#endif
