/*
 * Where on a page's picture the marks of its text are.
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

#endif
