#include "store/db_memory.h"

#include <malloc.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "crypt/seal.h"

/* One locked region in slots: a connection needs some four of them for its cipher's state. What
 * does not fit, which would need hundreds of connections, is refused: SQLite then says out of
 * memory. */
enum { SLOT = 2048, SLOTS = 512 };

struct region {
    unsigned char *base;
    bool taken[SLOTS];
    pthread_mutex_t mutex;
};

/* SQLite's allocator is the process's, so this has to be too. */
static struct region region = {.mutex = PTHREAD_MUTEX_INITIALIZER};
static _Thread_local int secret;

static bool in_region(const void *p)
{
    return (uintptr_t)p >= (uintptr_t)region.base &&
           (uintptr_t)p < (uintptr_t)region.base + (size_t)SLOT * SLOTS;
}

static void *slot_take(void)
{
    void *slot = NULL;

    pthread_mutex_lock(&region.mutex);
    for (size_t i = 0; i < SLOTS && !slot; i++) {
        if (!region.taken[i]) {
            region.taken[i] = true;
            slot = region.base + i * SLOT;
        }
    }
    pthread_mutex_unlock(&region.mutex);
    return slot;
}

static void slot_give(void *p)
{
    bytes_wipe(p, SLOT);
    pthread_mutex_lock(&region.mutex);
    region.taken[((uintptr_t)p - (uintptr_t)region.base) / SLOT] = false;
    pthread_mutex_unlock(&region.mutex);
}

static void *memory_malloc(int size)
{
    /* A buffer larger than a slot is a page of the database, not a key. */
    return secret && size <= SLOT ? slot_take() : malloc((size_t)size);
}

static void memory_free(void *p)
{
    if (in_region(p))
        slot_give(p);
    else
        free(p);
}

static int memory_size(void *p)
{
    return p ? in_region(p) ? SLOT : (int)malloc_usable_size(p) : 0;
}

static void *memory_realloc(void *p, int size)
{
    if (!in_region(p))
        return realloc(p, (size_t)size);
    if (size <= SLOT)
        return p;
    void *larger = malloc((size_t)size);
    if (larger) {
        memcpy(larger, p, SLOT);
        slot_give(p);
    }
    return larger;
}

static int memory_roundup(int size)
{
    return (size + 7) & ~7;
}

static int memory_init(void *unused)
{
    (void)unused;
    return SQLITE_OK;
}

static void memory_shutdown(void *unused)
{
    (void)unused;
}

static void start(void)
{
    static const sqlite3_mem_methods methods = {
        memory_malloc,  memory_free, memory_realloc,  memory_size,
        memory_roundup, memory_init, memory_shutdown, NULL};

    region.base = locked_alloc((size_t)SLOT * SLOTS);
    (void)sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
}

void db_memory_start(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, start);
}

void db_memory_secret_begin(void)
{
    secret++;
}

void db_memory_secret_end(void)
{
    secret--;
}
