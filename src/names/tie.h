/*
 * Whether the model alone may take two names for one: the probability of match.h, and vetoes. A
 * first name alone, or a surname, is no other name's short form here: who is meant by it is settled
 * in each document (settle.c).
 */
#ifndef NAMES_TIE_H
#define NAMES_TIE_H

#include "names/match.h"
#include "names/mention.h"

enum {
    TIE_HELD = 500,
    TIE_APART = -1000,       /* of words made from one another: Germany, German */
    TIE_MIN = 300,           /* thousandths: less is not kept */
    LINK_MIN = 700,          /* an average of this makes one of two clusters */
    SINGLE_MIN = 980,        /* what two names of one word each must reach: Austria, Australia */
    SINGLE_SCRIPT_MIN = 970, /* and in two scripts */
};

/* Thousandths; 0 where there is a veto: an initial, a patronymic or a number that contradicts, a
 * word alone against a longer name, one word in common and others on both sides. */
int tie_probability(const struct names_model *model, enum mention_kind kind,
                    const struct scored_name *a, const struct scored_name *b);

#endif
