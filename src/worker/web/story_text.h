/*
 * Plain text that is a web page as saved: its stories, each told from the menus, share buttons and
 * teasers around it. docs/STORIES.md says how they are found and what is not taken for one.
 *
 * A text in which no story can be told stays what it is: one document.
 */
#ifndef WORKER_STORY_TEXT_H
#define WORKER_STORY_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "worker/emit.h"

enum { STORY_TEXT_BYTES_MAX = 4 << 20, STORIES_MAX = 500 };

/* Emits the stories as labelled runs of main text, what stands around them as the rest of the run
 * before, and metadata: title, date and author of the first, a line "story" for each. False, and
 * nothing emitted, when the text is no saved page. */
bool story_text_emit(const char *utf8, size_t len, struct emit *emit);

#endif
