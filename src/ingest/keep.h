/*
 * What was read before an item is read again. A retry is made to gain text: with another language,
 * a password, a newer sanad. Where it gains none, the reading before it stays, and its row says so.
 *
 * Readings are compared by the words that one can rely on. Each word counts by its letters, digits
 * half as much (a model for another script reads letters as digits), and a word read by OCR by how
 * far its confidence is above 50 %. The higher sum wins; if they are equal, that of all words by
 * their confidence; and if these are too, the new reading only if nothing stood in its way any more
 * and something did before. Where there was no text before, the new reading always wins.
 */
#ifndef INGEST_KEEP_H
#define INGEST_KEEP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/item.h"

struct derive;

/* Of a run. */
struct keep {
    bool any;                   /* something is set aside */
    const char *langs;          /* with which it reads, joined by "+"; NULL for none */
    int64_t helped, not_helped; /* of the items read again for their own sake */
    int64_t stayed;             /* readings that were better than the new ones, of any item */
};

/* Sets aside what was read from an item that is to be read again; the reading stays where it is.
 * `wanted`: for its own sake, not only as the container of one. */
int keep_put(struct sanad_case *kase, int64_t item, bool wanted, struct err *err);

/* Compares the new reading of an item, whose pages are stored, with what is set aside of it, and
 * forgets that or puts it back in the place of the new one; then *ret_stays is true, and `reading`
 * is not to be stored. */
int keep_settle(struct derive *derive, struct sanad_case *kase, int64_t item,
                const struct reading *reading, bool *ret_stays, struct err *err);

/* Whether children that an earlier reading gave and this one did not stay in the ledger: when an
 * item is read again and did not come to its end this time. */
bool keep_children(struct derive *derive, struct sanad_case *kase, int64_t item,
                   enum outcome outcome, enum reason reason);

#endif
