/*
 * Expectation-maximisation over pairs of words: which one or two letters of the
 * one are written for which letters of the other. A joint model of units, as in
 * "Applying Many-to-Many Alignments and Hidden Markov Models to
 * Letter-to-Phoneme Conversion" (Jiampojamarn et al., 2007).
 *
 * The same pairs in the same order give the same bytes.
 */
#ifndef TRAIN_EM_H
#define TRAIN_EM_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "names/name.h"

struct em_pair {
    uint8_t left_count, right_count;
    uint8_t left[TOKEN_LETTERS_MAX], right[TOKEN_LETTERS_MAX];
    float weight;
};

struct em_pairs {
    size_t count;
    struct em_pair *at;
};

void em_add(struct em_pairs *pairs, const struct token *left, const struct token *right,
            float weight);
/* A side of a pair as a word. */
struct token em_token(const uint8_t *letters, uint8_t count, enum name_script script);
void em_release(struct em_pairs *pairs);

struct em_options {
    size_t right_max; /* letters of a unit on the right: 2 or 3 */
    double min_count; /* units seen less often are left out */
    int iterations;
    const char *word; /* of the rows that are written */
};

/* Trains and writes the units as rows of the model file, sorted. */
void em_train(const struct em_pairs *pairs, const struct em_options *options, FILE *out);

#endif
