/*
 * An item as a message of RFC 5322: the form in which what lies in a PST file, or inside another
 * item, becomes an item of the case. docs/decisions/0010 says why and what it holds.
 *
 * The same item gives the same bytes, wherever it is stored. Nothing is held in memory but one item
 * without its attachments, which are passed on in portions.
 */
#ifndef WORKER_MAPI_WRITE_H
#define WORKER_MAPI_WRITE_H

#include "worker/emit.h"
#include "worker/outlook/mapi.h"

/* What stood in the way, counted through all messages inside. */
struct mapi_faults {
    size_t damaged; /* attachments that end too early, or whose body does */
    size_t missing; /* attachments that are announced and not there */
    size_t deep;    /* messages inside that were not opened: too many levels */
};

enum mapi_extent {
    MAPI_WHOLE,
    MAPI_WITHOUT_ATTACHMENTS,
};

/* Hands the message over in portions; `take` returning false ends it. Of a signed or encrypted
 * message (mapi_secure.h) the attachment is the body, whatever the extent. */
void mapi_write(const struct mapi_message *message, enum mapi_extent extent, mapi_take *take,
                void *ctx, struct mapi_faults *faults);

/* Appends the header alone, without the fields that describe MIME. */
void mapi_head(const struct mapi_message *message, struct buf *out);

/* Appends the subject, without what Outlook puts before it. */
bool mapi_subject(const struct mapi_message *message, struct buf *out);

/* Appends what an attachment is called; "/" and control characters in it become "_". */
void mapi_attachment_name(const struct mapi_message *message, size_t index, struct buf *out);

/* Reads an item as the document it is: fields and body as mail, attachments as children. */
struct input;
struct verdict mapi_read(const struct mapi_message *message, const struct input *input,
                         struct emit *emit);

#endif
