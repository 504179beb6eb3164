/*
 * Which parts of a message are its text, and which are files.
 */
#ifndef WORKER_MAIL_BODY_H
#define WORKER_MAIL_BODY_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "worker/mail/mime.h"

enum part_role {
    ROLE_NONE = 0, /* a multipart */
    ROLE_TEXT,     /* part of the body */
    ROLE_OTHER,    /* a form of the body that was not taken */
    ROLE_FILE,     /* a child */
};

/* Gives roles[i] for every part. */
void mail_body_roles(const struct mime_message *message, uint8_t *roles);

/* Appends a text part as UTF-8 plain text, HTML turned into text. */
void mail_part_text(const struct mime_part *part, struct buf *out);
/* The same of its decoded bytes. */
void mail_bytes_text(const struct mime_part *part, const struct buf *bytes, struct buf *out);

#endif
