/*
 * Where an item came from: the `sanad add` that took it in, what the custody log has about it, and
 * the other items with the same bytes.
 */
#ifndef STORE_ORIGIN_H
#define STORE_ORIGIN_H

#include <stdint.h>

#include "base/err.h"
#include "store/case.h"

/* Strings are borrowed during the call. Non-zero from a function stops and is returned. */
struct origin {
    int64_t intake;
    int64_t at;          /* when it began: seconds since 1970-01-01T00:00:00Z */
    const char *source;  /* `sanad add --source`, or "" */
    const char *paths;   /* as given, a line each */
    const char *program; /* version of sanad */
    const char *reader;  /* what read the item, or "" */
};
typedef int origin_fn(void *ctx, const struct origin *origin);
/* ERR_NOT_FOUND when there is no such item. */
int origin_load(struct sanad_case *kase, int64_t item, origin_fn *fn, void *ctx, struct err *err);

struct copy {
    int64_t item, intake, at;
    int64_t mtime_ns; /* INT64_MIN unknown */
    const char *name, *path;
};
typedef int copy_fn(void *ctx, const struct copy *copy);
/* Other items with this item's bytes, at most `limit`, in the order of their numbers. */
int copies_each(struct sanad_case *kase, int64_t item, int64_t limit, copy_fn *fn, void *ctx,
                struct err *err);

struct custody_entry {
    int64_t id, at;
    const char *event, *detail;
    const void *chain; /* HASH_BYTES (crypt/seal.h) */
};
typedef int custody_fn(void *ctx, const struct custody_entry *entry);
/* Entries about an item: its intake's, and those whose detail begins with "item N,". */
int custody_of_item(struct sanad_case *kase, int64_t item, int64_t limit, custody_fn *fn, void *ctx,
                    struct err *err);

#endif
