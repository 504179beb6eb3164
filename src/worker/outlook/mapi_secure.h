/*
 * Signed and encrypted mail as Outlook keeps it ([MS-OXOSMIME]): an item whose one attachment is
 * the message, whole with its own fields (multipart/signed) or as the bytes of CMS.
 */
#ifndef WORKER_MAPI_SECURE_H
#define WORKER_MAPI_SECURE_H

#include "worker/outlook/mapi.h"

enum mapi_secure {
    SECURE_NOT,
    SECURE_ENTITY, /* fields of MIME, an empty line, parts */
    SECURE_SIGNED,
    SECURE_ENCRYPTED,
    SECURE_CMS, /* of another kind */
};

/* What the item's only attachment is, by the item's class and the first bytes. */
enum mapi_secure mapi_secure(const struct mapi_message *message);

#endif
