/*
 * From the order in which glyphs stand on a line to the order in which they are read: the inverse
 * of the Unicode bidirectional algorithm (UAX #9) for one line, simplified to what a printed line
 * can still tell. A PDF stores glyphs in either order, or in none; their places are the one thing
 * that is always right.
 */
#ifndef WORKER_VISUAL_H
#define WORKER_VISUAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum direction {
    DIRECTION_NEUTRAL,
    DIRECTION_LTR,
    DIRECTION_RTL,
    DIRECTION_NUMBER,           /* digits: left to right inside text of either direction */
    DIRECTION_NUMBER_SEPARATOR, /* . , : / belong to a number when digits stand on both sides */
    DIRECTION_MARK,             /* takes the direction of what it stands on */
};

/* The direction of a character. */
enum direction rune_direction(uint32_t rune);

/* Which brackets the lines of a page have: PDFs name a bracket of right-to-left text by its looks
 * or by its meaning, and one alone does not tell which. */
struct bracket_habit {
    size_t by_looks, by_meaning;
};

/* A line's glyphs from left to right. */
struct visual_line {
    uint32_t *runes; /* as the file names them; left as they are read: ")" for a mirrored "(" */
    enum direction *directions; /* left as resolved */
    size_t count;
    bool rtl; /* the paragraph's direction */
};

/* Writes to `order` (room for `count`) the indices of the glyphs in reading order. */
void visual_to_logical(struct visual_line *line, struct bracket_habit *habit, uint32_t *order);

#endif
