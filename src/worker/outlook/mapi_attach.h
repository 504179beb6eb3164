/*
 * Attachments of items: what they hold, what they are called.
 */
#ifndef WORKER_MAPI_ATTACH_H
#define WORKER_MAPI_ATTACH_H

#include "worker/outlook/mapi.h"

#define EXTERNAL_TYPE "message/external-body"

enum { ATTACHMENT_TYPE_MAX = 128 };

enum mapi_holds {
    HOLDS_FILE,
    HOLDS_MESSAGE,
    HOLDS_REFERENCE, /* a link: the file is elsewhere */
};

enum mapi_holds mapi_attachment_holds(const struct mapi_message *message, size_t index);

/* Its MIME type, "application/octet-stream" where none is given or where it would say that the
 * bytes are parts of the message around them. */
void mapi_attachment_type(const struct mapi_message *message, size_t index,
                          char out[ATTACHMENT_TYPE_MAX]);

/* Appends what an attachment is called, up to NAME_MAX_BYTES; "/" and control characters in it
 * become
 * "_". */
void mapi_attachment_name(const struct mapi_message *message, size_t index, struct buf *out);

/* Appends where the file of a link is. */
void mapi_attachment_path(const struct mapi_message *message, size_t index, struct buf *out);

#endif
