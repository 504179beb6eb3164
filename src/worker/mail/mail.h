/*
 * Mail: RFC 5322 messages (EML), Apple's EMLX and mbox folders.
 *
 * A message's text is a block of its main fields and then its body: of alternatives the plain one,
 * or, where that says nothing, the HTML one as text. Attachments, pictures and messages inside are
 * children, the latter byte for byte. Malformed mail always gives text.
 *
 * Limits: those of mime.h; MAIL_BODY_MAX bytes of one decoded text part; a children's name has
 * NAME_MAX_BYTES.
 */
#ifndef WORKER_MAIL_H
#define WORKER_MAIL_H

#include "worker/reader.h"

enum { MAIL_BODY_MAX = 64 << 20 };

struct verdict mail_read(const struct input *input, struct emit *emit);
struct verdict emlx_read(const struct input *input, struct emit *emit);

/* Each message is a child named "00001 Its subject.eml". ">From " lines are given back as they
 * were. */
struct verdict mbox_read(const struct input *input, struct emit *emit);

#endif
