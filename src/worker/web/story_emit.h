/*
 * One story of a page that holds several, as it goes out: a run with its headline as label and its
 * first line.
 */
#ifndef WORKER_STORY_EMIT_H
#define WORKER_STORY_EMIT_H

#include <stddef.h>

#include "worker/emit.h"

/* Any of the three may be empty; none needs a NUL at its end. */
struct story_head {
    const char *headline, *byline, *date;
    size_t headline_len, byline_len, date_len;
};

/* Metadata: "story" is headline, byline and date joined by " | ", in the order of the runs. */
void story_emit_head(struct emit *emit, const struct story_head *head);

#endif
