/*
 * The connected pieces of ink in a line of Arabic script, and what the small ones at the end of a
 * word look like.
 */
#ifndef WORKER_OCR_PIECES_H
#define WORKER_OCR_PIECES_H

#include <stdbool.h>
#include <stddef.h>

#include "worker/ocr/ocr_box.h"

struct Pix; /* Leptonica's picture */

struct ocr_piece {
    struct ocr_box box;
    int area;  /* pixels of ink */
    int upper; /* of these, in the upper half of the box */
};

struct ocr_pieces {
    struct ocr_piece *at; /* from left to right; specks are left out */
    size_t count;
    int letter; /* height of the high letters */
    int base;   /* the row on which the letters are joined: that with most ink */
};

/* What may stand after a word in the form of an Arabic comma. */
enum ocr_comma_shape {
    NO_COMMA,
    COMMA_LIKELY, /* nothing else that the engine takes for a sign of punctuation looks so */
    COMMA_SURE    /* nor does a letter */
};

/* What stands right of it. */
enum ocr_neighbour {
    BESIDE_OTHER,
    BESIDE_NOTHING, /* it is all there is of the word */
    BESIDE_CHEVRON, /* half of a guillemet */
    BESIDE_ROUND,   /* a heh or a hamza alone */
    BESIDE_DOT
};

struct ocr_comma {
    enum ocr_comma_shape shape;
    enum ocr_neighbour beside;
};

/* Finds the pieces of the line in a picture of one bit a pixel. False when it has none. */
bool ocr_pieces_find(struct Pix *ink, struct ocr_box line, struct ocr_pieces *ret_pieces);
void ocr_pieces_release(struct ocr_pieces *pieces);

/* Looks for an Arabic comma at the left end of the word; what is left of `limit` belongs to the
 * next one. The engine's box of the word may end before the comma. */
struct ocr_comma ocr_pieces_comma(const struct ocr_pieces *pieces, struct ocr_box word, int limit);

#endif
