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

struct sanad_case *store_open(enum case_mode mode)
{
    struct sanad_case *kase = NULL;
    struct err err = {0};
    CLEANUP(cleanup_passphrase) struct passphrase *passphrase = store_passphrase("open sesame");

    if (case_open(store_case_path, passphrase, mode, &kase, &err))
        fail_msg("%s", err.message);
    return kase;
}

int store_set_up(void **state)
{
    struct err err = {0};
    CLEANUP(cleanup_passphrase) struct passphrase *passphrase = NULL;

    (void)state;
    if (crypt_start(&err))
        return -1;
    snprintf(store_folder, sizeof(store_folder), "/tmp/sanad-store.XXXXXX");
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
