/*
 * Items: everything that was received, and every child found inside one. An item's row is
 * permanent; what was read from it (its `reading`) is derived and recomputed by `sanad rebuild`.
 * The two together are a row of the ledger.
 */
#ifndef STORE_ITEM_H
#define STORE_ITEM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/case.h"
#include "store/object.h"
#include "wire/frame.h"

enum item_kind {
    ITEM_FILE = 0,
    ITEM_SYMLINK = 1,
    ITEM_SPECIAL = 2,    /* device, pipe, socket */
    ITEM_UNREADABLE = 3, /* its bytes could not be read */
};

/* As received. Strings are UTF-8; bytes of a file name that are not stand as \xNN with
 * `name_escaped` set, and `raw_path` keeps them. */
struct item {
    int64_t id;
    int64_t parent;   /* 0 for what was given on the command line */
    int64_t intake;   /* the `sanad add` that took it in */
    uint32_t ordinal; /* from 1 among its parent's children; 0 without a parent */
    enum item_kind kind;
    const char *path;     /* as given; container steps joined by "!/" */
    const char *name;     /* last step of the path */
    const void *raw_path; /* NULL unless name_escaped */
    size_t raw_path_len;
    bool name_escaped;
    int64_t object; /* 0 when no bytes were received */
    uint64_t bytes;
    int64_t mtime_ns;      /* INT64_MIN unknown */
    uint32_t depth;        /* containers above it */
    const char *mime_hint; /* what its container says it is, or "" */
    int64_t root;          /* the outermost container; 0 for what was given */
};

/* A row of the ledger: item and reading. Strings are borrowed until the cursor moves. */
struct ledger_row {
    struct item item;
    const char *sha256; /* hex, or "" */
    enum outcome outcome;
    enum reason reason;
    const char *detail;
    const char *type; /* MIME */
    const char *lang; /* ISO 639-3, or "" */
    int64_t pages;    /* -1: the document has no pages */
    int64_t chars;    /* characters of text (Unicode scalar values), -1 unknown */
    int64_t children; /* children the reader announced; equals `children_rows` */
    int64_t children_rows;
    int64_t duplicate_of; /* 0 unless OUTCOME_DUPLICATE */
    const char *title;
    const char *
        date; /* ISO 8601, as exact as known: "2014", "2014-11-03", "2014-11-03T10:00:00Z", or "" */
    const char *from; /* mail */
    const char *to;
    const char *source; /* how it came: `sanad add --source` */
};

/* ---- writing ---- */

/* One `sanad add`: how it came, and the paths as given (a line each). Also a row of custody. */
int intake_add(struct sanad_case *kase, const char *source, const char *paths, int64_t *ret_id,
               struct err *err);

/* Inserts and sets item->id; it waits to be read. */
int item_add(struct sanad_case *kase, struct item *item, struct err *err);

/* The child that stands in the ledger with this parent, ordinal, name, kind and object: a container
 * that is read again finds its children. 0 when there is none. */
int64_t item_same_child(struct sanad_case *kase, const struct item *item);

struct reading {
    enum outcome outcome;
    enum reason reason;
    const char *detail, *type, *lang, *title, *date, *from, *to, *reader;
    int64_t pages, chars, children, duplicate_of;
};

/* The reading of something that gave neither text nor pages; the strings are borrowed. */
struct reading reading_bare(enum outcome outcome, enum reason reason, const char *detail,
                            const char *type);

/* The reading in a row; the strings are borrowed. The row does not have its reader. */
struct reading reading_of(const struct ledger_row *row);

/* Replaces the reading of `item`. */
int reading_put(struct sanad_case *kase, int64_t item, const struct reading *reading,
                struct err *err);

/* Other facts about an item (subject, author, message-id, ...): many values a key are fine. */
int item_meta_put(struct sanad_case *kase, int64_t item, const char *key, const char *value,
                  size_t value_len, struct err *err);

/* A child that its container could not give up when it was read before, with this parent, ordinal
 * and name: it keeps its number when its bytes come later. 0 when there is none. */
int64_t item_unfilled_child(struct sanad_case *kase, const struct item *item);
/* The other way: a child of this parent, ordinal and name whose bytes the container gave when it
 * was read before. 0 when there is none. */
int64_t item_received_child(struct sanad_case *kase, const struct item *item);
/* Gives the item item->id its kind, object, size and time. */
int item_fill(struct sanad_case *kase, const struct item *item, struct err *err);

/* The folder of a path: the bytes before the last "/" of the outermost file; "/" of one at the root
 * of a disk, nothing of one in no folder. */
size_t item_folder_len(const char *path);

/* The latest top-level item of a path; false if there is none. */
struct item_seen {
    int64_t id;
    enum item_kind kind;
    uint64_t bytes;
    int64_t mtime_ns; /* INT64_MIN unknown */
};
bool item_latest(struct sanad_case *kase, const char *path, struct item_seen *ret_seen);
/* The top-level item item->id, which was unreadable, could be read in item->intake: item_fill, and
 * a row of custody. It keeps its number and its first intake. */
int item_receive(struct sanad_case *kase, const struct item *item, struct err *err);

/* Removes everything derived from `item` (reading, meta, pages) and leaves it waiting. Rows of
 * other modules are theirs to remove (derivers). */
int reading_clear(struct sanad_case *kase, int64_t item, struct err *err);

/* Removes the children of `parent` with ordinals from `first` to `last` and all below them: what an
 * earlier, interrupted reading left and the container does not give any more. `before` is called
 * for each, so that others remove what they hold of it. Objects stay. Duplicates of what goes wait
 * to be read themselves; `before` is called for them too. */
typedef int item_drop_fn(void *ctx, int64_t item, struct err *err);
int item_drop_children(struct sanad_case *kase, int64_t parent, uint32_t first, uint32_t last,
                       item_drop_fn *before, void *ctx, struct err *err);

/* ---- reading ---- */

/* The item itself, its strings its own; ERR_NOT_FOUND. Free with item_release. */
int item_load(struct sanad_case *kase, int64_t id, struct item *ret_item, struct err *err);
void item_release(struct item *item);

/* First item with this object other than `not_item`, or 0: what a duplicate points to. One that
 * failed before anything read it is passed over: its copy may be readable where it is. */
int64_t item_first_with_object(struct sanad_case *kase, int64_t object, int64_t not_item);

/* The file beside an item (in its folder, or among its container's children at most SIBLINGS_APART
 * places away) that has this name; of several the latest. 0 when there is none. */
enum { SIBLINGS_APART = 1000 };
int64_t item_sibling(struct sanad_case *kase, const struct item *item, const char *name);

/* What was said of an item, in brief; false while it waits. */
struct reading_state {
    enum outcome outcome;
    enum reason reason;
    bool unread; /* no reader has seen it */
};
bool reading_peek(struct sanad_case *kase, int64_t item, struct reading_state *ret_state);

/* A top-level item of the same path, size and time that could be read: `add` need not look at the
 * file again. 0 if none. */
int64_t item_unchanged(struct sanad_case *kase, const char *path, uint64_t bytes, int64_t mtime_ns);

/* Walks the items whose reading ended so, ascending. Non-zero from `fn` stops and is returned. */
typedef int item_id_fn(void *ctx, int64_t item);
int readings_ended(struct db *db, enum outcome outcome, item_id_fn *fn, void *ctx, struct err *err);

/* How many rows an item has directly below it. */
int64_t item_child_count(struct sanad_case *kase, int64_t item);

/* Bytes of all that was found inside an outermost container. */
int64_t item_bytes_below(struct sanad_case *kase, int64_t root);

/* Up to `max` items that wait to be read, ids above `after`, ascending. Returns their number. One
 * with an id up to `known` is left out while its container waits: reading that again decides
 * whether the child stays. */
int item_waiting(struct sanad_case *kase, int64_t after, int64_t known, int64_t *ret_ids, int max,
                 struct err *err);

/* The highest id. */
int64_t item_last(struct sanad_case *kase);

int64_t item_waiting_count(struct sanad_case *kase);

/* Up to `max` items above `after` that wait and have something of a reading all the same: the rest
 * of one that was cut off. */
int item_half_read(struct sanad_case *kase, int64_t after, int64_t *ret_ids, int max,
                   struct err *err);

struct ledger_filter {
    int outcome;        /* enum outcome, or -1 for all */
    int reason;         /* enum reason, or -1 */
    int64_t parent;     /* -1 all, 0 top level, else children of it */
    int64_t item;       /* > 0: only this one */
    int64_t object;     /* > 0: only items with this content */
    int64_t after;      /* ids above this */
    const char *type;   /* only of this MIME type; NULL: of any */
    const char *folder; /* only what lies below this path; NULL: anywhere */
    const char *words;  /* each of these, with spaces between, stands in the path; NULL: any */
    bool differs;       /* only duplicates whose name or time is not that of the first */
    bool unequal;       /* only containers whose announced children are not all in the ledger */
    int64_t offset;     /* rows to leave out */
};
enum { LEDGER_WORDS_MAX = 8 };

/* Walks ledger rows in order of id. Non-zero from `row` stops and is returned. */
typedef int ledger_fn(void *ctx, const struct ledger_row *row);
int ledger_each(struct sanad_case *kase, const struct ledger_filter *filter, ledger_fn *row,
                void *ctx, struct err *err);

/* One row, during the call of `row`. ERR_NOT_FOUND. */
int ledger_one(struct sanad_case *kase, int64_t item, ledger_fn *row, void *ctx, struct err *err);

/* Walks the metadata of an item. */
typedef int item_meta_fn(void *ctx, const char *key, const char *value);
int item_meta_each(struct sanad_case *kase, int64_t item, item_meta_fn *fn, void *ctx,
                   struct err *err);

struct ledger_sums {
    int64_t items, bytes, objects, pages, chars;
    int64_t outcomes[OUTCOME_COUNT];
    int64_t reasons[OUTCOME_COUNT][REASON_COUNT];
    int64_t unequal_containers; /* announced children differ from rows; 0 in a sound case */
};
int ledger_sum(struct sanad_case *kase, struct ledger_sums *ret_sums, struct err *err);
/* The same of the rows that a filter leaves, but for `objects` and `unequal_containers`: 0. */
int ledger_sum_of(struct sanad_case *kase, const struct ledger_filter *filter,
                  struct ledger_sums *ret_sums, struct err *err);

#endif
