#include "store_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

char store_folder[64];
char store_case_path[128];

struct passphrase *store_passphrase(const char *text)
{
    return passphrase_new(text, strlen(text));
}

void must(int rc, const struct err *err)
{
    if (rc < 0)
        fail_msg("%s", err->message);
}

struct sanad_case *store_open(enum case_mode mode)
{
    struct sanad_case *kase = NULL;
    struct err err = {0};
    CLEANUP(cleanup_passphrase) struct passphrase *passphrase = store_passphrase("open sesame");

    must(case_open(store_case_path, passphrase, mode, &kase, &err), &err);
    return kase;
}

void store_begin(struct sanad_case *kase, const struct deriver *deriver)
{
    const struct deriver *const list[] = {deriver, NULL};
    const struct deriver *stale[DERIVERS_MAX + 1];
    struct err err = {0};

    must(db_begin(case_db(kase), &err), &err);
    must(derivers_prepare(kase, list, stale, &err), &err);
    assert_null(stale[0]); /* nothing was read yet */
}

int store_set_up(void **state)
{
    struct err err = {0};
    CLEANUP(cleanup_passphrase) struct passphrase *passphrase = NULL;
    const char *tmp = getenv("TMPDIR");

    (void)state;
    if (crypt_start(&err))
        return -1;
    snprintf(store_folder, sizeof(store_folder), "%.32s/sanad-store.XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(store_folder))
        return -1;
    snprintf(store_case_path, sizeof(store_case_path), "%s/c.sanad", store_folder);
    passphrase = store_passphrase("open sesame");
    return case_init(store_case_path, passphrase, &err);
}

int store_tear_down(void **state)
{
    char command[160];

    (void)state;
    snprintf(command, sizeof(command), "rm -rf '%s'", store_folder);
    return system(command);
}

int store_set_up_open(void **state)
{
    int rc = store_set_up(NULL);

    if (!rc)
        *state = store_open(CASE_WRITE);
    return rc;
}

int store_tear_down_open(void **state)
{
    case_close(*state);
    return store_tear_down(NULL);
}
