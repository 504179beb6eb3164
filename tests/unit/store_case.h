/*
 * A real, empty case in a folder that goes when the test program ends.
 */
#ifndef TESTS_STORE_CASE_H
#define TESTS_STORE_CASE_H

#include "crypt/keys.h"
#include "store/case.h"
#include "store/deriver.h"

extern char store_folder[64];     /* where other cases may be made, too */
extern char store_case_path[128]; /* of the case */

/* For cmocka's groups. */
int store_set_up(void **state);
int store_tear_down(void **state);
/* The same with the case open for writing, as *state. */
int store_set_up_open(void **state);
int store_tear_down_open(void **state);

struct passphrase *store_passphrase(const char *text);

/* Fails the test with the error's words. */
void must(int rc, const struct err *err);

/* Opens the case; fails the test if it cannot. */
struct sanad_case *store_open(enum case_mode mode);

/* Begins a transaction and makes a deriver's tables in it, in a case in which nothing was read.
 * Rolled back, the case is as before: opening another takes long on purpose. */
void store_begin(struct sanad_case *kase, const struct deriver *deriver);

#endif
