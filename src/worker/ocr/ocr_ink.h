/*
 * Where there is ink on a page: words and rules as boxes, and how high its letters are.
 *
 * The boxes are what layout analysis works on (ocr_layout.h). Pictures, specks and long strokes of
 * a pen are left out.
 */
#ifndef WORKER_OCR_INK_H
#define WORKER_OCR_INK_H

#include <stdbool.h>
#include <stddef.h>

#include "worker/ocr/ocr_box.h"

struct Pix;

enum mark_kind { MARK_WORD, MARK_RULE }; /* a rule is a long horizontal line */

struct mark {
    struct ocr_box box;
    enum mark_kind kind;
};

struct ocr_ink {
    struct mark *at;
    size_t count; /* at most OCR_MARKS_MAX */
    size_t all;   /* with the fragments of pictures, which follow the marks */
    int letter;   /* what letters with ascenders measure, in pixels; at least 1 */
};

enum { OCR_MARKS_MAX = 30000 };

/* One bit a pixel, ink set, by Otsu's method for the picture as a whole; NULL when memory ends. */
struct Pix *ocr_ink_threshold(struct Pix *grey);

/* The height of the picture's letters with ascenders, in pixels; 0 when it has none. `grey` has 8
 * bits and dark letters. */
int ocr_letter_height(struct Pix *grey);

/* The marks of a picture whose letters are about `letter` pixels high. Long lines are painted white
 * in it: letters are read better without them. False when memory ends or there are more marks than
 * any page has. */
bool ocr_ink_find(struct Pix *grey, int letter, struct ocr_ink *ret_ink);
void ocr_ink_release(struct ocr_ink *ink);

#endif
