/*
 * What the end of a worker's child means for the document it was reading.
 */
#ifndef INGEST_DEATH_H
#define INGEST_DEATH_H

#include <stdbool.h>

#include "wire/frame.h"
#include "wire/job.h"

/* True if the child ended by itself and had said all (`said_end`). Otherwise `ret_reason` and
 * `ret_detail`, for the ledger, say what ended it. */
bool death_was_natural(const struct job_end *end, bool said_end, const struct job_limits *limits,
                       enum reason *ret_reason, char ret_detail[DETAIL_MAX]);

#endif
