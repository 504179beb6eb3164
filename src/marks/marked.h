/*
 * Which documents are marked, for filters, facets and lists of results. A document counts as marked
 * when one with the same content is.
 */
#ifndef MARKS_MARKED_H
#define MARKS_MARKED_H

#include <stdint.h>

#include "base/err.h"
#include "marks/marks.h"

struct marked_wish {
    enum marks_kind kind;
    const char *label; /* its name in any spelling that folds alike; NULL: any */
    const char *who;   /* NULL: anybody */
    const char *words; /* as in marks_filter */
};
/* Gives each item once, ascending. */
int marked_items(struct db *db, const struct marked_wish *wish, mark_item_fn *fn, void *ctx,
                 struct err *err);

/* Each tag with each item that has it, once, by tag. */
typedef int marked_tag_fn(void *ctx, const char *tag, int64_t item);
int marked_tags(struct db *db, marked_tag_fn *fn, void *ctx, struct err *err);

/* In brief what stands on an item: each kind and label once, by kind and label. */
struct mark_brief {
    enum marks_kind kind;
    int64_t label;
    const char *name, *colour; /* of the label, or "" */
    int64_t count;
};
typedef int mark_brief_fn(void *ctx, const struct mark_brief *brief);
int marked_brief(struct db *db, int64_t item, mark_brief_fn *fn, void *ctx, struct err *err);

#endif
