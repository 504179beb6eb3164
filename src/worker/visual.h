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

/* Given `count` glyphs from left to right with their directions, writes to `order` the indices in
 * reading order. `rtl` is the paragraph's direction. `directions` is left as resolved: a glyph with
 * DIRECTION_RTL stands in a run that reads leftwards. */
void visual_to_logical(const uint32_t *runes, enum direction *directions, size_t count, bool rtl,
                       uint32_t *order);

/* The character that looks like `rune` when it reads leftwards: "(" for ")". Others are returned
 * as they are (Bidi_Mirrored of the Unicode Character Database, the common pairs of it). */
uint32_t rune_mirrored(uint32_t rune);

#endif
