/*
 * Cutting a passage out of a text: around what it is to show, between words.
 */
#ifndef TEXT_PASSAGE_H
#define TEXT_PASSAGE_H

#include <stdbool.h>
#include <stddef.h>

/* Space, tab and whatever ends a line or a page. */
bool passage_is_blank(char c);

/* Where the passage lies that shows the bytes of `text` (UTF-8) from `from` to `to`, both between
 * characters: `around` bytes more at most on each side. It begins and ends between words where one
 * is in reach whole, else between characters. */
void passage_cut(const char *text, size_t len, size_t from, size_t to, size_t around,
                 size_t *ret_start, size_t *ret_end);

#endif
