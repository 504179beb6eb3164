/*
 * sanad timeline --name: where a name stands, which dates are its own, and the words around both.
 */
#ifndef CMD_TIMELINE_NAME_H
#define CMD_TIMELINE_NAME_H

#include "base/buf.h"
#include "events/events.h"
#include "store/page.h"

/* Where a name stands. */
struct name_place {
    int64_t item;
    uint32_t page, at, len; /* bytes of the page's text */
};

struct timeline_name {
    struct sanad_case *kase;
    struct name_place *places; /* in order; owned */
    size_t count;
    int64_t documents;
    struct page *page; /* the one passages were last taken from; owned */
};

/* Finds a name: a number of sanad names, or a spelling. The names must be ready (names_ready).
 * ERR_NOT_FOUND when there is none. */
int timeline_name_find(struct sanad_case *kase, const char *given, struct timeline_name *ret_name,
                       struct err *err);
void timeline_name_release(struct timeline_name *name);

/* The place by which a date is the name's: of a document's own date the first in the document, of
 * another the nearest, within some sentences. NULL if it is not the name's. */
const struct name_place *timeline_name_near(const struct timeline_name *name,
                                            const struct event *event);

/* Appends the words around the name, and around the date if that stands in the text beside it: one
 * line, cut between words, with "…" where it is cut. */
int timeline_name_passage(struct timeline_name *name, const struct name_place *place,
                          const struct event *event, struct buf *out, struct err *err);

/* Called for each document with the name that nothing dates, with its first place. */
typedef int undated_fn(void *ctx, const struct name_place *place);
int timeline_name_undated(struct timeline_name *name, undated_fn *fn, void *ctx, struct err *err);

#endif
