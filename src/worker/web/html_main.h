/*
 * Which part of a web page is its story. The method is that of Arc90's Readability as many readers
 * use it (paragraphs give points to the elements around them, links and telling class names take
 * points away, neighbours that look like the best element join it), worked out on counts taken in
 * two passes over the tree.
 */
#ifndef WORKER_HTML_MAIN_H
#define WORKER_HTML_MAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "worker/web/html_tree.h"

/* Sets story[i] for every text node that belongs to the story; `story` has tree->count entries, all
 * false before. Returns false when no story can be told from the rest: then the whole page is one.
 */
bool html_main_find(const struct html_tree *tree, bool *story);

/* Marks what is story below each of the elements `tops`, of which none is inside another, clutter
 * left out as above; ret_chars gets how many characters each has. */
void html_main_parts(const struct html_tree *tree, const uint32_t *tops, size_t count, bool *story,
                     uint32_t *ret_chars);

/* Whether a node and what is in it is shown at all: false for scripts, heads and the like. */
bool html_is_shown(const struct html_node *node);

#endif
