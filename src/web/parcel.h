/*
 * Originals that were asked for and recorded, and wait for the browser to fetch them: it asks for
 * them by an address that says nothing but a number, so that they go to a file without passing
 * through the page's memory. Each is given once.
 */
#ifndef WEB_PARCEL_H
#define WEB_PARCEL_H

#include <pthread.h>

#include "export/originals.h"

enum { PARCELS_MAX = 8 }; /* that wait; of more the oldest is forgotten */

struct parcels {
    pthread_mutex_t lock;
    int64_t last;                                 /* number given */
    struct originals_order *waiting[PARCELS_MAX]; /* by number, in a ring; NULL: fetched */
};

void parcels_init(struct parcels *parcels);
void parcels_release(struct parcels *parcels);

/* An order whose texts and items are its own. */
struct originals_order *order_dup(const struct originals_order *order);
void order_free(struct originals_order *order); /* accepts NULL */

/* Keeps the order, which is theirs from now on; returns its number. */
int64_t parcel_put(struct parcels *parcels, struct originals_order *order);
/* Hands it over: the caller frees it. NULL: there is none of that number any more. */
struct originals_order *parcel_take(struct parcels *parcels, int64_t id);

#endif
