/*
 * Arabic presentation forms (U+FB50-FDFC, U+FE70-FEFC) as the letters they stand for: what NFKC
 * makes of them, but a mark shown on a space or tatweel is only the mark. PDF fonts often name
 * their glyphs by these forms; nobody searches with them.
 */
#ifndef TEXT_PRESENTATION_H
#define TEXT_PRESENTATION_H

#include <stdint.h>

/* The letters in logical order as UTF-8 (up to 33 bytes), or NULL when `rune` is no such form. */
const char *presentation_letters(uint32_t rune);

#endif
