/*
 * A tree of a web page as text: blocks on lines of their own, cells with tabs between, white space
 * as a browser shows it.
 */
#ifndef WORKER_HTML_RENDER_H
#define WORKER_HTML_RENDER_H

#include <stdbool.h>

#include "worker/web/html_tree.h"

/* Appends the visible text: of nodes with story[i] to `main`, all other to `rest`. With `story`
 * NULL everything goes to `main`. */
void html_render(const struct html_tree *tree, const bool *story, struct buf *main,
                 struct buf *rest);

/* Appends the text below `top` that belongs to the story, and nothing else; `story` NULL: all. */
void html_render_part(const struct html_tree *tree, uint32_t top, const bool *story,
                      struct buf *out);

#endif
