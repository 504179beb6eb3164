/*
 * A snapshot of who is named where (names/snapshot.h), kept in memory for all that ask and made
 * anew, by a thread of its own, when the case has changed and somebody asks: nobody waits for it,
 * and there are two while the new one is made.
 *
 * Decisions about names that are written here count at once: until there is a snapshot with them,
 * there is none. What else is written, by other processes above all, counts when there is a
 * snapshot with it, which is within RECENT_MS.
 */
#ifndef WEB_RECENT_H
#define WEB_RECENT_H

#include "base/err.h"
#include "names/snapshot.h"
#include "store/case.h"

enum { RECENT_MS = 60000 }; /* no answer is of an older state than that */

struct recent; /* opaque */

/* With connections of its own to the case; makes the first snapshot at once. */
int recent_start(const struct sanad_case *kase, struct recent **ret_recent, struct err *err);
void recent_stop(struct recent *recent); /* accepts NULL */

/* A decision about names was committed here. */
void recent_outdate(struct recent *recent);

struct snapshot_hold; /* opaque */

/* The snapshot, until it is given back; NULL when there is none that is recent enough: then count
 * by a walk. */
struct snapshot_hold *recent_take(struct recent *recent);
void recent_give(struct recent *recent, struct snapshot_hold *hold);      /* accepts NULL */
const struct snapshot *recent_snapshot(const struct snapshot_hold *hold); /* NULL of NULL */

#endif
