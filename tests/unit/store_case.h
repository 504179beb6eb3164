/*
 * A real, empty case in a folder that goes when the test program ends.
 */
#ifndef TESTS_STORE_CASE_H
#define TESTS_STORE_CASE_H

#include "crypt/keys.h"
#include "store/case.h"

extern char store_folder[64];     /* where other cases may be made, too */
extern char store_case_path[128]; /* of the case */

/* For cmocka's groups. */
int store_set_up(void **state);
int store_tear_down(void **state);

struct passphrase *store_passphrase(const char *text);

/* Opens the case; fails the test if it cannot. */
struct sanad_case *store_open(enum case_mode mode);

#endif
