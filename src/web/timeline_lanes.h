/*
 * Of whom a timeline is: parts of the documents that stand in lanes of their own, and the one part
 * that it is about as a whole, when it is not about all.
 */
#ifndef WEB_TIMELINE_LANES_H
#define WEB_TIMELINE_LANES_H

#include "events/density.h"
#include "web/web.h"

enum { PICKED_MAX = 12 }; /* lanes that somebody picked; without, there are fewer */

struct lane {
    int64_t id; /* of a name; 0: a folder */
    char *title;
    struct item_set set;
};

struct lanes_found {
    struct sanad_case *kase;
    struct lane lanes[PICKED_MAX];
    size_t count;
};

/* The lanes of a request, by its parameters "lanes" and "picked". Release what was found whatever
 * this returns. */
int lanes_find(const struct call *call, struct lanes_found *found, struct err *err);
void lanes_release(struct lanes_found *found);

/* The documents of a name or a folder, when the request is about one ("name", "folder"); ret_set
 * stays NULL when it is about all. Release `space`. */
int lanes_set(const struct call *call, struct item_set *space, const struct item_set **ret_set,
              struct err *err);

#endif
