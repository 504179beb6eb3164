/*
 * Marks that are no words: what the threshold leaves of photographs and drawings, and specks.
 *
 * Between columns they would close the gutter. A mark is judged by its measures and by what stands
 * around it: dots and signs stand beside words, the fragments of a picture beside each other.
 */
#ifndef WORKER_OCR_PICTURE_H
#define WORKER_OCR_PICTURE_H

#include "worker/ocr/ocr_ink.h"

struct Boxa;

/* Takes from the marks those that belong to no text: specks for good, the fragments of pictures to
 * behind the marks (ink->all). `pictures` are the boxes of what has been taken out of the ink as
 * too large for letters; `grey` gives the page's size. Without memory the marks stay as they
 * are, and so they do on a page with hardly any words. */
void ocr_picture_drop_marks(struct ocr_ink *ink, struct Boxa *pictures, struct Pix *grey);

#endif
