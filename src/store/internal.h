/*
 * What the files of store share and nobody else sees.
 */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include "store/case.h"
#include "store/db.h"

struct object_pool; /* what is costly to make and kept between objects */
struct seal;

struct sanad_case {
    char *path;
    int dirfd;
    int objects_dirfd;
    int lock_fd; /* -1 for readers */
    struct case_keys *keys;
    struct db *db;
    struct object_pool *pool;
};

enum db_mode { DB_READ, DB_WRITE, DB_CREATE };

/* Opens `path` with its pages encrypted under `key`. */
int db_open(const char *path, const unsigned char key[KEY_BYTES], enum db_mode mode,
            struct db **ret_db, struct err *err);
void db_close(struct db *db);
/* The first 16 bytes of the database file, a salt that the page encryption leaves readable: they
 * are derived from the key, so that a change there is found too. */
void db_salt(const unsigned char key[KEY_BYTES], unsigned char out[16]);
/* Every page authenticated and every tree walked; calls `found` for each fault. */
typedef void db_fault_fn(void *ctx, const char *fault);
int db_check(struct db *db, db_fault_fn *found, void *ctx, struct err *err);

struct object_pool *object_pool_new(void);
void object_pool_free(struct object_pool *pool);
/* A seal to use, and its return, wiped. */
struct seal *object_pool_take_seal(struct object_pool *pool);
void object_pool_give_seal(struct object_pool *pool, struct seal *seal);
/* Removes what an interrupted writer left under objects/. */
void object_remove_leftovers(struct sanad_case *kase);
/* Flushes the file system that holds objects/. */
int object_sync(struct sanad_case *kase, struct err *err);

#endif
