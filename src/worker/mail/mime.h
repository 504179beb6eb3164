/*
 * The parts of a mail message (RFC 2045, 2046): where each starts and ends, and what its header
 * says of it. Nothing is decoded or copied here but the header fields; damaged structure gives the
 * parts that can be told.
 *
 * Limits: MIME_DEPTH_MAX levels, MIME_PARTS_MAX parts; beyond them a part is not taken apart.
 */
#ifndef WORKER_MIME_H
#define WORKER_MIME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "worker/mail/mime_decode.h"

enum { MIME_DEPTH_MAX = 64, MIME_PARTS_MAX = 10000, MIME_TYPE_MAX = 96 };

enum mime_disposition { DISPOSITION_NONE, DISPOSITION_INLINE, DISPOSITION_ATTACHMENT };

struct mime_part {
    const char *head, *body;
    size_t head_len, body_len;
    char type[MIME_TYPE_MAX]; /* "text/plain", lower case */
    char charset[64];         /* "" when not given */
    char *name;               /* UTF-8; NULL when it has none */
    enum mime_encoding encoding;
    enum mime_disposition disposition;
    unsigned depth;
    size_t parent, first, next; /* indexes in the message; 0 = none (the root is nobody's child) */
};

struct mime_message {
    struct mime_part *parts; /* [0] is the whole message */
    size_t count;
    bool cut; /* a limit was reached */
};

void mime_parse(struct mime_message *message, const char *data, size_t len);
void mime_release(struct mime_message *message);

/* Appends the part's decoded bytes. */
void mime_part_decode(const struct mime_part *part, struct buf *out);

bool mime_is(const struct mime_part *part, const char *type);        /* "text/html" */
bool mime_is_kind(const struct mime_part *part, const char *prefix); /* "multipart/" */

#endif
