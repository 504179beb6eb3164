/*
 * Checking a case: every page of the database, every object, every row and every sum.
 */
#ifndef STORE_CHECK_H
#define STORE_CHECK_H

#include <stdint.h>

#include "base/err.h"
#include "store/case.h"

struct check_report {
    int64_t objects, object_bytes, items, pages, custody_rows;
    int64_t faults;  /* what is wrong: damaged, missing, unequal */
    int64_t unused;  /* objects no row speaks of: an add that was interrupted left them */
    int64_t waiting; /* items still to be read */
};

/* Calls for each fault, in words; and with the share of objects verified. Either may be NULL. */
struct check_listener {
    void (*fault)(void *ctx, const char *text);
    void (*progress)(void *ctx, int64_t done, int64_t total);
    void *ctx;
};

/* What can be seen before the case is opened: the folder's files and the write-ahead log, from
 * which opening would already drop what is damaged. Counts faults into the report. */
int check_files(const char *path, struct check_report *report,
                const struct check_listener *listener, struct err *err);

/* The opened case. ERR_INTERRUPTED when *stop becomes non-zero. */
int check_case(struct sanad_case *kase, struct check_report *report,
               const struct check_listener *listener, const volatile int *stop, struct err *err);

#endif
