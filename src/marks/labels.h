/*
 * Labels: the names that people give to tags, to colours ("yellow: Iranian officers") and to work
 * lists. A kind has each name once, as the search folds it, so that ی and ي, or "Oil" and "oil",
 * are one. A label that is removed takes its marks out of sight, and restoring it brings them back.
 */
#ifndef MARKS_LABELS_H
#define MARKS_LABELS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/case.h"

/* What a mark is. Stored: numbers are never used for another. */
enum marks_kind {
    MARKS_ANY,
    MARKS_TAG,
    MARKS_STAR,
    MARKS_NOTE,
    MARKS_HIGHLIGHT,
    MARKS_LIST,
    MARKS_TRANSLATION,
};

/* "tag", "star", "note", "highlight", "list", "translation"; "" for others. */
const char *marks_kind_word(enum marks_kind kind);
/* MARKS_ANY for a word that is none. */
enum marks_kind marks_kind_read(const char *word);
/* Whether marks of a kind have a label: tags, highlights, lists. */
bool marks_kind_has_label(enum marks_kind kind);

enum {
    LABEL_NAME_MAX = 200, /* bytes */
    LABELS_MAX = 2000,    /* that stand in a case */
};

/* Colours have names of their own, which every theme draws as it must: "red", "orange", "yellow",
 * "green", "teal", "blue", "violet", "grey". */
bool label_colour_is(const char *colour);

/* Strings are borrowed during the call that gets it. */
struct label {
    int64_t id;
    enum marks_kind kind;
    const char *name, *colour, *who;
    int64_t at;
    int64_t marks; /* that stand */
    int64_t open;  /* of a list: not worked off */
    bool removed;
};
typedef int label_fn(void *ctx, const struct label *label);

/* Those that stand by kind and name; with `id` that one, also when it is removed (ERR_NOT_FOUND).
 */
int labels_each(struct sanad_case *kase, int64_t id, label_fn *fn, void *ctx, struct err *err);

/* What follows is for the writer, inside a transaction; each is a row of the custody log. */

/* The label of this kind and name, made if there is none. `colour` "" takes one. ERR_USAGE without
 * a word in the name, ERR_LIMIT. */
int label_add(struct sanad_case *kase, enum marks_kind kind, const char *name, const char *colour,
              const char *who, int64_t *ret_id, struct err *err);
/* Another name or colour; "" leaves what is there. ERR_USAGE when another has the name. */
int label_change(struct sanad_case *kase, int64_t id, const char *name, const char *colour,
                 struct err *err);
/* ERR_USAGE while marks use it, unless they go with it. */
enum label_marks { LABEL_UNUSED, LABEL_WITH_MARKS };
int label_remove(struct sanad_case *kase, int64_t id, enum label_marks with, const char *who,
                 struct err *err);
/* ERR_USAGE when another has its name by now. */
int label_restore(struct sanad_case *kase, int64_t id, struct err *err);

#endif
