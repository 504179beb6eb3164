/*
 * Web pages that hold several whole stories: blogs, pages that load the next story below the first,
 * collections. A story is an <article> with a heading, or the widest element around one <h1>, with
 * enough text in paragraphs; teasers and comments are not.
 *
 * Limits: HTML_STORIES_MAX stories; what comes after them is the rest of the last.
 */
#ifndef WORKER_HTML_STORIES_H
#define WORKER_HTML_STORIES_H

#include <stdbool.h>

#include "worker/emit.h"
#include "worker/web/html_tree.h"

enum { HTML_STORIES_MAX = 200 };

/* Emits each story as a labelled run that begins with its headline, and all else as the rest of the
 * last run. False, and nothing emitted, when there are not two. */
bool html_stories_emit(const struct html_tree *tree, struct emit *emit);

#endif
