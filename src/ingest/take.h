/*
 * Taking files in: what the walk finds is hashed and sealed before anything reads it, and gets its
 * row in the ledger.
 */
#ifndef INGEST_TAKE_H
#define INGEST_TAKE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "ingest/derive.h"
#include "ingest/walk.h"
#include "store/item.h"

enum taken {
    TAKEN_NEW,       /* a row was added, or one that could not be read has got its bytes */
    TAKEN_UNCHANGED, /* path, size and time are those of an item that is there */
    TAKEN_SETTLED,   /* a folder's row: it could not be listed, and now can be */
};

/* Takes one entry in; needs the running transaction. ret_item is set for TAKEN_NEW. What cannot be
 * read is an item too, with its reason; it keeps its row when it can be read later, as long as it
 * is the same file by path, size and time. A folder that can be listed has no row. An error means
 * that the case itself cannot be written. */
int take(struct derive *derive, struct sanad_case *kase, int64_t intake,
         const struct walk_entry *entry, enum taken *ret_taken, int64_t *ret_item, struct err *err);

/* The last step of a path. */
const char *path_name(const char *path);

#endif
