/*
 * Where on a page's picture its words are, and the marks of its text.
 */
#ifndef WEB_BOXES_H
#define WEB_BOXES_H

#include "fmt/json.h"
#include "search/search.h"
#include "store/page.h"

/* An array of [mark, x0, y0, x1, y1]: the number of the mark and the box of one of its words, in
 * 65535ths of the page. At most BOXES_MAX. */
enum { BOXES_MAX = 20000 };

void boxes_put(struct json_writer *json, const char *key, const struct page *page,
               const struct mark *marks, size_t count);

/* An array of [start, end, x0, y0, x1, y1, confidence]: every word of the page in the order of its
 * text, from and to in UTF-16 code units; confidence of OCR 0-100, -1 without. At most BOXES_MAX.
 */
void words_put(struct json_writer *json, const char *key, const struct page *page);

#endif
