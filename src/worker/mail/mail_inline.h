/*
 * Files written into the text of a message: uuencoded ("begin 644 name") and yEnc ("=ybegin").
 * Methods: POSIX uuencode; yEnc 1.3 (www.yenc.org/yenc-draft.1.3.txt).
 *
 * Limits: MAIL_INLINE_MAX files of a message; beyond that the text keeps them.
 */
#ifndef WORKER_MAIL_INLINE_H
#define WORKER_MAIL_INLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "worker/emit.h"

enum { MAIL_INLINE_MAX = 1000 };

struct mail_inline {
    struct mail_inline_file *files;
    size_t count;
};

/* Takes the files out of a body's bytes, in place. */
void mail_inline_take(struct mail_inline *found, struct buf *bytes);
/* Sends them as children; one that ends too early is `truncated`, a part of a larger yEnc file is
 * `missing-part`. */
void mail_inline_send(const struct mail_inline *found, struct emit *emit);
void mail_inline_release(struct mail_inline *found);

#endif
