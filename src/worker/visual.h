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

/* Given the directions of `count` glyphs from left to right, writes to `order` the indices in
 * reading order. `rtl` is the paragraph's direction. `directions` is used as working space. */
void visual_to_logical(enum direction *directions, size_t count, bool rtl, uint32_t *order);

#endif
