/*
 * A turn at writing to the case, for a request: one at a time, as a transaction, also while
 * documents are being read into the case (docs/decisions/0016).
 */
#ifndef WEB_TURN_H
#define WEB_TURN_H

#include "web/web.h"

/* Writes through `writer`; what it returns is returned, and unless that is 0 nothing was written.
 */
typedef int turn_fn(void *ctx, struct sanad_case *writer, struct err *err);

/* ERR_LOCKED when nobody lends the case within some seconds. */
int turn_take(struct web *web, turn_fn *fn, void *ctx, struct err *err);

#endif
