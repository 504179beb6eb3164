#include "web/parcel.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

void parcels_init(struct parcels *parcels)
{
    *parcels = (struct parcels){0};
    pthread_mutex_init(&parcels->lock, NULL);
}

void parcels_release(struct parcels *parcels)
{
    for (size_t i = 0; i < PARCELS_MAX; i++)
        order_free(parcels->waiting[i]);
    pthread_mutex_destroy(&parcels->lock);
}

struct originals_order *order_dup(const struct originals_order *order)
{
    struct originals_order *copy = mem_alloc(sizeof *copy);
    int64_t *items = mem_alloc((order->count + 1) * sizeof *items);

    memcpy(items, order->items, order->count * sizeof *items);
    *copy = *order;
    copy->items = items;
    copy->query = mem_strdup(order->query);
    copy->who = mem_strdup(order->who);
    copy->why = mem_strdup(order->why);
    return copy;
}

void order_free(struct originals_order *order)
{
    if (order == NULL)
        return;
    free((int64_t *)order->items);
    free((char *)order->query);
    free((char *)order->who);
    free((char *)order->why);
    free(order);
}

int64_t parcel_put(struct parcels *parcels, struct originals_order *order)
{
    pthread_mutex_lock(&parcels->lock);
    int64_t id = ++parcels->last;
    struct originals_order **place = &parcels->waiting[id % PARCELS_MAX];
    order_free(*place);
    *place = order;
    pthread_mutex_unlock(&parcels->lock);
    return id;
}

struct originals_order *parcel_take(struct parcels *parcels, int64_t id)
{
    struct originals_order *order = NULL;

    pthread_mutex_lock(&parcels->lock);
    if (id > parcels->last - PARCELS_MAX && id <= parcels->last) {
        order = parcels->waiting[id % PARCELS_MAX];
        parcels->waiting[id % PARCELS_MAX] = NULL;
    }
    pthread_mutex_unlock(&parcels->lock);
    return order;
}
