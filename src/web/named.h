/*
 * Who is named in which document, kept in memory for all that ask (names/by_document.h): made when
 * it is asked for first, and anew when the case has changed since.
 */
#ifndef WEB_NAMED_H
#define WEB_NAMED_H

#include "base/err.h"
#include "names/by_document.h"
#include "store/case.h"

struct named; /* opaque */

/* With a connection of its own to the case. */
int named_new(const struct sanad_case *kase, struct named **ret_named, struct err *err);
void named_free(struct named *named); /* accepts NULL */

/* Counts over one state of it: the answers of `fn` belong together. Others wait meanwhile. */
typedef void named_fn(void *ctx, const struct by_document *index);
int named_look(struct named *named, named_fn *fn, void *ctx, struct err *err);

#endif
