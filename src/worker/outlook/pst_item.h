/*
 * libpff's items as property lists. The only files that see libpff are pst*.c.
 */
#ifndef WORKER_PST_ITEM_H
#define WORKER_PST_ITEM_H

#include <libpff.h>

#include "worker/outlook/mapi.h"

/* Reads a message; the item goes to the message, which frees it. False when nothing of it can be
 * read: the item is freed then too. */
bool pst_message_load(struct mapi_message *message, libpff_item_t *item);

/* Adds the properties of one record of an item: a message has one, a table of recipients one a row.
 * False when the record cannot be read. */
bool pst_props_load(struct mapi_props *props, libpff_item_t *item, int record);

/* Frees an item, which may be NULL. */
void pst_item_free(libpff_item_t *item);

/* For CLEANUP(). */
void cleanup_pst_item(libpff_item_t **item);

#endif
