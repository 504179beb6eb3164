/*
 * Making derived tables again. Private to ingest.
 */
#ifndef INGEST_REBUILD_H
#define INGEST_REBUILD_H

#include "ingest/ingest.h"

/* Makes the derivers' tables where they are missing, and fills those again whose version changed.
 */
int rebuild_if_stale(struct sanad_case *kase, const struct ingest_options *options,
                     struct ingest_progress *progress, struct err *err);

#endif
