/*
 * What OCR takes for one another. Two spellings are of one class when a reading of one as the other
 * is likely: letters that differ in their dots only (the rasm: ب پ ت ث ن ی, ج چ ح خ, ر ز ژ ...),
 * Latin letters and digits of one shape (l 1 i, o 0, e c ...), and pairs that run together (rn and
 * m).
 *
 * The classes were chosen from what Tesseract made of pages whose text is known (docs/SEARCH.md has
 * the figures); a class is a set, so a word has exactly one spelling of classes, which can be
 * looked up like a word.
 */
#ifndef TEXT_MISREAD_H
#define TEXT_MISREAD_H

#include <stddef.h>

#include "text/fold.h"

/* Of words with fewer letters nearly every one can be read as another. */
enum { MISREAD_LETTERS_MIN = 3 };

/* Writes the spelling of classes of a folded word (a surface, text/fold.h); `len` at most
 * WORD_BYTES_MAX. Returns its length in bytes, at least 1 for a word of a byte or more. */
size_t misread_class(const char *surface, size_t len, char out[WORD_BYTES_MAX]);

#endif
