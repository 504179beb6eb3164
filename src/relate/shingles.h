/*
 * How much two texts have in common, from a small mark of each that is made once: MinHash over
 * shingles of words. Method: A. Broder, "On the resemblance and containment of documents" (1997);
 * the hash functions are multiply-add-shift (M. Dietzfelbinger, "Universal hashing and k-wise
 * independent random variables via integer arithmetic without primes", 1996).
 *
 * A shingle is SHINGLE_WORDS words in a row as the search fold has them (docs/FOLD.md), so that
 * letters' variants, case and layout count for nothing. The share of equal places in two marks
 * estimates the share of the shingles of both texts that both have, with a standard deviation of at
 * most 0.5 / sqrt(MARK_PLACES) = 0.063.
 */
#ifndef RELATE_SHINGLES_H
#define RELATE_SHINGLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SHINGLE_WORDS = 3,
    MARK_PLACES = 64,
    MARK_BYTES = MARK_PLACES * 4,
    /* Two marks of which a band is equal are compared: with a likeness of 0.5 it happens in 64 % of
     * cases, of 0.6 in 89 %, of 0.7 in 98.7 %. */
    MARK_BANDS = 16,
    BAND_PLACES = MARK_PLACES / MARK_BANDS,
};

struct shingles {
    uint64_t last[SHINGLE_WORDS]; /* hashes of the words before */
    uint64_t words;
    uint32_t least[MARK_PLACES];
    uint64_t multiply[MARK_PLACES], add[MARK_PLACES]; /* the hash functions, the same everywhere */
};

void shingles_start(struct shingles *shingles);
/* Further text of the same document, in any portions that end between words. */
void shingles_add(struct shingles *shingles, const char *text, size_t len);

/* The number under which all marks with the same band are found. */
uint64_t mark_band(const uint32_t mark[MARK_PLACES], unsigned band);
/* The share of equal places, in hundredths. */
int mark_likeness(const uint32_t a[MARK_PLACES], const uint32_t b[MARK_PLACES]);

void mark_pack(const uint32_t mark[MARK_PLACES], unsigned char out[MARK_BYTES]);
void mark_unpack(const unsigned char packed[MARK_BYTES], uint32_t mark[MARK_PLACES]);

#endif
