/*
 * The mentions of persons, organisations and places in memory, as a case is at one moment: ties,
 * their passages and company are counted from it without a walk through the database. What is
 * counted is the same.
 *
 * 28 bytes a mention, 32 for each two names that stand together, 16 a dated document, 32 a name:
 * at most SNAPSHOT_MENTIONS_MAX and NETWORK_PAIRS_MAX of the first two, so less than 300 MiB.
 */
#ifndef NAMES_SNAPSHOT_H
#define NAMES_SNAPSHOT_H

#include "base/err.h"
#include "store/case.h"

enum { SNAPSHOT_MENTIONS_MAX = 8 << 20 };

struct snapshot; /* opaque; read by any number of threads */

/* *ret_snapshot is NULL for a case without names, and for one that has more mentions than are kept:
 * what would be counted from it is then counted by a walk. */
int snapshot_load(struct sanad_case *kase, struct snapshot **ret_snapshot, struct err *err);
void snapshot_free(struct snapshot *snapshot); /* accepts NULL */

#endif
