/*
 * Marks: what people add to the documents of a case. Tags, stars, notes, highlights in colours with
 * names, entries of work lists, and translations. The words are those of the W3C's Web Annotation
 * Data Model: a mark has a target, which is a document, a page or a part of one, and a body.
 *
 * Marks are permanent: `sanad rebuild` and `sanad retry` leave them. A row is never taken away:
 * removing is a note of when and by whom, and texts that were changed stay as revisions.
 *
 * A mark stays with its item and is shown on every item with the same content.
 */
#ifndef MARKS_MARKS_H
#define MARKS_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "marks/labels.h"
#include "store/case.h"
#include "store/page.h"

enum {
    MARK_REGIONS_MAX = 64,
    MARK_REGION_UNIT = 10000,  /* the page's width, or its height */
    MARK_QUOTE_MAX = 64 << 10, /* bytes */
    MARK_NOTE_MAX = 64 << 10,  /* bytes of a note */
    MARK_TRANSLATION_MAX = 256 << 10,
    MARK_LANG_MAX = 35,       /* bytes of a language tag (RFC 5646) */
    MARK_CONTEXT_CHARS = 32,  /* kept before and behind a quote */
    MARKS_MANY_MAX = 10000,   /* documents that are marked at once */
    MARKS_OF_ITEM_MAX = 5000, /* that stand on one item */
};

/* In parts of MARK_REGION_UNIT of the page as it is shown; x0 < x1, y0 < y1. */
struct mark_region {
    uint16_t x0, y0, x1, y1;
};

struct mark_target {
    int64_t item;
    uint32_t page; /* 0: the document */
    struct mark_region regions[MARK_REGIONS_MAX];
    size_t region_count;
    const char *quote;   /* the words that are meant, or "" */
    uint32_t start, end; /* bytes in the page's text; both 0: it is not known where */
};

/* ---- writing: inside the writer's transaction; each call is a row of the custody log ---- */

struct mark_wish {
    enum marks_kind kind;
    struct mark_target target;
    int64_t label;          /* for kinds with labels: it, or 0 and */
    const char *label_name; /* its name: made when there is none, */
    const char *colour;     /* in this colour, or "" */
    const char *text;       /* of notes and translations */
    const char *lang;       /* of the text, or "" */
    const char *who;
};

/* A tag and a list entry stand once on a target, a star once for each person: ret_id is then the
 * one that is there. With a range, the quote is what stands there; one that is given and has other
 * words is ERR_USAGE: the text was read anew. ERR_NOT_FOUND for item, page and label; ERR_USAGE,
 * ERR_LIMIT. */
int mark_add(struct sanad_case *kase, const struct mark_wish *wish, int64_t *ret_id,
             struct err *err);

/* Puts the same tag, star or list entry on documents, or takes it off those that have it: then the
 * label is a number. Gives the items for which that changed something. One row of the custody log.
 */
enum marks_many { MARKS_PUT, MARKS_TAKE_OFF };
typedef int mark_item_fn(void *ctx, int64_t item);
int marks_many(struct sanad_case *kase, enum marks_many how, const struct mark_wish *wish,
               const int64_t *items, size_t count, mark_item_fn *fn, void *ctx, int64_t *ret_label,
               struct err *err);

enum mark_step { MARK_LEAVE, MARK_YES, MARK_NO };
struct mark_change {
    const char *text;    /* NULL: stays. Another text is a new revision and takes the check off */
    const char *lang;    /* NULL: stays */
    enum mark_step done; /* of a list entry */
    enum mark_step checked; /* of a translation */
    int64_t label;          /* of a highlight; 0: stays */
};
int mark_change(struct sanad_case *kase, int64_t id, const struct mark_change *change,
                const char *who, struct err *err);

int mark_remove(struct sanad_case *kase, int64_t id, const char *who, struct err *err);
/* ERR_USAGE when the same stands there again, or its label is removed. */
int mark_restore(struct sanad_case *kase, int64_t id, struct err *err);

/* ---- reading; in a case without marks there are none ---- */

/* Strings are borrowed during the call that gets it. */
struct annotation {
    int64_t id;
    enum marks_kind kind;
    struct mark_target target;
    const struct page *shown; /* whose text the range is of; NULL unless it is known where */
    struct {
        int64_t id; /* 0: none */
        const char *name, *colour;
    } label;
    const char *text, *lang;
    int64_t revisions; /* of the text */
    int64_t edited_at; /* 0: never */
    bool done;
    const char *done_by, *checked_by;
    int64_t done_at, checked_at; /* 0: not */
    const char *who;
    int64_t at;
    bool removed;             /* or its label is */
    const char *path, *title; /* of the item */
};
typedef int annotation_fn(void *ctx, const struct annotation *mark);

/* All on an item and on those with the same content, in the order of pages, with the range of each
 * quote in the text as it is now. */
int marks_on_item(struct sanad_case *kase, int64_t item, annotation_fn *fn, void *ctx,
                  struct err *err);
/* One, also when it is removed (ERR_NOT_FOUND). */
int mark_one(struct sanad_case *kase, int64_t id, annotation_fn *fn, void *ctx, struct err *err);

enum marks_order { MARKS_NEWEST, MARKS_OLDEST, MARKS_BY_PLACE };
enum { MARKS_WORDS_MAX = 8 };
struct marks_filter {
    enum marks_kind kind;
    int64_t label;          /* its number, 0: any; or */
    const char *label_name; /* a name that folds like its own; NULL: any */
    const char *who;        /* NULL: anybody */
    enum mark_step done;    /* of list entries: MARK_NO the open ones, MARK_YES those worked off */
    const char *words;      /* all of them begin words of text, quote or label; NULL: any */
    enum marks_order order;
    int64_t offset, limit; /* 0: no limit */
};
/* Those that stand. The range is that of the text as it was; `shown` is NULL. */
int marks_each(struct sanad_case *kase, const struct marks_filter *filter, annotation_fn *fn,
               void *ctx, struct err *err);
int marks_count(struct sanad_case *kase, const struct marks_filter *filter, int64_t *ret_count,
                struct err *err);

/* How many marks that stand are of each kind and person. */
struct mark_sum {
    enum marks_kind kind;
    const char *who;
    int64_t marks;
};
typedef int mark_sum_fn(void *ctx, const struct mark_sum *sum);
int marks_sums(struct sanad_case *kase, mark_sum_fn *fn, void *ctx, struct err *err);

/* Texts of a mark, the latest first. */
struct mark_revision {
    int64_t revision, at;
    const char *text, *lang, *who;
};
typedef int mark_revision_fn(void *ctx, const struct mark_revision *revision);
int mark_revisions(struct sanad_case *kase, int64_t id, mark_revision_fn *fn, void *ctx,
                   struct err *err);

#endif
