/*
 * The sums of the ledger: how many items ended how, and what a person can do next.
 */
#ifndef CMD_SUMS_H
#define CMD_SUMS_H

#include "base/err.h"
#include "fmt/json.h"
#include "store/item.h"

/* For people: every outcome, its reasons, and what these mean. */
int sums_print(struct sanad_case *kase, struct err *err);

/* For programs: members of an open object. */
void sums_put(struct json_writer *json, const struct ledger_sums *sums);

/* What to do with the case at `path` now that files were read; nothing for an empty one. */
int next_print(struct sanad_case *kase, const char *path, struct err *err);

#endif
