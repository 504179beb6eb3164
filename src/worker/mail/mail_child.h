/*
 * The files of a message: attachments, pictures, messages inside, each a child. What stands
 * elsewhere (the other fragments of a split message, a body on a server, an attachment that Apple's
 * Mail keeps in a folder of its own) is a child that says `missing-part`.
 */
#ifndef WORKER_MAIL_CHILD_H
#define WORKER_MAIL_CHILD_H

#include <stddef.h>

#include "worker/emit.h"
#include "worker/mail/mime.h"

struct mail_children {
    struct emit *emit;
    const char *file; /* the message's own file name: Apple's Mail counts attachments by it */
    unsigned missing; /* parts that were not in the message */
};

void mail_child_send(struct mail_children *children, const struct mime_message *message,
                     size_t index);

#endif
