/*
 * Density: how many documents lie where in time, as a whole and for a part of them.
 *
 * A document with text is in one of four places: on a part of a scale, when all the days it may be
 * of are of that part; on a stretch of several parts, when its date is not that exact; beyond the
 * scale; or undated. Nothing is counted twice, so the four add up to the documents.
 */
#ifndef EVENTS_DENSITY_H
#define EVENTS_DENSITY_H

#include "base/err.h"
#include "events/scale.h"
#include "store/case.h"

/* A document and its own days; `dated` false: it has none. */
struct document_days {
    int64_t item;
    int32_t earliest, latest;
    bool dated;
};

/* The documents with text, in the order of their items. */
struct documents_days {
    struct document_days *rows;
    size_t count;
    int64_t undated;
    int32_t first, last; /* of all days; nothing when all are undated */
};

int documents_days_load(struct sanad_case *kase, struct documents_days *ret_days, struct err *err);
void documents_days_release(struct documents_days *days);

/* Some of the documents: items in ascending order, each once. NULL means all. */
struct item_set {
    int64_t *items;
    size_t count;
};
void item_set_release(struct item_set *set);
void item_set_add(struct item_set *set, int64_t item);
bool item_set_has(const struct item_set *set, int64_t item);

/* Documents whose date is a stretch of several parts. */
struct density_stretch {
    int32_t first, last;
    int64_t documents;
};

struct density {
    int64_t *parts;                    /* documents of each part of the scale */
    struct density_stretch *stretches; /* by first and last day, each pair once */
    size_t stretch_count;
    int64_t documents, undated; /* of the set */
    int64_t on_parts, on_stretches, beyond;
};

void density_count(const struct documents_days *days, const struct scale *scale,
                   const struct item_set *set, struct density *ret_density);
void density_release(struct density *density);

/* The documents that may be of a day from `first` to `last`: first those whose days all are, both
 * in the order of their days. */
struct density_list {
    struct document_days *rows;
    size_t count, inside; /* of all; whose days all are */
};
void density_documents(const struct documents_days *days, int32_t first, int32_t last,
                       const struct item_set *set, struct density_list *ret_list);
/* Those without a date. */
void density_undated(const struct documents_days *days, const struct item_set *set,
                     struct density_list *ret_list);
void density_list_release(struct density_list *list);

/* The folders with the most documents, at most `max`; of a document in a container the folder of
 * the outermost file. */
struct density_folder {
    char *path;
    struct item_set set;
};
int density_folders(struct sanad_case *kase, size_t max, struct density_folder *ret_folders,
                    size_t *ret_count, struct err *err);
/* Such folders whose path has these letters (of ASCII in either case), the most documents first, at
 * most `max`. */
typedef int density_folder_fn(void *ctx, const char *path, int64_t documents);
int density_folders_like(struct sanad_case *kase, const char *letters, size_t max,
                         density_folder_fn *fn, void *ctx, struct err *err);
/* The documents of one folder, in itself. */
int density_folder(struct sanad_case *kase, const char *path, struct item_set *ret_set,
                   struct err *err);
void density_folders_release(struct density_folder *folders, size_t count);

#endif
