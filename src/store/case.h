/*
 * A case: a folder with keys, case.db, objects/ and lock (docs/FORMAT.md).
 */
#ifndef STORE_CASE_H
#define STORE_CASE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"
#include "crypt/keys.h"
#include "store/db.h"

struct sanad_case; /* opaque */

enum case_mode {
    CASE_READ,  /* any number at a time, beside one writer */
    CASE_WRITE, /* one at a time, for documents: ERR_LOCKED names the other */
    CASE_TURN,  /* for a moment, also while another has it for documents and lends it: what people
                   decide. ERR_LOCKED when nobody lends it within some seconds */
};

/* Makes the folder `path`, its first key slot and an empty database. ERR_EXISTS when the path is
 * taken. */
int case_init(const char *path, const struct passphrase *passphrase, struct err *err);

/* Opens the case. ERR_PASSPHRASE, ERR_NOT_FOUND, ERR_LOCKED, ERR_CORRUPT, ERR_UNSUPPORTED (made by
 * a newer sanad). The case key stays in locked memory until case_close. */
int case_open(const char *path, const struct passphrase *passphrase, enum case_mode mode,
              struct sanad_case **ret_case, struct err *err);

/* A second connection to the same case for another thread, read-only, sharing the keys. */
int case_open_reader(const struct sanad_case *first, struct sanad_case **ret_case, struct err *err);

/* A connection that writes, CASE_WRITE or CASE_TURN, sharing the keys. Those of one process exclude
 * each other as those of several do. */
int case_open_writer(const struct sanad_case *first, enum case_mode mode,
                     struct sanad_case **ret_case, struct err *err);

/* For who has it for documents: whether another asks for a turn; gives it to those who ask. Between
 * two transactions only: what was read before must be asked for again. ERR_LOCKED when it does not
 * come back. */
bool case_is_asked(const struct sanad_case *kase);
int case_lend(struct sanad_case *kase, struct err *err);

/* Whether somebody has it for documents; ret_pid is the process, 0 when it is this one. */
bool case_is_written(const struct sanad_case *kase, pid_t *ret_pid);

/* Closes the database, wipes the keys, releases the lock; accepts NULL. */
void case_close(struct sanad_case *kase);
void cleanup_case(struct sanad_case *const *kase);

struct db *case_db(struct sanad_case *kase);
const struct case_keys *case_keys(const struct sanad_case *kase);
int case_dirfd(const struct sanad_case *kase);
/* The folder as the user named it, for messages. */
const char *case_path(const struct sanad_case *kase);

/* Makes everything written so far durable: objects first, then the transaction. */
int case_commit(struct sanad_case *kase, struct err *err);

#endif
