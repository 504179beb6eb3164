/*
 * Searches that people keep with a name, and what is new in them since they were last opened: with
 * each stand the documents that it found then. And the history: what a person asked, which nobody
 * else is shown and which that person can clear. All of it lies inside the encrypted case.
 */
#ifndef SEARCH_SAVED_H
#define SEARCH_SAVED_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/case.h"

enum {
    SAVED_NAME_MAX = 200,      /* bytes of a name */
    SAVED_VIEW_MAX = 12 << 10, /* of how the reading room shows it */
    SAVED_MAX = 500,           /* searches in a case */
    SAVED_ITEMS_MAX = 1 << 20, /* documents of one */
    ASKED_MAX = 500,           /* entries of a person's history: the oldest go */
};

/* Strings are borrowed during the call that gets it. */
struct saved_search {
    int64_t id;
    const char *who, *name;
    const char *view;  /* how the reading room shows it; opaque here */
    const char *query; /* docs/SEARCH.md */
    int64_t made, opened;
};

/* Documents, ascending. */
struct saved_items {
    int64_t *list;
    size_t count;
};
void cleanup_saved_items(struct saved_items *items);

/* Writers only, inside a transaction. ERR_LIMIT when there are too many searches, or documents in
 * one; ERR_USAGE without a name. */
int saved_add(struct sanad_case *kase, const struct saved_search *search,
              const struct saved_items *found, int64_t *ret_id, struct err *err);
/* It was opened, and found these: what was found before stays known until the next time. */
int saved_open(struct sanad_case *kase, int64_t id, const struct saved_items *found,
               struct err *err);
int saved_remove(struct sanad_case *kase, int64_t id, struct err *err);

typedef int saved_fn(void *ctx, const struct saved_search *search);
/* All by name, or with `id` that one (ERR_NOT_FOUND). */
int saved_each(struct sanad_case *kase, int64_t id, saved_fn *fn, void *ctx, struct err *err);

/* What it had found at its last opening, or at the one before. */
enum saved_when { SAVED_LAST, SAVED_BEFORE };
int saved_found(struct sanad_case *kase, int64_t id, enum saved_when when,
                struct saved_items *ret_items, struct err *err);

/* How many of `now` are not among `then`. */
int64_t saved_new(const struct saved_items *now, const struct saved_items *then);

/* ---- history ---- */

struct asked_search {
    int64_t id, at, documents;
    const char *view;
};

/* Adds to the person's history, or moves the same search to its end. */
int asked_add(struct sanad_case *kase, const char *who, const char *view, int64_t documents,
              struct err *err);
int asked_clear(struct sanad_case *kase, const char *who, struct err *err);
typedef int asked_fn(void *ctx, const struct asked_search *asked);
/* The person's, the latest first. */
int asked_each(struct sanad_case *kase, const char *who, asked_fn *fn, void *ctx, struct err *err);

#endif
