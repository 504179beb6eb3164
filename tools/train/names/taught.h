/*
 * What no list at hand teaches of letters: how Persian says those it shares with Arabic and writes
 * those that Arabic lacks, and which letters of one shape OCR takes for one another.
 */
#ifndef TRAIN_TAUGHT_H
#define TRAIN_TAUGHT_H

#include "em.h"
#include "names/model.h"

/* Sounds of letters, as pairs of Arabic and Latin ones. */
void taught_letters(struct em_pairs *pairs);
/* Adds to pairs of Arabic and Latin words those that Persian spells otherwise. */
void taught_spellings(struct em_pairs *pairs);
/* Shapes, to the tables of one script each. */
void taught_shapes(struct em_pairs tables[MODEL_TABLES]);

#endif
