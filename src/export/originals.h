/*
 * Originals taken out of a case as one ZIP, for the reading room and for the command line: the
 * files under paths that do no harm (safe_path.h), a manifest as CSV and as JSON, and a warning of
 * what originals can do.
 *
 * What leaves the case is recorded first, in the custody log: how many, which, by whom, why, by
 * which query. An original whose bytes are damaged or were never received is named in the manifest
 * and left out; nothing else is.
 *
 * Memory does not grow with the originals' sizes: a chunk of one, and some hundred bytes for each.
 */
#ifndef EXPORT_ORIGINALS_H
#define EXPORT_ORIGINALS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "fmt/zip.h"
#include "store/case.h"

enum {
    ORIGINALS_MAX = 1000000, /* items at a time */
    ORIGINALS_WHY_MAX = 1000 /* bytes */
};

/* What is to be taken, by whom. */
struct originals_order {
    const int64_t *items; /* ascending, each once: originals_distinct */
    size_t count;
    const char *query; /* that found them; "" when they were chosen one by one */
    const char *who, *why;
    int64_t at;    /* when it was recorded; set by originals_record */
    int64_t entry; /* of the custody log; likewise */
};

/* One original that is taken as it is: into the custody log, inside a writer's transaction, before
 * its bytes leave. `why` may be "". */
int original_record(struct sanad_case *kase, int64_t item, const char *sha256, const char *who,
                    const char *why, struct err *err);

/* Brings items into that order; returns how many are left. */
size_t originals_distinct(int64_t *items, size_t count);

/* How much it will be. */
struct originals_sums {
    int64_t files; /* that have bytes */
    uint64_t bytes;
};

/* ERR_NOT_FOUND for an item that is not there; ERR_LIMIT for more than ORIGINALS_MAX. */
int originals_sum(struct sanad_case *kase, const struct originals_order *order,
                  struct originals_sums *ret_sums, struct err *err);

/* Writes it into the custody log, inside a writer's transaction, and notes when and where. */
int originals_record(struct sanad_case *kase, struct originals_order *order,
                     const struct originals_sums *sums, struct err *err);

/* Gives the ZIP to `out`. `ret_left_out`: how many originals are not in it. What `out` returns is
 * passed on. */
int originals_write(struct sanad_case *kase, const struct originals_order *order, zip_sink *out,
                    void *ctx, int64_t *ret_left_out, struct err *err);

#endif
