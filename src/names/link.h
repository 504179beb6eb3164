/*
 * Names of a case that may be one another's spelling, found by their keys (keys.h) in the database.
 * A query looks at LINK_KEYS_MAX lists and scores LINK_SCORED_MAX names, however many there are.
 */
#ifndef NAMES_LINK_H
#define NAMES_LINK_H

#include "names/tables.h"
#include "names/tie.h"

enum { LINK_KEYS_MAX = 48, LINK_LIST_MAX = 200, LINK_SCORED_MAX = 24, LOOKUP_SCORED_MAX = 120 };

struct linker;

struct linker *linker_new(const struct names_model *model, struct db *db);
void linker_free(struct linker *linker);

/* Writes the keys of a name. */
int link_keys(struct linker *linker, int64_t name, enum mention_kind kind, const char *text,
              struct err *err);
/* The text of a name by its number, or NULL when there is none. */
typedef const char *link_text_fn(void *ctx, int64_t name);
/* Finds with which of all names that have keys a new one is to be compared. Two names that were
 * compared a while ago are not compared again the other way round. The texts stay until
 * link_waiting: some thousand pairs are compared at a time. */
int link_name(struct linker *linker, int64_t name, enum mention_kind kind, link_text_fn *text,
              void *ctx, struct err *err);
/* Compares what waits, and writes the ties. */
int link_waiting(struct linker *linker, struct err *err);

/* A name that a text may mean. */
struct looked_up {
    int64_t name;
    int64_t entity;
    int probability; /* thousandths, as of a name sought in a list */
};
/* The likeliest names of all kinds, the best first; returns their number or an error. */
int link_lookup(struct linker *linker, const char *text, struct looked_up *ret_found, int max,
                struct err *err);

#endif
