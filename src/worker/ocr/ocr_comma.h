/*
 * The Arabic comma. Tesseract's models of Arabic and of Persian do not have it among their
 * characters: they write », a full stop, a semicolon, a hamza, a heh, a digit or nothing in its
 * place. Here it is put where its shape is seen at the end of a word (ocr_pieces.h). Letters are
 * not changed but for those two, and these only where the ink of none is left.
 */
#ifndef WORKER_OCR_COMMA_H
#define WORKER_OCR_COMMA_H

#include "worker/ocr/ocr_pieces.h"

/* Longer words are left as they are. */
enum { OCR_COMMA_WORD_MAX = 200 };

/* Writes the word as it is with the comma that was seen, NUL-terminated, to `out`. False when the
 * word stays as it is. */
bool ocr_comma_put(const char *word, struct ocr_comma seen, char out[OCR_COMMA_WORD_MAX + 3]);

#endif
