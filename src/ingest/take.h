/*
 * Taking files in: what the walk finds is hashed and sealed before anything reads it, and gets its
 * row in the ledger.
 */
#ifndef INGEST_TAKE_H
#define INGEST_TAKE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "ingest/walk.h"
#include "store/item.h"

enum taken {
    TAKEN_NEW,       /* a row was added */
    TAKEN_UNCHANGED, /* path, size and time are those of an item that is there */
};

/* Takes one entry in; needs the running transaction. ret_item is set for TAKEN_NEW. What cannot be
 * read is an item too, with its reason. An error means that the case itself cannot be written. */
int take_file(struct sanad_case *kase, int64_t intake, const struct walk_entry *entry,
              enum taken *ret_taken, int64_t *ret_item, struct err *err);

/* The last step of a path. */
const char *path_name(const char *path);

#endif
