/*
 * What every name of a case means: its entity, and in some documents another, where a surname alone
 * is understood by the full name. For walks over all mentions. Private to names.
 */
#ifndef NAMES_MEANING_H
#define NAMES_MEANING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

struct name_meaning; /* opaque */
struct local_meaning;

struct meanings {
    struct name_meaning *names;
    size_t name_count;
    struct local_meaning *locals; /* by name and item */
    size_t local_count;
};

/* 16 bytes a name. Starts as zeros; release it whatever this returns. */
int meanings_load(struct meanings *meanings, struct db *db, struct err *err);
void meanings_release(struct meanings *meanings);

/* The entity that a name means in a document; 0 for none. */
uint32_t meaning_in(const struct meanings *meanings, int64_t name, int64_t item);

#endif
