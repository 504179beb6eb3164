/*
 * The parameter "q" of a request: every name:"..." in it is widened to the spellings of whom it
 * means, as the command line does.
 */
#ifndef WEB_WIDEN_H
#define WEB_WIDEN_H

#include "names/entities.h"
#include "web/web.h"

struct wide_query {
    struct buf query; /* its data is what to search for */
    struct used_names used;
};

/* ERR_USAGE for a query that is too long. `wide` starts as zeros; release it whatever this returns.
 */
int query_widen(const struct call *call, struct wide_query *wide, struct err *err);
/* The same of a text. */
int text_widen(struct sanad_case *kase, const char *query, struct wide_query *wide,
               struct err *err);
void cleanup_wide(struct wide_query *wide);

#endif
